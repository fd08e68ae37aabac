"""POST /projects, as it comes in.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pullcord.errors import BadParameters
from pullcord.projects import NewProject
from pullcord.wire.call import Call

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NO_NAME = "name, path are missing, at least one parameter must be provided"


class _Parameters(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True, extra="ignore")

    name: str | None = None
    path: str | None = None
    import_url: str = Field(default="", max_length=4096)
    namespace_id: int | None = Field(default=None, lt=2**63)
    default_branch: str | None = Field(default=None, max_length=255)
    visibility: Literal["private", "internal", "public"] = "private"
    description: str | None = Field(default=None, max_length=2000)
    ci_config_path: str | None = Field(default=None, max_length=255)


def read(call: Call) -> NewProject:
    """Check types; what the values mean is the project's business. Raises BadParameters."""
    sent = {name: value for name, value in call.parameters.items() if value not in (None, "")}
    if not sent.keys() & {"name", "path"}:
        raise BadParameters([NO_NAME])
    try:
        wanted = _Parameters.model_validate(sent)
    except ValidationError as error:
        raise BadParameters([_phrase(problem) for problem in error.errors()]) from error
    return NewProject(**wanted.model_dump())


def _phrase(problem: "ErrorDetails") -> str:
    name = problem["loc"][0]
    return f"{name} does not have a valid value" if problem["type"] == "literal_error" else f"{name} is invalid"
