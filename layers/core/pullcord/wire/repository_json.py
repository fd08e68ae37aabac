"""JSON of branches, tags and commits of a repository.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

from urllib.parse import quote

from pullcord.pipelines import Commit, Pipeline, RefView
from pullcord.projects import Project
from pullcord.wire import commit_json
from pullcord.wire.pipeline_json import pipeline_basic
from pullcord.wire.types import Json


def branch(ref: RefView, project: Project, server: str) -> Json:
    """A branch."""
    return {
        "name": ref.name,
        "commit": _commit(ref, project, server),
        "merged": False,
        "protected": ref.protected,
        "developers_can_push": ref.developers_can_push,
        "developers_can_merge": ref.developers_can_merge,
        "can_push": ref.can_push,
        "default": ref.default,
        "web_url": f"{server}/{project.full_path}/-/tree/{quote(ref.name)}",
    }


def tag(ref: RefView, project: Project, server: str) -> Json:
    """A tag."""
    return {
        "name": ref.name,
        "message": "",
        "target": ref.target,
        "commit": _commit(ref, project, server),
        "release": None,
        "protected": ref.protected,
        "created_at": None,
    }


def commit(commit: Commit, last: Pipeline | None, project: Project, server: str) -> Json:
    """A commit with its newest pipeline."""
    return {
        **commit_json.commit(commit, project, server),
        "status": last.status if last else None,
        "project_id": project.id,
        "last_pipeline": pipeline_basic(last, project, server) if last else None,
    }


def _commit(ref: RefView, project: Project, server: str) -> Json | None:
    return commit_json.commit(ref.commit, project, server) if ref.commit else None
