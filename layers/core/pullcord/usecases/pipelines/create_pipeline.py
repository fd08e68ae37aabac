"""Create a pipeline from any source: store the request, run the workflow, return what came of it.

Source: https://docs.gitlab.com/ci/pipelines/ and, for refusals, https://docs.gitlab.com/api/pipeline_triggers
"""

from collections.abc import Mapping
from copy import replace
from typing import Any, NamedTuple

from pullcord.access import User
from pullcord.errors import PipelineInvalid, PipelineRefused, Refusal
from pullcord.ids import with_new_id
from pullcord.pipelines import Pipeline
from pullcord.requests import RECORDED, FirstCall, IdempotencyKey, PipelineParams, PipelineRequest
from pullcord.times import Runtime
from pullcord.usecases.pipelines import idempotency
from pullcord.usecases.ports import Requests, Workflow

MAX_REF_LENGTH = 4096
"""No ref is longer: Git stores refs as files. A longer one is stored cut, and evaluated, since others checks come first."""


class CreateDeps(NamedTuple):
    """The stores and services that creating a pipeline uses; every `deps.` below is an effect."""

    requests: Requests
    workflow: Workflow
    runtime: Runtime


class Created(NamedTuple):
    """A recorded pipeline and its user. replayed: made by an earlier call with the same key."""

    pipeline: Pipeline
    user: User
    replayed: bool


def create_pipeline(
    request: PipelineRequest, params: PipelineParams, key: IdempotencyKey | None, deps: CreateDeps
) -> Created:
    """Store the request, run the workflow and read its outcome, in that order.

    A call with a key that has made a pipeline gets that pipeline and makes nothing.

    request: without an id, which is made here
    Raises PipelineRefused (nothing stored), PipelineInvalid (stored as failed), Conflict and Unavailable (key).
    """
    while True:
        request, first = _store_request(request, params, key, deps)
        if key is None or first is None:
            outcome = _run(request, deps)
            if key:
                deps.requests.store_outcome(key.key, request.id, outcome)
            return _result(request, outcome, deps, replayed=False)
        if replayed := _replay(request, first, key, deps):
            return replayed


def _replay(request: PipelineRequest, first: FirstCall, key: IdempotencyKey, deps: CreateDeps) -> Created | None:
    """The pipeline of the first call with the key, or its refusal raised; None if this call is to be evaluated anew."""
    known = idempotency.replay(
        first, key, deps.requests, lambda request_id: _run(replace(request, id=request_id), deps), deps.runtime
    )
    if known is None or known.outcome is None:
        return None
    return _result(replace(request, id=known.request_id), known.outcome, deps, replayed=True)


def _store_request(
    request: PipelineRequest, params: PipelineParams, key: IdempotencyKey | None, deps: CreateDeps
) -> tuple[PipelineRequest, FirstCall | None]:
    """The request with the id under which it is stored, and the first call with its key if there was one."""

    def store(request_id: int) -> tuple[PipelineRequest, FirstCall | None]:
        stored = replace(request, id=request_id, ref=request.ref[: MAX_REF_LENGTH + 1])
        return stored, deps.requests.store_request(stored, params, key, deps.runtime.seconds)

    return with_new_id(deps.runtime.new_id, store)


def _run(request: PipelineRequest, deps: CreateDeps) -> Mapping[str, Any]:
    """The outcome of the workflow. Ids are text, since Step Functions may write large numbers in its own way."""
    ids = {
        "request": str(request.id),
        "project": str(request.project_id),
        "user": str(request.user_id),
        "groups": [str(group) for group in request.groups],
        "correlation": request.correlation_id,
    }
    return deps.workflow.run(str(request.id), ids)


def _result(request: PipelineRequest, outcome: Mapping[str, Any], deps: CreateDeps, *, replayed: bool) -> Created:
    if outcome["outcome"] != RECORDED:
        refusal = stored_refusal(request.project_id, request.id, deps.requests.result(request.id))
        refusal.replayed = replayed
        raise refusal
    pipeline = Pipeline(
        id=request.id,
        project_id=request.project_id,
        user_id=request.user_id,
        trigger_id=request.trigger_id,
        **outcome["pipeline"],
    )
    return Created(pipeline, User(**outcome["user"]), replayed)


def stored_refusal(project_id: int, request_id: int, stored: Mapping[str, Any]) -> Refusal:
    """A stored refusal as it is raised. Its text is not in the execution, since it may quote what the caller sent.

    stored: its message, code and details; beside the pipeline, if a failed one was recorded
    """
    refusal: Refusal
    if "pipeline" in stored:
        refusal = PipelineInvalid(stored["message"], details={"pipeline": request_id, **stored["details"]})
    else:
        refusal = PipelineRefused(stored["message"], code=stored["code"], details=stored["details"])
    refusal.request = (project_id, request_id)
    return refusal
