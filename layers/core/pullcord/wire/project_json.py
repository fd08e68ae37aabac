"""JSON of projects, groups and namespaces, as the administration API shows them.

Source: https://docs.gitlab.com/api/projects, /api/groups, /api/namespaces
"""

from pullcord.projects import Namespace, Project
from pullcord.wire import pipeline_json
from pullcord.wire.pipeline_json import Json

SIMPLE = (
    "id",
    "description",
    "name",
    "name_with_namespace",
    "path",
    "path_with_namespace",
    "created_at",
    "default_branch",
    "tag_list",
    "topics",
    "ssh_url_to_repo",
    "http_url_to_repo",
    "web_url",
    "readme_url",
    "forks_count",
    "avatar_url",
    "star_count",
    "last_activity_at",
    "visibility",
    "namespace",
)
"""Keys of a project when `simple` is asked for, and for who may not see its settings."""


def project(project: Project, server: str, level: int | None = None) -> Json:
    """A project. level: the caller's, for `permissions`; None leaves that key away."""
    access = {"access_level": level, "notification_level": 3} if level else None
    permissions = {"permissions": {"project_access": access, "group_access": None}} if level is not None else {}
    return pipeline_json.project(project, server, permissions)


def simple_project(project: Project, server: str) -> Json:
    """A project, for lists of choices."""
    whole = pipeline_json.project(project, server)
    return {name: whole[name] for name in SIMPLE}


def group(group: Namespace, server: str) -> Json:
    """A group."""
    return {
        "id": group.id,
        "web_url": f"{server}/groups/{group.full_path}",
        "name": group.name,
        "path": group.path,
        "description": group.description,
        "visibility": group.visibility,
        "share_with_group_lock": False,
        "require_two_factor_authentication": False,
        "two_factor_grace_period": 48,
        "project_creation_level": "maintainer",
        "auto_devops_enabled": None,
        "subgroup_creation_level": "maintainer",
        "emails_disabled": None,
        "emails_enabled": True,
        "mentions_disabled": None,
        "lfs_enabled": False,
        "default_branch": None,
        "default_branch_protection": 2,
        "avatar_url": None,
        "request_access_enabled": False,
        "full_name": group.shown_name,
        "full_path": group.full_path,
        "created_at": group.created_at,
        "parent_id": group.parent_id,
        "shared_runners_setting": "enabled",
        "shared_with_groups": [],
    }


def simple_group(one: Namespace, server: str) -> Json:
    """A group, where a project tells whose jobs it admits."""
    whole = group(one, server)
    return {name: whole[name] for name in ("id", "web_url", "name")}


def group_in_full(one: Namespace, projects: list[Project], server: str) -> Json:
    """A group by itself, with its projects."""
    return {
        **group(one, server),
        "projects": [pipeline_json.project(project, server) for project in projects],
        "shared_projects": [],
    }


def namespace(namespace: Namespace, server: str) -> Json:
    """A group or a user's own namespace."""
    below = "groups/" if namespace.kind == "group" else ""
    return {
        "id": namespace.id,
        "name": namespace.name,
        "path": namespace.path,
        "kind": namespace.kind,
        "full_path": namespace.full_path,
        "parent_id": namespace.parent_id,
        "avatar_url": None,
        "web_url": f"{server}/{below}{namespace.full_path}",
    }


def token_scope(project: Project) -> Json:
    """Whether jobs of other projects need to be admitted."""
    return {
        "inbound_enabled": project.inbound_job_token_scope_enabled,
        "outbound_enabled": project.job_token_scope_enabled,
    }
