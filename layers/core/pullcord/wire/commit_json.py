"""JSON of commits.

Source: https://docs.gitlab.com/api/commits
"""

from pullcord.pipelines import Commit
from pullcord.projects import Project
from pullcord.wire.types import Json


def commit(commit: Commit, project: Project, server: str) -> Json:
    """A commit."""
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
