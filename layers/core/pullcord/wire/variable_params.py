"""Parameters of /variables of projects, groups and the instance.

Source: https://docs.gitlab.com/api/project_level_variables
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from pullcord.variables import SettingsVariable
from pullcord.wire.call import Call
from pullcord.wire.params import Parameters, read_params


class _Settings(Parameters):
    variable_type: Literal["env_var", "file"] | None = None
    protected: bool | None = None
    masked: bool | None = None
    raw: bool | None = None
    environment_scope: str | None = None
    description: Annotated[str, Field(max_length=255)] | None = None


class NewVariable(_Settings):
    """Parameters of a new variable of a project, a group or the instance."""

    key: str
    value: str
    masked_and_hidden: bool | None = None


class ChangedVariable(_Settings):
    """Parameters of a change of a variable."""

    value: str | None = None


class _Filter(Parameters):
    filter: dict[str, str] | None = None


def new(call: Call) -> SettingsVariable:
    """Parameters of POST …/variables. A hidden variable is masked, too. Raises BadParameters."""
    sent = read_params(NewVariable, call)
    fields = _given(sent.sent("masked_and_hidden"))
    if sent.masked_and_hidden:
        fields |= {"masked": True, "hidden": True}
    return SettingsVariable(**fields)


def changes(call: Call) -> dict[str, Any]:
    """Parameters of PUT …/variables/:key, as fields of `SettingsVariable`. Raises BadParameters."""
    return _given(read_params(ChangedVariable, call).sent())


def environment_scope(call: Call) -> str | None:
    """`filter[environment_scope]`, which distinguishes variables of one key. Raises BadParameters."""
    return (read_params(_Filter, call).filter or {}).get("environment_scope")


def _given(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if value is not None or name == "description"}
