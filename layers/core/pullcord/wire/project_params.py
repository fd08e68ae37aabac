"""Parameters of /projects.

Source: https://docs.gitlab.com/api/projects and /api/project_job_token_scopes
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from pullcord.errors import BadParameters
from pullcord.projects import NewProject
from pullcord.wire.call import Call
from pullcord.wire.params import MAX_NUMBER, Parameters, read_params

NO_NAME = "name, path are missing, at least one parameter must be provided"
Text = Annotated[str, Field(max_length=255)]
Access = Literal["disabled", "private", "enabled"]
Role = Literal["no_one_allowed", "developer", "maintainer", "owner"]


class Settings(Parameters):
    """Settings of a project."""

    name: str | None = None
    path: str | None = None
    import_url: str | None = None
    default_branch: Text | None = None
    visibility: Literal["private", "internal", "public"] | None = None
    description: Annotated[str, Field(max_length=2000)] | None = None
    ci_config_path: Text | None = None
    builds_access_level: Access | None = None
    jobs_enabled: bool | None = None
    public_jobs: bool | None = None
    public_builds: bool | None = None
    ci_pipeline_variables_minimum_override_role: Role | None = None
    restrict_user_defined_variables: bool | None = None

    def fields(self) -> dict[str, Any]:
        """The sent settings as fields of `Project`; null and empty clear an optional one, and the remote."""
        sent = self.sent()
        named = {name: sent[name] for name in PLAIN if sent.get(name) not in {None, ""}}
        if "import_url" in sent:
            named["import_url"] = sent["import_url"] or ""
        named |= {name: sent[name] or None for name in OPTIONAL if name in sent}
        named |= self._builds()
        public = self.public_jobs if self.public_builds is None else self.public_builds
        if public is not None:
            named["public_jobs"] = public
        if self.restrict_user_defined_variables is not None:
            named["variables_minimum_role"] = "maintainer" if self.restrict_user_defined_variables else "developer"
        if self.ci_pipeline_variables_minimum_override_role is not None:
            named["variables_minimum_role"] = self.ci_pipeline_variables_minimum_override_role
        return named

    def _builds(self) -> dict[str, bool]:
        if self.builds_access_level is not None:
            level = self.builds_access_level
            return {"jobs_enabled": level != "disabled", "builds_private": level == "private"}
        return {} if self.jobs_enabled is None else {"jobs_enabled": self.jobs_enabled}


PLAIN = ("name", "path", "visibility")
OPTIONAL = ("default_branch", "description", "ci_config_path")


class _Parameters(Settings):
    """Parameters of a new project."""

    namespace_id: Annotated[int, Field(lt=MAX_NUMBER)] | None = None


class ProjectListParams(Parameters):
    """Parameters of GET /projects, and the projects of a group."""

    search: str | None = None
    membership: bool | None = None
    owned: bool | None = None
    archived: bool | None = None
    simple: bool | None = None
    visibility: Literal["private", "internal", "public"] | None = None
    min_access_level: int | None = None
    include_subgroups: bool | None = None
    order_by: Literal["id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"] | None = None
    sort: Literal["asc", "desc"] | None = None


class TokenScope(Parameters):
    """Parameters of PATCH /projects/:id/job_token_scope."""

    enabled: bool


class AllowlistProject(Parameters):
    """Parameters of POST /projects/:id/job_token_scope/allowlist."""

    target_project_id: Annotated[int, Field(lt=MAX_NUMBER)]


class AllowlistGroup(Parameters):
    """Parameters of POST /projects/:id/job_token_scope/groups_allowlist."""

    target_group_id: Annotated[int, Field(lt=MAX_NUMBER)]


def read(call: Call) -> NewProject:
    """The parameters of POST /projects; only types are checked. Raises BadParameters."""
    wanted = read_params(_Parameters, call)
    if not (wanted.name or wanted.path):
        raise BadParameters([NO_NAME])
    settings = wanted.fields()
    named = {name: settings.pop(name, None) for name in ("name", "path")}
    return NewProject(
        **named, import_url=settings.pop("import_url", ""), namespace_id=wanted.namespace_id, settings=settings
    )


def changes(call: Call) -> dict[str, Any]:
    """The parameters of PUT /projects/:id as fields of `Project`. Raises BadParameters."""
    return read_params(Settings, call).fields()
