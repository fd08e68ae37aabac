"""A group and what a caller may do in it."""

from copy import replace

import pytest

from pullcord.access import Level
from pullcord.errors import Forbidden, NotFound
from pullcord.usecases.auth.group_access import authorize_group
from tests.unit.usecases.fakes import ADA, ROOT, TODAY
from tests.unit.usecases.stores import ACME, TOOLS, Directory


def access(wanted, user, *, visibility="private", levels=None):
    directory = Directory(levels=levels or {})
    directory.groups.stored[ACME.id] = replace(ACME, visibility=visibility)
    return authorize_group(wanted, user, directory, TODAY)


@pytest.mark.parametrize("wanted", ["31", "031", "acme/tools", "Acme/Tools"])
def test_a_group_is_found_by_number_and_by_path(wanted):
    assert access(wanted, ROOT).group == TOOLS


@pytest.mark.parametrize("wanted", ["0", "99", "", "-30", "tools", "acme/tools/x", "9" * 5000])
def test_an_unknown_group_is_not_found(wanted):
    with pytest.raises(NotFound, match="404 Group Not Found"):
        access(wanted, ROOT)


@pytest.mark.parametrize(
    ("user", "visibility", "visible"),
    [
        (None, "public", True),
        (None, "internal", False),
        (None, "private", False),
        (ADA, "internal", True),
        (ADA, "private", False),
        (ROOT, "private", True),
    ],
)
def test_a_group_is_found_by_callers_who_may_see_it(user, visibility, visible):
    if visible:
        assert access("30", user, visibility=visibility).user == user
    else:
        with pytest.raises(NotFound, match="404 Group Not Found"):
            access("30", user, visibility=visibility)


def test_a_member_has_the_abilities_of_their_level():
    found = access("30", ADA, levels={ADA.id: 40})

    found.require("create_projects")
    with pytest.raises(Forbidden) as refusal:
        found.require("admin_group")
    assert refusal.value.details == {"needs": "owner"}


@pytest.mark.parametrize(
    ("user", "own", "level"),
    [(None, None, Level.NONE), (ADA, 30, Level.DEVELOPER), (ROOT, None, Level.OWNER), (ROOT, 10, Level.OWNER)],
)
def test_an_administrator_is_an_owner_of_a_group_whatever_their_membership(user, own, level):
    levels = {user.id: own} if user else None

    assert access("30", user, visibility="public", levels=levels).level == level
