"""How a caller stands to a project."""

from copy import replace
from types import SimpleNamespace

import pytest

from pullcord.access import Level, Membership
from pullcord.errors import Forbidden, NotFound, Unauthorized
from pullcord.usecases.auth.group_access import group_memberships
from pullcord.usecases.auth.project_access import access
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, Directory
from tests.unit.usecases.kept import ACME

TODAY = "2026-03-01"


@pytest.mark.parametrize("wanted", ["7", "0" * 30 + "7", "acme/widgets"])
def test_a_project_is_found_by_number_and_by_path(wanted):
    assert access(wanted, ROOT, Directory(), TODAY).project == WIDGETS


@pytest.mark.parametrize(
    "wanted", ["0", "8", "", "-7", "acme", "acme/other", "\uff17", "9" * 5000, "0" * 17 + "79", "a/" * 3000, "7 "]
)
def test_what_is_no_project_is_not_found(wanted):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        access(wanted, ROOT, Directory(), TODAY)


def test_a_path_is_not_taken_for_its_beginning():
    deep = replace(WIDGETS, namespace_path="a" * 992, path="widgets")

    assert access(deep.full_path, ROOT, Directory([deep]), TODAY).project == deep
    with pytest.raises(NotFound):
        access(f"{deep.full_path}x", ROOT, Directory([deep]), TODAY)


@pytest.mark.parametrize("user", [None, ADA])
def test_a_private_project_is_not_there_for_strangers(user):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        access("7", user, Directory(), TODAY)


def test_a_public_project_is_there_for_nobody_in_particular():
    found = access("7", None, Directory([replace(WIDGETS, visibility="public")]), TODAY)

    assert found.user is None
    with pytest.raises(Unauthorized):
        _ = found.member
    with pytest.raises(Forbidden):
        found.require("manage_trigger")


def test_a_member_may_what_their_level_allows():
    found = access("7", ADA, Directory(levels={ADA.id: 40}), TODAY)

    assert found.member == ADA
    found.require("manage_trigger")
    with pytest.raises(Forbidden):
        found.require("destroy_pipeline")


@pytest.mark.parametrize(
    ("user", "own", "level"),
    [
        (None, None, Level.NONE),
        (ADA, None, Level.NONE),
        (ADA, 30, Level.DEVELOPER),
        (ROOT, None, Level.OWNER),
        (ROOT, 10, Level.OWNER),
    ],
)
def test_an_administrator_is_an_owner_of_a_project_whatever_their_membership(user, own, level):
    directory = Directory([replace(WIDGETS, visibility="public")], levels={ROOT.id: own, ADA.id: own})

    assert access("7", user, directory, TODAY).level == level


@pytest.mark.parametrize(
    ("user", "own", "level"),
    [(None, None, Level.NONE), (ADA, 30, Level.DEVELOPER), (ROOT, None, Level.OWNER), (ROOT, 10, Level.OWNER)],
)
def test_an_administrator_is_an_owner_of_a_group_whatever_their_membership(user, own, level):
    memberships = (Membership(user.id, own),) if own else ()
    directory = SimpleNamespace(group_memberships=lambda *_: (replace(ACME, visibility="public"), memberships))

    assert group_memberships("30", user, directory, TODAY).level == level
