"""Parameters and JSON of /projects/:id/repository.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

from typing import Protocol
from urllib.parse import quote

from pullcord.pipelines import Commit, Pipeline
from pullcord.projects import Project
from pullcord.wire.params import Parameters
from pullcord.wire.pipeline_json import Json, commit_json, pipeline_basic


class RefFilter(Parameters):
    """GET …/repository/branches and …/repository/tags."""

    search: str | None = None


class Shown(Protocol):
    """A branch or tag with its commit."""

    @property
    def name(self) -> str:
        """Short name."""
        ...

    @property
    def commit(self) -> Commit:
        """Where it points."""
        ...

    @property
    def default(self) -> bool:
        """Whether it is the default branch."""
        ...

    @property
    def protected(self) -> bool:
        """Whether a protection covers it."""
        ...

    @property
    def can_push(self) -> bool:
        """Whether the caller may push."""
        ...

    @property
    def developers_can_push(self) -> bool:
        """Whether its protection lets developers push or merge."""
        ...


def branch(ref: Shown, project: Project, server: str) -> Json:
    """A branch."""
    return {
        "name": ref.name,
        "commit": commit_json(ref.commit, project, server),
        "merged": False,
        "protected": ref.protected,
        "developers_can_push": ref.developers_can_push,
        "developers_can_merge": ref.developers_can_push,
        "can_push": ref.can_push,
        "default": ref.default,
        "web_url": f"{server}/{project.full_path}/-/tree/{quote(ref.name)}",
    }


def tag(ref: Shown, project: Project, server: str) -> Json:
    """A tag."""
    return {
        "name": ref.name,
        "message": "",
        "target": ref.commit.id,
        "commit": commit_json(ref.commit, project, server),
        "release": None,
        "protected": ref.protected,
        "created_at": None,
    }


def commit(commit: Commit, last: Pipeline | None, project: Project, server: str) -> Json:
    """A commit with its newest pipeline."""
    return {
        **commit_json(commit, project, server),
        "status": last.status if last else None,
        "project_id": project.id,
        "last_pipeline": pipeline_basic(last, project, server) if last else None,
    }
