"""JSON of projects.

Source: https://docs.gitlab.com/api/projects, /api/project_job_token_scopes
"""

from collections.abc import Collection, Mapping

from pullcord.access import Ability
from pullcord.projects import Project, without_login
from pullcord.wire.types import Json

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
"""Keys of a project in lists with `simple`, and for callers who may not see its settings."""


NEEDED: Mapping[str, Ability] = {
    "default_branch": "read_code",
    "readme_url": "read_code",
    "forks_count": "read_code",
    "ci_config_path": "read_code",
    "import_url": "admin_project",
    "ci_job_token_scope_enabled": "admin_project",
    "ci_pipeline_variables_minimum_override_role": "admin_project",
    "restrict_user_defined_variables": "admin_project",
}
"""The ability that a caller needs to see a key; they see the others wherever they see the project."""

MAINTAINER: frozenset[Ability] = frozenset(NEEDED.values())


def project(
    project: Project, server: str, level: int | None = None, abilities: Collection[Ability] = MAINTAINER
) -> Json:
    """A project. level: the caller's, for `permissions`; None omits that key. abilities: the caller's in the project."""
    access = {"access_level": level, "notification_level": 3} if level else None
    permissions = {"permissions": {"project_access": access, "group_access": None}} if level is not None else {}
    return {**_shown(_project(project, server), abilities), **permissions}


def simple_project(project: Project, server: str, abilities: Collection[Ability] = MAINTAINER) -> Json:
    """A project in its short form. abilities: as in `project`."""
    fields = _shown(_project(project, server), abilities)
    return {name: fields[name] for name in SIMPLE if name in fields}


def _shown(fields: Json, abilities: Collection[Ability]) -> Json:
    """The keys that a caller may see. The remote is a setting here, so its address is for those who may read the code."""
    remote = {} if "read_code" in abilities else {"http_url_to_repo": ""}
    return {name: value for name, value in fields.items() if NEEDED.get(name) in {None, *abilities}} | remote


def job_token_scope(project: Project) -> Json:
    """The job token settings of a project."""
    return {
        "inbound_enabled": project.inbound_job_token_scope_enabled,
        "outbound_enabled": project.job_token_scope_enabled,
    }


def _project(project: Project, server: str) -> Json:
    """A project with all fields but `permissions`."""
    web_url = f"{server}/{project.full_path}"
    return {
        "id": project.id,
        "description": project.description,
        "name": project.name,
        "name_with_namespace": f"{project.namespace_name} / {project.name}",
        "path": project.path,
        "path_with_namespace": project.full_path,
        "created_at": project.created_at,
        "default_branch": project.shown_default_branch,
        "tag_list": [],
        "topics": [],
        "ssh_url_to_repo": "",
        "http_url_to_repo": without_login(project.import_url),
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
        "empty_repo": not project.import_url,
        "archived": project.archived,
        "creator_id": project.creator_id,
        "import_url": without_login(project.import_url) or None,
        "import_status": "finished" if project.import_url else "none",
        "jobs_enabled": project.jobs_enabled,
        "builds_access_level": _builds_access(project),
        "public_jobs": project.public_jobs,
        "ci_config_path": project.ci_config_path and without_login(project.ci_config_path),
        "ci_job_token_scope_enabled": project.job_token_scope_enabled,
        "ci_pipeline_variables_minimum_override_role": project.variables_minimum_role,
        "restrict_user_defined_variables": project.variables_minimum_role != "developer",
        "shared_runners_enabled": True,
    }


def _builds_access(project: Project) -> str:
    if not project.jobs_enabled:
        return "disabled"
    return "private" if project.builds_private else "enabled"
