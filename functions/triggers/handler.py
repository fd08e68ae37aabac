"""Trigger tokens for their maintainers: /projects/:id/triggers."""

from typing import Any

from pullcord.aws import environment
from pullcord.aws.people import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.tokens import TokensTable
from pullcord.usecases import authenticate, manage_triggers, show_triggers
from pullcord.usecases.admission import Admission
from pullcord.usecases.authenticate import READ
from pullcord.wire import declared, pagination, shapes
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer, Door

LIST, ONE = "/api/v4/projects/<project>/triggers", "/api/v4/projects/<project>/triggers/<trigger>"
door = Door()
tokens, directory = TokensTable(environment.tokens_table()), Directory(environment.pipelines_table())
admission = Admission(authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT), directory)
outside = manage_triggers.Outside(environment.peppers(), tokens, environment.MOMENT)
showing = show_triggers.Outside(outside, PipelinesTable(environment.pipelines_table()), directory)


@door.route("GET", LIST)
def index(call: Call, project: str) -> Answer:
    """The project's triggers."""
    standing = admission.member(personal_token(call), project, READ)
    rows, headers = pagination.page(call, manage_triggers.all_of(standing, outside))
    shown = show_triggers.show(rows, standing.user, showing)
    return Answer(200, [shapes.trigger(one, call.server) for one in shown], headers)


@door.route("GET", ONE)
def show(call: Call, project: str, trigger: str) -> Answer:
    """One trigger."""
    standing = admission.member(personal_token(call), project, READ)
    standing.needs("admin_build")
    found = manage_triggers.one_of(standing.project, declared.identifier(trigger, "trigger_id"), outside)
    return Answer(200, shapes.trigger(show_triggers.show([found], standing.user, showing)[0], call.server))


@door.route("POST", LIST)
def create(call: Call, project: str) -> Answer:
    """A new trigger token."""
    description = declared.text(call, "description", required=True)
    expires_at = declared.moment(call, "expires_at")
    standing = admission.member(personal_token(call), project)
    made = manage_triggers.create(standing, description or "", expires_at, outside)
    return Answer(201, shapes.trigger(show_triggers.show([made], standing.user, showing)[0], call.server))


@door.route("PUT", ONE)
def update(call: Call, project: str, trigger: str) -> Answer:
    """Another description; without one, none."""
    number, description = declared.identifier(trigger, "trigger_id"), declared.text(call, "description")
    standing = admission.member(personal_token(call), project)
    changed = manage_triggers.describe(standing, number, description, outside)
    return Answer(200, shapes.trigger(show_triggers.show([changed], standing.user, showing)[0], call.server))


@door.route("DELETE", ONE)
def delete(call: Call, project: str, trigger: str) -> Answer:
    """Revoke a trigger token."""
    number, since = (
        declared.identifier(trigger, "trigger_id"),
        declared.header_moment(call.headers, "if-unmodified-since"),
    )
    standing = admission.member(personal_token(call), project)
    manage_triggers.revoke(standing, number, since, outside)
    return Answer(204)


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry."""
    return door.resolve(event, context)
