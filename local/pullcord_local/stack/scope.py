"""The names to which a template's expressions may refer, and the error of a deployment that fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class DeployError(Exception):
    """Error: the template cannot be deployed here; the message says which part and why."""


class ParameterError(DeployError):
    """Error: the user gave a value that the template does not allow for a parameter."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A created resource: the value of `Ref`, and the values of `Fn::GetAtt` by attribute."""

    reference: str
    attributes: Mapping[str, str] = field(default_factory=dict)


class Scope(Protocol):
    """The names to which expressions may refer."""

    def reference(self, name: str) -> Any:
        """The value of `Ref`: a parameter, a pseudo parameter or a resource."""

    def attribute(self, name: str, attribute: str) -> str:
        """The value of `Fn::GetAtt`."""

    def mapping(self, name: str, top: str, second: str) -> Any:
        """The value of `Fn::FindInMap`."""

    def condition(self, name: str) -> bool:
        """The value of a named condition."""
