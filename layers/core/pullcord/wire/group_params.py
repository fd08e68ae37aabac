"""Parameters of /groups and /namespaces.

Source: https://docs.gitlab.com/api/groups
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from pullcord.wire.call import Call
from pullcord.wire.params import MAX_NUMBER, Parameters, read_params


class _Settings(Parameters):
    description: Annotated[str, Field(max_length=500)] | None = None
    visibility: Literal["private", "internal", "public"] | None = None


class NewGroup(_Settings):
    """Parameters of POST /groups."""

    name: str
    path: str
    parent_id: Annotated[int, Field(lt=MAX_NUMBER)] | None = None


class ChangedGroup(_Settings):
    """Parameters of PUT /groups/:id."""

    name: str | None = None
    path: str | None = None


class GroupListParams(Parameters):
    """Parameters of GET /groups, and the groups in a group."""

    search: str | None = None
    owned: bool | None = None
    visibility: Literal["private", "internal", "public"] | None = None
    min_access_level: int | None = None
    top_level_only: bool | None = None
    order_by: Literal["name", "path", "id", "similarity"] | None = None
    sort: Literal["asc", "desc"] | None = None


class NamespaceListParams(Parameters):
    """Parameters of GET /namespaces."""

    search: str | None = None
    owned_only: bool | None = None
    top_level_only: bool | None = None
    full_path_search: bool | None = None


class NamespaceExistenceParams(Parameters):
    """Parameters of GET /namespaces/:id/exists."""

    parent_id: Annotated[int, Field(lt=MAX_NUMBER)] | None = None


def new(call: Call) -> dict[str, Any]:
    """The parameters of POST /groups as fields of `Namespace`. Raises BadParameters."""
    return read_params(NewGroup, call).sent()


def changes(call: Call) -> dict[str, Any]:
    """The parameters of PUT /groups/:id as fields of `Namespace`. Raises BadParameters."""
    sent = read_params(ChangedGroup, call).sent()
    return {name: "" if value is None else value for name, value in sent.items() if value or name == "description"}
