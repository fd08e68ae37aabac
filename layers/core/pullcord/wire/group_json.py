"""JSON of groups and namespaces.

Source: https://docs.gitlab.com/api/groups, /api/namespaces
"""

from pullcord.projects import Namespace
from pullcord.wire.types import Json


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
        "full_name": group.display_name,
        "full_path": group.full_path,
        "created_at": group.created_at,
        "parent_id": group.parent_id,
        "shared_runners_setting": "enabled",
        "shared_with_groups": [],
    }


def simple_group(namespace: Namespace, server: str) -> Json:
    """A group in its short form, as in job token allowlists."""
    fields = group(namespace, server)
    return {name: fields[name] for name in ("id", "web_url", "name")}


def group_with_projects(namespace: Namespace, projects: list[Json], server: str) -> Json:
    """A group with its projects, as `project_json` has them."""
    return {
        **group(namespace, server),
        "projects": projects,
        "shared_projects": [],
    }


def namespace(namespace: Namespace, server: str) -> Json:
    """A namespace: a group or a user's own."""
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
