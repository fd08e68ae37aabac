"""Pipelines as they are recorded."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pullcord.statuses import FINISHED

ZEROS = "0" * 40
"""`before_sha` of a pipeline that was not started by a push."""

SOURCES = (
    "push",
    "web",
    "trigger",
    "schedule",
    "api",
    "external",
    "pipeline",
    "chat",
    "webide",
    "merge_request_event",
    "external_pull_request_event",
    "parent_pipeline",
    "ondemand_dast_scan",
    "ondemand_dast_validation",
    "security_orchestration_policy",
    "container_registry_push",
    "duo_workflow",
    "pipeline_execution_policy_schedule",
    "dependency_management_security_update",
)


class Commit(NamedTuple):
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


class RefView(NamedTuple):
    """A branch or tag with its commit and permissions, as a caller may see it.

    target: the id of what it points at; commit: None if that is no commit
    """

    name: str
    target: str
    commit: Commit | None
    default: bool
    protected: bool
    can_push: bool
    developers_can_push: bool
    developers_can_merge: bool


class Pipeline(NamedTuple):
    """One pipeline.

    first_job, job_count: its jobs have the number first_job and those after it (`ids.after`), in the plan's order
    commit: the commit `sha`, the fields of a `Commit`
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
    auto_cancel: Mapping[str, str] = {}
    started_at: str | None = None
    finished_at: str | None = None
    committed_at: str | None = None
    duration: int | None = None
    queued_duration: int | None = None
    coverage: str | None = None
    commit: Mapping[str, Any] = {}


class PipelineFilter(NamedTuple):
    """Criteria of a list of pipelines, and its order. None: any.

    scope: running, pending or finished by status; branches, tags: the newest of each ref
    times: ISO 8601 in UTC with milliseconds, so that text order is their order
    """

    scope: str | None = None
    status: str | None = None
    source: str | None = None
    ref: str | None = None
    sha: str | None = None
    name: str | None = None
    yaml_errors: bool | None = None
    user_id: int | None = None
    created_after: str | None = None
    created_before: str | None = None
    updated_after: str | None = None
    updated_before: str | None = None
    order_by: str = "id"
    descending: bool = True

    def apply(self, pipelines: Iterable[Pipeline]) -> list[Pipeline]:
        """The matching pipelines, sorted. pipelines: newest first."""
        wanted = [pipeline for pipeline in pipelines if self._matches(pipeline)]
        if self.scope in {"branches", "tags"}:
            newest: dict[str, Pipeline] = {}
            for pipeline in wanted:
                newest.setdefault(pipeline.ref, pipeline)
            wanted = list(newest.values())
        return sorted(wanted, key=self._key, reverse=self.descending)

    def _key(self, pipeline: Pipeline) -> tuple[str | int, int]:
        return getattr(pipeline, self.order_by), pipeline.id

    def _matches(self, pipeline: Pipeline) -> bool:
        same = (
            (self.status, pipeline.status),
            (self.source, pipeline.source),
            (self.ref, pipeline.ref),
            (self.sha, pipeline.sha),
            (self.name, pipeline.name),
            (self.user_id, pipeline.user_id),
            (self.yaml_errors, pipeline.yaml_errors is not None),
        )
        return (
            all(wanted is None or wanted == had for wanted, had in same)
            and self._in_scope(pipeline)
            and (self.created_after or "") <= pipeline.created_at <= (self.created_before or "~")
            and (self.updated_after or "") <= pipeline.updated_at <= (self.updated_before or "~")
        )

    def _in_scope(self, pipeline: Pipeline) -> bool:
        match self.scope:
            case "finished":
                return pipeline.status in FINISHED
            case "running" | "pending":
                return pipeline.status == self.scope
            case "branches" | "tags":
                return pipeline.tag == (self.scope == "tags")
        return True
