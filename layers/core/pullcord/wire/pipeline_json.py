"""JSON of users, pipelines, jobs, triggers and variables: every key of GitLab's, with its type.

Source: https://docs.gitlab.com/api/pipelines, /api/jobs, /api/pipeline_triggers
"""

import re
from collections.abc import Mapping

from pullcord.access import ShownTrigger, User
from pullcord.jobs import Job
from pullcord.pipelines import Commit, Pipeline
from pullcord.projects import Project
from pullcord.variables import PipelineVariable
from pullcord.wire.statuses import detailed

Json = dict[str, object]


def user_basic(user: User | None, server: str) -> Json | None:
    """UserBasic; null for a user who is gone."""
    if user is None:
        return None
    return {
        "id": user.id,
        "username": user.username,
        "public_email": user.public_email,
        "name": user.name,
        "state": user.state,
        "locked": False,
        "avatar_url": None,
        "web_url": f"{server}/{user.username}",
    }


def user_full(user: User, server: str) -> Json:
    """User, as in jobs."""
    return {
        **(user_basic(user, server) or {}),
        "created_at": user.created_at or None,
        "bio": user.bio,
        "location": "",
        "linkedin": "",
        "twitter": "",
        "discord": "",
        "website_url": "",
        "github": "",
        "organization": "",
        "job_title": "",
        "pronouns": None,
        "bot": False,
        "work_information": None,
        "followers": 0,
        "following": 0,
        "local_time": None,
    }


def pipeline_basic(pipeline: Pipeline, project: Project, server: str) -> Json:
    """PipelineBasic: in lists, and in jobs."""
    return {
        "id": pipeline.id,
        "iid": pipeline.iid,
        "project_id": pipeline.project_id,
        "sha": pipeline.sha,
        "ref": pipeline.ref,
        "status": pipeline.status,
        "source": pipeline.source,
        "created_at": pipeline.created_at,
        "updated_at": pipeline.updated_at,
        "web_url": f"{server}/{project.full_path}/-/pipelines/{pipeline.id}",
    }


def pipeline(pipeline: Pipeline, project: Project, user: User | None, server: str) -> Json:
    """Pipeline, as it is answered when one was made."""
    return {
        **pipeline_basic(pipeline, project, server),
        "before_sha": pipeline.before_sha,
        "tag": pipeline.tag,
        "yaml_errors": pipeline.yaml_errors,
        "user": user_basic(user, server),
        "started_at": pipeline.started_at,
        "finished_at": pipeline.finished_at,
        "committed_at": pipeline.committed_at,
        "duration": pipeline.duration,
        "queued_duration": pipeline.queued_duration,
        "coverage": pipeline.coverage,
        "detailed_status": detailed(pipeline.status, f"/{project.full_path}/-/pipelines/{pipeline.id}"),
        "archived": project.archived,
    }


def job(job: Job, pipeline: Pipeline, project: Project, user: User | None, server: str) -> Json:
    """Job; `failure_reason` is there only in a failed one."""
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
        "commit": commit_json(commit, project, server),
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


def commit_json(commit: Commit, project: Project, server: str) -> Json:
    """Commit."""
    return {
        "id": commit.id,
        "short_id": commit.id[:8],
        "created_at": commit.committed_date,
        "parent_ids": list(commit.parent_ids),
        "title": commit.title,
        "message": commit.message,
        "author_name": commit.author_name,
        "author_email": commit.author_email,
        "authored_date": commit.authored_date,
        "committer_name": commit.committer_name,
        "committer_email": commit.committer_email,
        "committed_date": commit.committed_date,
        "trailers": {},
        "extended_trailers": {},
        "web_url": f"{server}/{project.full_path}/-/commit/{commit.id}",
    }


def trigger(shown: ShownTrigger, server: str) -> Json:
    """Trigger: the token whole for its owner, four characters for others."""
    return {
        "id": shown.trigger.id,
        "token": shown.token,
        "description": shown.trigger.description,
        "created_at": shown.trigger.created_at,
        "updated_at": shown.trigger.updated_at,
        "last_used": shown.last_used,
        "expires_at": shown.trigger.expires_at,
        "owner": user_basic(shown.owner, server),
    }


def variable(variable: PipelineVariable) -> Json:
    """A variable of a pipeline."""
    return {
        "variable_type": variable.variable_type,
        "key": variable.key,
        "value": variable.value,
        "raw": variable.raw,
    }


def project(project: Project, server: str, extra: Mapping[str, object] | None = None) -> Json:
    """Project: what GitLab's clients read of it."""
    web_url = f"{server}/{project.full_path}"
    return {
        "id": project.id,
        "description": project.description,
        "name": project.name,
        "name_with_namespace": f"{project.namespace_name} / {project.name}",
        "path": project.path,
        "path_with_namespace": project.full_path,
        "created_at": project.created_at,
        "default_branch": project.default_branch,
        "tag_list": [],
        "topics": [],
        "ssh_url_to_repo": "",
        "http_url_to_repo": without_credentials(project.import_url),
        "readme_url": None,
        "web_url": web_url,
        "avatar_url": None,
        "star_count": 0,
        "forks_count": 0,
        "last_activity_at": project.updated_at,
        "visibility": project.visibility,
        "namespace": {
            "id": project.namespace_id,
            "name": project.namespace_name.rpartition(" / ")[2],
            "path": project.namespace_path.rpartition("/")[2],
            "kind": project.namespace_kind,
            "full_path": project.namespace_path,
            "parent_id": project.groups[1] if len(project.groups) > 1 else None,
            "avatar_url": None,
            "web_url": f"{server}/{'groups/' if project.groups else ''}{project.namespace_path}",
        },
        "empty_repo": False,
        "archived": project.archived,
        "creator_id": project.creator_id,
        "import_url": without_credentials(project.import_url),
        "import_status": "finished",
        "jobs_enabled": project.jobs_enabled,
        "builds_access_level": _access(project),
        "public_jobs": project.public_jobs,
        "ci_config_path": project.ci_config_path,
        "ci_job_token_scope_enabled": project.job_token_scope_enabled,
        "ci_pipeline_variables_minimum_override_role": project.variables_minimum_role,
        "restrict_user_defined_variables": project.variables_minimum_role != "developer",
        "shared_runners_enabled": True,
        **(extra or {}),
    }


def without_credentials(url: str) -> str:
    """A remote's URL without the user name and password that may stand in it."""
    return re.sub(r"(?<=://)[^/@]*@", "", url)


def _access(project: Project) -> str:
    if not project.jobs_enabled:
        return "disabled"
    return "private" if project.builds_private else "enabled"


def current_user(user: User, server: str) -> Json:
    """GET /user: the caller about themselves."""
    return {
        **user_full(user, server),
        "email": user.email,
        "is_admin": user.admin,
        "can_create_group": True,
        "can_create_project": True,
        "two_factor_enabled": False,
        "external": False,
        "confirmed_at": user.created_at if user.confirmed else None,
        "identities": [],
    }
