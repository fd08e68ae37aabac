"""Parameters and shapes of /protected_branches and /protected_tags.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pullcord.projects import ADMINISTRATORS, Grant, ProtectedRef
from pullcord.wire.params import LARGEST, Parameters
from pullcord.wire.pipeline_json import Json


class AccessLevel(IntEnum):
    """Who is meant when no user is named."""

    NOBODY = 0
    DEVELOPERS = 30
    MAINTAINERS = 40
    ADMINISTRATORS = ADMINISTRATORS


DESCRIPTIONS = {
    AccessLevel.NOBODY: "No one",
    AccessLevel.DEVELOPERS: "Developers + Maintainers",
    AccessLevel.MAINTAINERS: "Maintainers",
    AccessLevel.ADMINISTRATORS: "Administrators",
}
Name = Annotated[str, Field(max_length=255)]
Number = Annotated[int, Field(ge=0, lt=LARGEST)]


class Allowed(BaseModel):
    """One entry of `allowed_to_push` and its like: a level or a user; `id` and `_destroy` for one that is there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    access_level: AccessLevel | None = None
    user_id: Number | None = None
    id: Number | None = None
    destroy: bool = Field(default=False, alias="_destroy")

    @property
    def means_something(self) -> bool:
        """Whether it says whom to allow, or which entry to take away."""
        return self.access_level is not None or self.user_id is not None or (self.id is not None and self.destroy)


Entries = Annotated[list[Allowed], Field(max_length=100)]


class ChangedBranch(Parameters):
    """PATCH /projects/:id/protected_branches/:name."""

    allow_force_push: bool | None = None
    allowed_to_push: Entries | None = None
    allowed_to_merge: Entries | None = None


class NewBranch(ChangedBranch):
    """POST /projects/:id/protected_branches."""

    name: Name
    push_access_level: AccessLevel | None = None
    merge_access_level: AccessLevel | None = None


class NewTag(Parameters):
    """POST /projects/:id/protected_tags."""

    name: Name
    create_access_level: AccessLevel | None = None
    allowed_to_create: Entries | None = None


class ProtectionFilter(Parameters):
    """GET of both lists."""

    search: str | None = None


def entries(sent: Iterable[Allowed] | None, level: AccessLevel | None = None, *, new: bool = False) -> list[Allowed]:
    """What was asked for in one list; a new protection without a word lets maintainers in."""
    given = [entry for entry in sent or () if entry.means_something]
    if level is not None or (new and not given):
        given.insert(0, Allowed(access_level=AccessLevel.MAINTAINERS if level is None else level))
    return given


def branch(ref: ProtectedRef, names: Mapping[int, str]) -> Json:
    """A protected branch. names: of users, by id."""
    return {
        "id": ref.id,
        "name": ref.name,
        "push_access_levels": [_grant(grant, names) | {"deploy_key_id": None} for grant in ref.push],
        "merge_access_levels": [_grant(grant, names) for grant in ref.merge],
        "allow_force_push": ref.allow_force_push,
        "unprotect_access_levels": [],
        "code_owner_approval_required": False,
        "inherited": False,
    }


def tag(ref: ProtectedRef, names: Mapping[int, str]) -> Json:
    """A protected tag. names: of users, by id."""
    return {
        "name": ref.name,
        "create_access_levels": [_grant(grant, names) | {"deploy_key_id": None} for grant in ref.create],
    }


def _grant(grant: Grant, names: Mapping[int, str]) -> Json:
    level = None if grant.level is None else AccessLevel(grant.level)
    described = DESCRIPTIONS[level] if level is not None else names.get(grant.user_id or 0, "")
    return {
        "id": grant.id,
        "access_level": AccessLevel.MAINTAINERS if level is None else level,
        "access_level_description": described,
        "user_id": grant.user_id,
        "group_id": None,
    }
