"""Read why no pipeline was created, or a failed one, within a day after the call."""

from dataclasses import dataclass

from pullcord.errors import RecordNotFound, Refusal
from pullcord.requests import PipelineRequest
from pullcord.times import Runtime
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.pipelines.create_pipeline import stored_refusal
from pullcord.usecases.pipelines.read_pipelines import may_see_variables, without_values
from pullcord.usecases.pipelines.trigger_pipeline import find_trigger_token
from pullcord.usecases.ports import Peppers, Requests, TriggerLookup


@dataclass(frozen=True, slots=True)
class RefusalDeps:
    """The stores that reading refusals uses; every `deps.` below is an effect."""

    peppers: Peppers
    lookup: TriggerLookup
    requests: Requests
    runtime: Runtime


def refusal_for_trigger(project: str, token: str, request_id: int, deps: RefusalDeps) -> Refusal:
    """The refusal of a request that was made with this trigger token.

    project: number or full path. Raises NotFound for a wrong token or project, RecordNotFound for any other request.
    """
    digests = deps.peppers.keyring().digests(token)
    found, record = find_trigger_token(project, digests, deps.lookup, deps.runtime.now)
    request = deps.requests.request(request_id)
    if request is None or (request.project_id, request.trigger_id) != (found.id, record.token_id):
        raise RecordNotFound
    return _refusal(request, deps)


def refusal_for_reader(access: ProjectAccess, request_id: int, deps: RefusalDeps) -> Refusal:
    """The refusal of a request in the project. Values that rules saw are for those who may see a pipeline's variables.

    Raises Forbidden, RecordNotFound.
    """
    access.require("read_pipeline")
    request = deps.requests.request(request_id)
    if request is None or request.project_id != access.project.id:
        raise RecordNotFound
    refusal = _refusal(request, deps)
    trace = refusal.details.get("trace")
    if isinstance(trace, dict) and not may_see_variables(access, request.user_id):
        refusal.details = {**refusal.details, "trace": without_values(trace)}
    return refusal


def _refusal(request: PipelineRequest, deps: RefusalDeps) -> Refusal:
    stored = deps.requests.result(request.id)
    if "message" not in stored:
        raise RecordNotFound  # a created pipeline, or a request that is still being evaluated
    return stored_refusal(request.project_id, request.id, stored)
