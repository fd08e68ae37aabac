"""A project and what a caller may do in it."""

from copy import replace

import pytest

from pullcord.access import Level
from pullcord.errors import Forbidden, Moved, NotFound, Unauthorized
from pullcord.usecases.auth.project_access import authorize_project
from tests.unit.usecases.fakes import ADA, ROOT, TODAY, WIDGETS
from tests.unit.usecases.stores import Directory


def access(wanted, user, *projects, levels=None):
    return authorize_project(wanted, user, Directory.of(*(projects or (WIDGETS,)), levels=levels), TODAY)


@pytest.mark.parametrize("wanted", ["7", "0" * 30 + "7", "acme/widgets", "Acme/Widgets"])
def test_a_project_is_found_by_number_and_by_path(wanted):
    assert access(wanted, ROOT).project == WIDGETS


@pytest.mark.parametrize(
    "wanted", ["0", "8", "", "-7", "acme", "acme/other", "\uff17", "9" * 5000, "0" * 17 + "79", "a/" * 3000, "7 "]
)
def test_an_unknown_project_is_not_found(wanted):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        access(wanted, ROOT)


def test_a_path_is_not_taken_for_its_beginning():
    deep = replace(WIDGETS, namespace_path="a" * 992, path="widgets")

    assert access(deep.full_path, ROOT, deep).project == deep
    with pytest.raises(NotFound):
        access(f"{deep.full_path}x", ROOT, deep)


def test_a_project_that_has_left_a_path_is_moved():
    class Renamed(Directory):
        def project_id(self, full_path):
            return WIDGETS.id

    with pytest.raises(Moved) as moved:
        authorize_project("acme/old", ROOT, Renamed(), TODAY)
    assert moved.value.number == WIDGETS.id


def test_a_moved_project_is_not_found_by_a_caller_who_may_not_see_it():
    class Renamed(Directory):
        def project_id(self, full_path):
            return WIDGETS.id

    with pytest.raises(NotFound):
        authorize_project("acme/old", ADA, Renamed(), TODAY)


@pytest.mark.parametrize("user", [None, ADA])
def test_a_private_project_is_not_found_by_a_caller_who_is_not_a_member(user):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        access("7", user)


def test_an_anonymous_caller_reads_a_public_project():
    found = access("7", None, replace(WIDGETS, visibility="public"))

    assert found.user is None
    with pytest.raises(Unauthorized):
        _ = found.member
    with pytest.raises(Forbidden):
        found.require("manage_trigger")


def test_a_member_has_the_abilities_of_their_level():
    found = access("7", ADA, levels={ADA.id: 40})

    assert found.member == ADA
    found.require("manage_trigger")
    with pytest.raises(Forbidden) as refusal:
        found.require("destroy_pipeline")
    assert (refusal.value.code, refusal.value.details) == ("no_permission", {"needs": "owner"})


@pytest.mark.parametrize(
    ("ability", "changed", "code"),
    [
        ("push_code", {"archived": True}, "project_archived"),
        ("cancel_pipeline", {"archived": True}, "project_archived"),
        ("read_pipeline", {"jobs_enabled": False}, "pipelines_disabled"),
        ("manage_trigger", {"jobs_enabled": False, "archived": True}, "pipelines_disabled"),
        ("destroy_pipeline", {"archived": True}, "no_permission"),
    ],
)
def test_a_refusal_names_its_reason(ability, changed, code):
    found = access("7", ADA, replace(WIDGETS, **changed), levels={ADA.id: 40})

    with pytest.raises(Forbidden) as refusal:
        found.require(ability)
    assert refusal.value.code == code


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
    found = access("7", user, replace(WIDGETS, visibility="public"), levels={ROOT.id: own, ADA.id: own})

    assert found.level == level
