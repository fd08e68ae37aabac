"""May this pipeline be created at all? GitLab's questions in GitLab's order, before anybody reads a configuration."""

from datetime import date

from pullcord import access, projects, variables
from pullcord.access import Ability, Level
from pullcord.errors import PipelineRefused
from pullcord.projects import ADMINISTRATORS
from pullcord.requests import Subject

NO_RIGHT = "Insufficient permissions to create a new pipeline"
NO_VARIABLES = "Insufficient permissions to set pipeline variables"
PROTECTED = (
    "You do not have sufficient permission to run a pipeline on '{ref}'. Please select a different branch or contact "
    "your administrator for assistance."
)


def level(subject: Subject, today: date) -> Level:
    """The user's level in the project today; an administrator's is an owner's."""
    return Level.OWNER if subject.user.admin else access.highest(subject.memberships, today.isoformat())


def abilities(subject: Subject, today: date) -> frozenset[Ability]:
    """What the user may do in the project today."""
    return access.abilities(subject.user, access.highest(subject.memberships, today.isoformat()), subject.project)


def to_create(subject: Subject, today: date) -> None:
    """Refuse a project without CI/CD and a user without the right; before the ref, which they need not know."""
    if not subject.project.jobs_enabled:
        raise PipelineRefused("Pipelines are disabled!", code="pipelines_disabled")
    if "create_pipeline" not in abilities(subject, today):
        raise PipelineRefused(NO_RIGHT, code="no_permission", facts={"needs": "developer"})


def to_run_on(subject: Subject, kind: str, ref: str, today: date) -> bool:
    """Whether the ref is protected; refuse a user whom the protection does not let run there."""
    covering = projects.protections_of(subject.protections, kind, ref)
    mine = ADMINISTRATORS if subject.user.admin else level(subject, today)
    if covering and not any(protection.lets_run(subject.user.id, mine) for protection in covering):
        raise PipelineRefused(PROTECTED.format(ref=ref), code="protected_ref", facts={"ref": ref})
    return bool(covering)


def to_set_variables(subject: Subject, today: date) -> None:
    """Refuse variables of a user below the project's minimum role, double ones and such as nothing could be named."""
    sent = subject.wish.variables
    if not variables.only_payload(sent) and "set_pipeline_variables" not in abilities(subject, today):
        needed = subject.project.variables_minimum_role
        raise PipelineRefused(NO_VARIABLES, code="no_permission_for_variables", facts={"needs": needed})
    if unusable := variables.unusable(sent):
        facts = {"variables": unusable[:5]}
        raise PipelineRefused(
            "Failed to build pipeline variables: Key is invalid", code="invalid_variable", facts=facts
        )
