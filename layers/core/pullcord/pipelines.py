"""Pipelines as they are recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ZEROS = "0" * 40
"""`before_sha` of a pipeline that no push has started."""

FINISHED = frozenset({"success", "failed", "canceled", "skipped"})
STATUSES = (
    "created",
    "waiting_for_resource",
    "preparing",
    "waiting_for_callback",
    "pending",
    "running",
    "success",
    "failed",
    "canceling",
    "canceled",
    "skipped",
    "manual",
    "scheduled",
)


@dataclass(frozen=True, slots=True)
class Commit:
    """The commit that a pipeline runs on. Times as git has them, ISO 8601 with offset."""

    id: str
    title: str = ""
    message: str = ""
    author_name: str = ""
    author_email: str = ""
    authored_date: str = ""
    committer_name: str = ""
    committer_email: str = ""
    committed_date: str = ""
    parent_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline.

    first_job, job_count: its jobs have the ids first_job … first_job + job_count - 1, in the plan's order
    commit: what git says about `sha`, a `Commit` field by field
    """

    id: int
    iid: int
    project_id: int
    user_id: int
    sha: str
    ref: str
    tag: bool
    source: str
    status: str
    created_at: str
    updated_at: str
    name: str | None = None
    trigger_id: int | None = None
    yaml_errors: str | None = None
    failure_reason: str | None = None
    before_sha: str = ZEROS
    first_job: int = 0
    job_count: int = 0
    stages: tuple[str, ...] = ()
    auto_cancel: Mapping[str, str] = field(default_factory=dict)
    started_at: str | None = None
    finished_at: str | None = None
    committed_at: str | None = None
    duration: int | None = None
    queued_duration: int | None = None
    coverage: str | None = None
    commit: Mapping[str, Any] = field(default_factory=dict)
