"""Trigger a pipeline with a trigger token.

Source: https://docs.gitlab.com/api/pipeline_triggers/#trigger-a-pipeline-with-a-token
"""

from collections.abc import Sequence
from typing import NamedTuple

from pullcord import variables
from pullcord.access import User
from pullcord.callers import Caller
from pullcord.errors import NotFound
from pullcord.pipelines import Pipeline
from pullcord.projects import Project
from pullcord.requests import PipelineParams, PipelineRequest, TriggerCall
from pullcord.times import Runtime
from pullcord.tokens import TokenRecord
from pullcord.usecases.pipelines.create_pipeline import CreateDeps, create_pipeline
from pullcord.usecases.pipelines.idempotency import idempotency_key
from pullcord.usecases.ports import Peppers, Requests, TriggerLookup, Workflow


class TriggerDeps(NamedTuple):
    """The stores and services that triggering a pipeline uses; every `deps.` below is an effect."""

    peppers: Peppers
    lookup: TriggerLookup
    requests: Requests
    workflow: Workflow
    runtime: Runtime


class Triggered(NamedTuple):
    """A triggered pipeline with its project and user. replayed: made by an earlier call with the same key."""

    pipeline: Pipeline
    project: Project
    user: User
    replayed: bool


def trigger_pipeline(call: TriggerCall, deps: TriggerDeps) -> Triggered:
    """Check the token, then create the pipeline with the rights of the token's owner.

    A wrong, foreign or expired token and an unknown project get the same answer, so that neither can be probed for.
    Raises NotFound (token, project), and as `create_pipeline`.
    """
    keyring = deps.peppers.keyring()
    project, record = find_trigger_token(call.project, keyring.digests(call.token), deps.lookup, deps.runtime.now)
    caller = Caller("trigger_token", token_id=record.token_id, project_id=project.id)
    request = PipelineRequest(
        id=0,
        project_id=project.id,
        user_id=record.user_id,
        ref=call.ref,
        source="trigger",
        created_at=deps.runtime.now,
        server=call.server,
        trigger_id=caller.token_id,
        groups=project.groups,
        correlation_id=call.correlation_id,
    )
    params = PipelineParams(variables.of_trigger(call.variables, call.parameters), call.inputs)
    key = idempotency_key(call.key, str(caller.token_id), call.parameters, keyring)
    created = create_pipeline(request, params, key, CreateDeps(deps.requests, deps.workflow, deps.runtime))
    return Triggered(created.pipeline, project, created.user, created.replayed)


def find_trigger_token(
    project: str, digests: Sequence[str], lookup: TriggerLookup, now: str
) -> tuple[Project, TokenRecord]:
    """The project and the record of a trigger token of it that has not expired. Raises NotFound.

    project: number or full path; digests: of the token, by each pepper
    """
    found, record = lookup(project, digests)
    if found is None or record is None or not record.may_trigger(found.id, now):
        raise NotFound(code="unknown_token")
    return found, record
