"""Pull a trigger: from a token and a ref to a recorded pipeline, or to the reason why there is none.

Source: https://docs.gitlab.com/api/pipeline_triggers/#trigger-a-pipeline-with-a-token
"""

from collections.abc import Mapping
from copy import replace
from typing import Any, NamedTuple

from pullcord import variables
from pullcord.access import User
from pullcord.errors import NotFound, PipelineInvalid, PipelineRefused, Refusal
from pullcord.ids import numbered
from pullcord.pipelines import Pipeline
from pullcord.projects import Project
from pullcord.requests import Admitted, Once, PipelineRequest, Pull, Wish
from pullcord.times import Moment
from pullcord.tokens import Found
from pullcord.usecases.pipelines import idempotency
from pullcord.usecases.ports import Lookup, Peppers, Requests, Workflow


class Outside(NamedTuple):
    """All of the world that pulling a trigger touches."""

    peppers: Peppers
    lookup: Lookup
    requests: Requests
    workflow: Workflow
    moment: Moment


class Triggered(NamedTuple):
    """What came of a pull. replayed: it came of an earlier one with the same key."""

    pipeline: Pipeline
    project: Project
    user: User
    replayed: bool


def trigger_pipeline(pull: Pull, outside: Outside) -> Triggered:
    """Find the token, store the request, run the workflow, tell what came of it; in that order.

    A wrong, foreign or expired token and an unknown project get the same answer, so that nobody can probe for them.
    A call with a key that was used before gets what the first got, and makes nothing.
    Raises NotFound (token, project), PipelineRefused (nothing stored), PipelineInvalid (stored as failed), Conflict
    and Unavailable (key).
    """
    keyring = outside.peppers.keyring()
    project, found = outside.lookup(pull.project, keyring.digests(pull.token))
    if project is None or found is None or not _opens(found, project, outside.moment.now):
        raise NotFound(code="unknown_token")
    request = _request(pull, project, found, outside.moment)
    wish = Wish(variables.of_trigger(pull.variables, pull.parameters), pull.inputs)
    once = idempotency.once(pull, found.token_id, keyring)
    request, first = _admitted(request, wish, once, outside)
    if once and first:
        request = replace(request, id=first.request_id)
        outcome = idempotency.outcome(
            first, once, outside.requests, lambda: _run(request, pull, outside), outside.moment
        )
    else:
        outcome = _run(request, pull, outside)
        if once:
            outside.requests.settle(once.key, outcome)
    return _told(request, project, outcome, outside, replayed=first is not None)


def _opens(found: Found, project: Project, now: str) -> bool:
    return found.kind == "trigger" and found.project_id == project.id and not found.expired(now)


def _admitted(
    request: PipelineRequest, wish: Wish, once: Once | None, outside: Outside
) -> tuple[PipelineRequest, Admitted | None]:
    """The request with the id under which it is stored, or the first call with its key."""

    def admit(number: int) -> tuple[PipelineRequest, Admitted | None]:
        own = replace(request, id=number)
        return own, outside.requests.admit(own, wish, once, outside.moment.seconds)

    return numbered(outside.moment.new_id, admit)


def _request(pull: Pull, project: Project, found: Found, moment: Moment) -> PipelineRequest:
    return PipelineRequest(
        id=0,
        project_id=project.id,
        user_id=found.user_id,
        ref=pull.ref,
        source="trigger",
        created_at=moment.now,
        server=pull.server,
        trigger_id=found.token_id,
        groups=project.groups,
    )


def _run(request: PipelineRequest, pull: Pull, outside: Outside) -> Mapping[str, Any]:
    """Run the workflow. Ids are text, since Step Functions may write large numbers in its own way."""
    ids = {
        "request": str(request.id),
        "project": str(request.project_id),
        "user": str(request.user_id),
        "groups": [str(group) for group in request.groups],
        "correlation": pull.correlation,
    }
    return outside.workflow.run(str(request.id), ids)


def _told(
    request: PipelineRequest, project: Project, outcome: Mapping[str, Any], outside: Outside, *, replayed: bool
) -> Triggered:
    if outcome["outcome"] != "recorded":
        refusal = _refusal(request, outcome, outside)
        refusal.replayed = replayed
        raise refusal
    pipeline = Pipeline(
        id=request.id,
        project_id=request.project_id,
        user_id=request.user_id,
        trigger_id=request.trigger_id,
        **outcome["pipeline"],
    )
    return Triggered(pipeline, project, User(**outcome["user"]), replayed)


def _refusal(request: PipelineRequest, outcome: Mapping[str, Any], outside: Outside) -> Refusal:
    """The words are beside the request: they may quote what the caller sent, so the execution did not carry them."""
    told = outside.requests.result(request.id)
    if outcome["outcome"] == "invalid":
        facts = {"pipeline": request.id, **told["facts"]}
        return PipelineInvalid(told["message"], facts=facts)
    return PipelineRefused(told["message"], code=told["code"], facts=told["facts"])
