"""Parameters of members of projects and groups."""

import pytest

from pullcord.access import Level, Member, Membership
from pullcord.errors import Invalid
from pullcord.wire import member_params
from tests.unit.wire.calls import json_call, query_call
from tests.unit.wire.examples import ADA, BOB


@pytest.mark.parametrize("level", [level for level in Level if level > Level.NONE])
def test_a_member_may_have_every_level(level):
    assert member_params.new(json_call(user_id=5, access_level=level)) == Membership(5, level)


@pytest.mark.parametrize("level", [0, 7, 60, -10])
def test_a_new_member_needs_a_level_that_exists(level):
    with pytest.raises(Invalid) as refusal:
        member_params.new(json_call(user_id=5, access_level=level))

    assert refusal.value.problems == {"access_level": ["is not included in the list"]}


def test_a_changed_member_needs_a_level_that_exists():
    with pytest.raises(Invalid):
        member_params.changed(json_call(access_level=35), 5)


@pytest.mark.parametrize(
    ("sent", "expires_at", "keep_expiry"),
    [
        ({}, None, True),
        ({"expires_at": ""}, None, False),
        ({"expires_at": None}, None, False),
        ({"expires_at": "2026-12-24"}, "2026-12-24", False),
    ],
)
def test_the_expiry_date_stays_unless_it_is_sent(sent, expires_at, keep_expiry):
    membership = Membership(5, 30, expires_at)

    assert member_params.changed(json_call(access_level=30, **sent), 5) == (membership, keep_expiry)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["ada", "bob"]),
        ("query=ADA", ["ada"]),
        ("query=exam", ["ada", "bob"]),
        ("query=x%20y", []),
        ("query=", ["ada", "bob"]),
    ],
)
def test_members_are_searched_by_name_and_username(query, names):
    members = [Member(user, Membership(user.id, 30)) for user in (ADA, BOB)]

    assert [member.user.username for member in member_params.matching(query_call(query), members)] == names
