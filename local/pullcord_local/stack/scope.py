"""What a template's expressions may refer to, and the error of one that refers to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class DeployError(Exception):
    """The template cannot be deployed here; the message says which part and why."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that exists: what `Ref` gives, and what `Fn::GetAtt` gives by attribute."""

    reference: str
    attributes: Mapping[str, str] = field(default_factory=dict)


class Scope(Protocol):
    """The names that expressions see."""

    def reference(self, name: str) -> Any:
        """The value of `Ref`: a parameter, a pseudo parameter or a resource."""

    def attribute(self, name: str, attribute: str) -> str:
        """The value of `Fn::GetAtt`."""

    def mapping(self, name: str, top: str, second: str) -> Any:
        """The value of `Fn::FindInMap`."""

    def condition(self, name: str) -> bool:
        """The value of a named condition."""
