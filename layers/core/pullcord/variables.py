"""Variables that come with a request, and the payload that becomes one."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

Row = dict[str, Any]

PAYLOAD = "TRIGGER_PAYLOAD"
KEY = r"[a-zA-Z0-9_]{1,255}\Z"


class PipelineVariable(NamedTuple):
    """One variable of a pipeline, as GitLab's API shows it."""

    key: str
    value: str
    variable_type: Literal["env_var", "file"] = "env_var"
    raw: bool = False


class SettingsVariable(NamedTuple):
    """A CI/CD variable of a project, a group or the instance."""

    key: str
    value: str
    variable_type: Literal["env_var", "file"] = "env_var"
    protected: bool = False
    masked: bool = False
    hidden: bool = False
    raw: bool = False
    environment_scope: str = "*"
    description: str | None = None


# Patterns are compiled when they are first used: a trigger call uses none of them.
MASKABLE = r"[a-zA-Z0-9_+=/@:.~-]{8,}\Z"
MASKABLE_RAW = r"\S{8,}\Z"
SCOPE = r"[a-zA-Z0-9_/${}.* -]{1,255}\Z"
MAX_SETTING_LENGTH = 10_000
"""Maximum length of the value of a variable of a project, a group or the instance."""


def problems(variable: SettingsVariable) -> dict[str, list[str]]:
    """The problems of a variable of a project, a group or the instance: phrases by field, in GitLab's words.

    Source: https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
    """
    found: dict[str, list[str]] = {}
    if len(variable.key) > 255:
        found["key"] = ["is too long (maximum is 255 characters)"]
    elif not re.match(KEY, variable.key):
        found["key"] = ["can contain only letters, digits and '_'."]
    if len(variable.value) > MAX_SETTING_LENGTH:
        found["value"] = [f"is too long (maximum is {MAX_SETTING_LENGTH} characters)"]
    elif variable.masked and not re.match(MASKABLE_RAW if variable.raw else MASKABLE, variable.value):
        found["value"] = ["is invalid"]
    if (
        not re.match(SCOPE, variable.environment_scope)
        or variable.environment_scope.strip("/") != variable.environment_scope
    ):
        found["environment_scope"] = [SCOPE_RULE]
    return found


SCOPE_RULE = (
    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '*' and spaces, "
    "but it cannot start or end with '/'"
)


def of_trigger(sent: Mapping[str, str], parameters: Mapping[str, object]) -> tuple[PipelineVariable, ...]:
    """The variables of a triggered pipeline: those sent, in their order, then TRIGGER_PAYLOAD.

    parameters: all of the request's, declared or not, in the order in which the payload shows them
    """
    payload = {name: value for name, value in parameters.items() if name != "token"}
    variables = tuple(PipelineVariable(key, value) for key, value in sent.items())
    return (*variables, PipelineVariable(PAYLOAD, _payload_text(payload), "file"))


def packed(variables: Sequence[PipelineVariable]) -> list[Row]:
    """The variables as they are stored. The payload repeats those that were sent, so it is stored without them."""
    rows: list[Row] = [variable._asdict() for variable in variables]
    payload = _payload(variables[-1].value) if variables and variables[-1].key == PAYLOAD else {}
    if payload.get("variables") and payload["variables"] == _values(variables[:-1]):
        rows[-1] |= {"value": _payload_text(payload | {"variables": None}), "without_variables": True}
    return rows


def unpacked(rows: Sequence[Row]) -> tuple[PipelineVariable, ...]:
    """The variables of stored rows."""
    variables = [PipelineVariable(*(row[name] for name in PipelineVariable._fields)) for row in rows]
    if rows and rows[-1].get("without_variables"):
        payload = _payload(variables[-1].value) | {"variables": _values(variables[:-1])}
        variables[-1] = variables[-1]._replace(value=_payload_text(payload))
    return tuple(variables)


def _payload(text: str) -> Row:
    """The parameters of a payload; none of a text that is not exactly as `of_trigger` writes it."""
    try:
        payload = json.loads(text)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) and _payload_text(payload) == text else {}


def _values(variables: Sequence[PipelineVariable]) -> dict[str, str]:
    return {variable.key: variable.value for variable in variables}


def _payload_text(payload: Mapping[str, object]) -> str:
    return escaped_for_html(json.dumps(payload, ensure_ascii=False, separators=(",", ":")))


def escaped_for_html(json_text: str) -> str:
    """JSON with the characters escaped that Rails' encoder escapes, so that the payload is the same text as GitLab's."""
    for character, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        json_text = json_text.replace(character, escape)
    return json_text


def invalid_keys(variables: Sequence[PipelineVariable]) -> list[str]:
    """Keys that are not 1 to 255 letters, digits and underscores."""
    return [variable.key for variable in variables if not re.match(KEY, variable.key)]


def only_payload(variables: Sequence[PipelineVariable]) -> bool:
    """Whether the caller sent no variables."""
    return all(variable.key == PAYLOAD for variable in variables)
