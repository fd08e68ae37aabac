"""Parameters of administration requests: pydantic models whose errors are worded as GitLab's."""

from typing import TYPE_CHECKING, Any, ClassVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pullcord.errors import BadParameters
from pullcord.wire.call import Call

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_NUMBER = 2**63
"""Numbers below this one fit into GitLab's columns."""


class Parameters(BaseModel):
    """Declared parameters; others are ignored. A parameter that was not sent has its default and is not in `sent`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_null(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Replace empty text by null for parameters other than texts and maps, as GitLab does: no map is a text."""
        return {name: None if value == "" and not cls._keeps_empty(name) else value for name, value in values.items()}

    @classmethod
    def _keeps_empty(cls, name: str) -> bool:
        field = cls.model_fields.get(name)
        kinds = () if field is None else (field.annotation, *get_args(field.annotation))
        return any(kind is str or get_origin(kind) is dict for kind in kinds)

    def sent(self, *excluded: str) -> dict[str, Any]:
        """The parameters that were sent, by name, without the excluded ones."""
        return {
            name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set - {*excluded}
        }


def read_params[Kind: Parameters](kind: type[Kind], call: Call) -> Kind:
    """The parameters of a call. Raises BadParameters."""
    try:
        return kind.model_validate(dict(call.parameters))
    except ValidationError as error:
        phrases = dict.fromkeys(_phrase(problem) for problem in error.errors())
        raise BadParameters(list(phrases)) from error


def require_one_of(parameters: Parameters, *names: str) -> None:
    """Raise BadParameters if none of these parameters was sent."""
    if not parameters.model_fields_set & {*names}:
        raise BadParameters([f"{', '.join(names)} are missing, at least one parameter must be provided"])


def _phrase(problem: "ErrorDetails") -> str:
    name = problem["loc"][0] if problem["loc"] else "body"
    if problem["type"] == "missing":
        return f"{name} is missing"
    return f"{name} does not have a valid value" if problem["type"] in CHOICES else f"{name} is invalid"


CHOICES = {"literal_error", "enum", "value_error"}
