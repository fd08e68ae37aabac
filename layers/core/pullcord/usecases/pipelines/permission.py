"""Permission to create a pipeline: GitLab's checks in GitLab's order, before a configuration is read."""

from datetime import date

from pullcord import access, projects, variables
from pullcord.access import Ability, Level
from pullcord.errors import PipelineRefused
from pullcord.projects import ADMINISTRATORS
from pullcord.requests import RequestContext

NO_RIGHT = "Insufficient permissions to create a new pipeline"
NO_VARIABLES = "Insufficient permissions to set pipeline variables"
PROTECTED = (
    "You do not have sufficient permission to run a pipeline on '{ref}'. Please select a different branch or contact "
    "your administrator for assistance."
)


def level(context: RequestContext, today: date) -> Level:
    """The user's level in the project today, by their memberships."""
    return access.highest(context.memberships, today.isoformat())


def abilities(context: RequestContext, today: date) -> frozenset[Ability]:
    """The user's abilities in the project today."""
    return access.abilities(context.user, level(context, today), context.project)


def to_create(context: RequestContext, today: date) -> None:
    """Refuse a project without CI/CD and a user without the permission, before the ref is looked at."""
    if not context.project.jobs_enabled:
        raise PipelineRefused("Pipelines are disabled!", code="pipelines_disabled")
    if "create_pipeline" not in abilities(context, today):
        code = access.refusal_code("create_pipeline", context.user, level(context, today), context.project)
        raise PipelineRefused(NO_RIGHT, code=code, details={"needs": access.needed_role("create_pipeline")})


def to_run_on(context: RequestContext, kind: str, ref: str, today: date) -> bool:
    """Whether the ref is protected. Refuses a user whom the protection does not allow to run pipelines there."""
    covering = projects.protections_of(context.protections, kind, ref)
    user_level = ADMINISTRATORS if context.user.admin else level(context, today)
    if covering and not any(protection.allows_pipelines(context.user.id, user_level) for protection in covering):
        raise PipelineRefused(PROTECTED.format(ref=ref), code="protected_ref", details={"ref": ref})
    return bool(covering)


def to_set_variables(context: RequestContext, today: date) -> None:
    """Refuse variables of a user below the project's minimum role, and variables with invalid keys."""
    sent = context.params.variables
    if not variables.only_payload(sent) and "set_pipeline_variables" not in abilities(context, today):
        needed = context.project.variables_minimum_role
        raise PipelineRefused(NO_VARIABLES, code="no_permission_for_variables", details={"needs": needed})
    if invalid := variables.invalid_keys(sent):
        details = {"variables": invalid[:5]}
        raise PipelineRefused(
            "Failed to build pipeline variables: Key is invalid", code="invalid_variable", details=details
        )
