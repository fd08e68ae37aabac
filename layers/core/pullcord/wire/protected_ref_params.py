"""Parameters of /protected_branches and /protected_tags.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pullcord.projects import ADMINISTRATORS
from pullcord.wire.params import MAX_NUMBER, Parameters


class AccessLevel(IntEnum):
    """The access level of a grant that names no user."""

    NOBODY = 0
    DEVELOPERS = 30
    MAINTAINERS = 40
    ADMINISTRATORS = ADMINISTRATORS


Name = Annotated[str, Field(max_length=255)]
Number = Annotated[int, Field(ge=0, lt=MAX_NUMBER)]


class Allowed(BaseModel):
    """An access level or user in `allowed_to_push`, `allowed_to_merge` or `allowed_to_create`.

    With `id` it changes an existing grant; with `_destroy` it deletes it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    access_level: AccessLevel | None = None
    user_id: Number | None = None
    id: Number | None = None
    destroy: bool = Field(default=False, alias="_destroy")

    @property
    def is_complete(self) -> bool:
        """Whether the entry says whom to allow or which grant to delete."""
        return self.access_level is not None or self.user_id is not None or (self.id is not None and self.destroy)


Entries = Annotated[list[Allowed], Field(max_length=100)]


class ChangedBranch(Parameters):
    """Parameters of PATCH /projects/:id/protected_branches/:name."""

    allow_force_push: bool | None = None
    allowed_to_push: Entries | None = None
    allowed_to_merge: Entries | None = None


class NewBranch(ChangedBranch):
    """Parameters of POST /projects/:id/protected_branches."""

    name: Name
    push_access_level: AccessLevel | None = None
    merge_access_level: AccessLevel | None = None


class NewTag(Parameters):
    """Parameters of POST /projects/:id/protected_tags."""

    name: Name
    create_access_level: AccessLevel | None = None
    allowed_to_create: Entries | None = None


class ProtectedRefListParams(Parameters):
    """Parameters of GET /projects/:id/protected_branches and /protected_tags."""

    search: str | None = None


def entries(sent: Iterable[Allowed] | None, level: AccessLevel | None = None, *, new: bool = False) -> list[Allowed]:
    """The entries of one list. A new protection without entries allows maintainers."""
    given = [entry for entry in sent or () if entry.is_complete]
    if level is not None or (new and not given):
        given.insert(0, Allowed(access_level=AccessLevel.MAINTAINERS if level is None else level))
    return given
