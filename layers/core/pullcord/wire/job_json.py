"""JSON of jobs.

Source: https://docs.gitlab.com/api/jobs
"""

from pullcord.access import User
from pullcord.jobs import Job
from pullcord.pipelines import Commit, Pipeline
from pullcord.projects import Project
from pullcord.wire import commit_json
from pullcord.wire.pipeline_json import pipeline_basic
from pullcord.wire.types import Json
from pullcord.wire.user_json import user_full


def job(job: Job, pipeline: Pipeline, project: Project, user: User | None, server: str) -> Json:
    """A job. Only a failed one has `failure_reason`."""
    commit = Commit(**pipeline.commit)
    failure = {"failure_reason": job.failure_reason} if job.status == "failed" else {}
    return {
        "id": job.id,
        "status": job.status,
        "stage": job.stage,
        "name": job.name,
        "ref": job.ref,
        "tag": job.tag,
        "coverage": job.coverage,
        "allow_failure": job.allow_failure,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "erased_at": job.erased_at,
        "duration": job.duration,
        "queued_duration": job.queued_duration,
        "user": user_full(user, server) if user else None,
        "commit": commit_json.commit(commit, project, server),
        "pipeline": pipeline_basic(pipeline, project, server),
        **failure,
        "web_url": f"{server}/{project.full_path}/-/jobs/{job.id}",
        "project": {"ci_job_token_scope_enabled": project.job_token_scope_enabled},
        "artifacts": [],
        "runner": None,
        "runner_manager": None,
        "artifacts_expire_at": None,
        "archived": project.archived,
        "tag_list": sorted(job.tags),
        "pullcord": {"when": job.when, "start_in": job.start_in},
    }
