"""JSON of protected branches and tags.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

from collections.abc import Mapping

from pullcord.projects import Grant, ProtectedRef
from pullcord.wire.protected_ref_params import AccessLevel
from pullcord.wire.types import Json

DESCRIPTIONS = {
    AccessLevel.NOBODY: "No one",
    AccessLevel.DEVELOPERS: "Developers + Maintainers",
    AccessLevel.MAINTAINERS: "Maintainers",
    AccessLevel.ADMINISTRATORS: "Administrators",
}


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
