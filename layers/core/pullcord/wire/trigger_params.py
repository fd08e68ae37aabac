"""POST /projects/:id/trigger/pipeline and /projects/:id/ref/:ref/trigger/pipeline, as they come in.

Source: https://docs.gitlab.com/api/pipeline_triggers/#trigger-a-pipeline-with-a-token
"""

from collections.abc import Mapping
from typing import Any

from pullcord.errors import BadParameters, BadRequest, Forbidden, Refusal
from pullcord.requests import TriggerCall
from pullcord.variables import of_trigger
from pullcord.wire import body, fields, pipeline_json
from pullcord.wire.call import Call

DELIVERIES = (
    "x-gitlab-event-uuid",
    "x-forgejo-delivery",
    "x-gitea-delivery",
    "x-gogs-delivery",
    "x-github-delivery",
)
"""Headers in which git hosts tell one delivery from another; a delivery that is sent again keeps its id."""
MAX_KEY_LENGTH = 255
READABLE_LENGTH = 250_000
"""Characters of a call that can be read again for sure: as variable and payload, one takes at most 16 bytes of an answer."""
MAX_INPUT_DEPTH = 100
"""Ruby's parser gives up at this nesting, and so the text stays a text."""
NOT_TEXT = "variables needs to be a map of key-valued strings"


def read(call: Call, project: str, ref: str | None = None) -> TriggerCall:
    """Check what can be checked without knowing anything, in GitLab's order.

    The path's `id` and `ref` win over parameters of the same names, so a webhook's own `ref` does no harm.
    Raises BadParameters (missing or of the wrong type), Forbidden (pipeline hook), BadRequest (variables not texts).
    """
    sent: dict[str, Any] = {**call.parameters, "id": project}
    if ref is not None:
        sent["ref"] = ref
    if phrases := [*_ref(sent), *_token(sent), *_map("variables", sent), *_map("inputs", sent)]:
        raise BadParameters(phrases)
    sent |= {name: fields.as_text(sent[name]) for name in ("ref", "token") if sent[name] is not None}
    if call.headers.get("x-gitlab-event") == "Pipeline Hook":
        # A pipeline that is started by the end of a pipeline would start itself for ever.
        raise Forbidden(code="pipeline_hook")
    variables = sent["variables"] = sent.get("variables") or {}
    if not all(isinstance(value, str) for value in variables.values()):
        raise BadRequest(NOT_TEXT, code="variables_not_text")
    if sum(len(call.event.get(part) or "") for part in ("body", "rawQueryString")) > READABLE_LENGTH:
        pipeline_json.check_readable(of_trigger(variables, sent))
    inputs = {name: typed(value) for name, value in (sent.get("inputs") or {}).items()}
    token, ref = fields.as_text(sent["token"]), sent["ref"]
    return TriggerCall(project, token, ref, variables, inputs, sent, call.server, key(call, sent), call.request_id)


def key(call: Call, sent: Mapping[str, object]) -> str | None:
    """The key by which a repeat of this call is recognised; None without one.

    One event of a git host can call several webhooks with one id, for different refs; so the ref belongs to it.
    """
    if own := call.headers.get("idempotency-key"):
        if len(own) > MAX_KEY_LENGTH:
            raise BadParameters(["Idempotency-Key is too long"])
        return own
    delivery = next((f"{name} {call.headers[name]}" for name in DELIVERIES if call.headers.get(name)), None)
    return None if delivery is None else f"{delivery} {sent['ref']}"


def typed(value: object) -> object:
    """An input's value: text that is JSON counts as what it says, other text as itself."""
    if not isinstance(value, str):
        return value
    try:
        said = body.decoded(value)
        body.check(said, MAX_INPUT_DEPTH)
    except (ValueError, Refusal):
        return value
    return said


def _ref(sent: Mapping[str, object]) -> list[str]:
    if "ref" not in sent:
        return ["ref is missing", "ref is empty"]
    ref = sent["ref"]
    empty = [] if fields.as_text(ref).strip() and ref not in ({}, []) else ["ref is empty"]
    return ["ref is invalid", *empty] if isinstance(ref, dict | list) else empty


def _token(sent: Mapping[str, object]) -> list[str]:
    if "token" not in sent:
        return ["token is missing"]
    return ["token is invalid"] if isinstance(sent["token"], dict | list) else []


def _map(name: str, sent: Mapping[str, object]) -> list[str]:
    value = sent.get(name)
    return [] if value is None or isinstance(value, dict) else [f"{name} is invalid"]
