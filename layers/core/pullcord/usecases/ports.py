"""The world as the wishes see it: each call of one of these is an effect."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pullcord.access import User
from pullcord.peppers import Keyring
from pullcord.projects import Project
from pullcord.requests import Admitted, Once, PipelineRequest, Wish
from pullcord.tokens import Found


class Peppers(Protocol):
    """Where the peppers are kept."""

    def keyring(self) -> Keyring:
        """Those that live now."""
        ...

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current one."""
        ...

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open what any of them has sealed. Raises `SealBroken`."""
        ...


class Requests(Protocol):
    """Stored requests, plans and refusals."""

    def admit(self, request: PipelineRequest, wish: Wish, once: Once | None, now: int) -> Admitted | None:
        """Store a new request, or find the first with its key."""
        ...

    def first(self, key: str) -> Admitted | None:
        """The first call with a key."""
        ...

    def settle(self, key: str, outcome: Mapping[str, Any]) -> None:
        """Write down what came of the first call with a key."""
        ...

    def result(self, request_id: int) -> Mapping[str, Any]:
        """What became of a request."""
        ...


class Lookup(Protocol):
    """Finds the project and the token of a call, in one read where the project is a number."""

    def __call__(self, project: str, digests: Sequence[str]) -> tuple[Project | None, Found | None]:
        """Both, each None if it is not there."""
        ...


class Workflow(Protocol):
    """Makes a pipeline of a stored request."""

    def run(self, name: str, ids: Mapping[str, object]) -> Mapping[str, Any]:
        """The outcome: ids and public facts."""
        ...


class Users(Protocol):
    """People by id."""

    def user(self, user_id: int) -> User | None:
        """One of them."""
        ...
