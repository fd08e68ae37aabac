"""Parameters of protected branches and tags."""

import pytest

from pullcord.wire import protected_ref_params
from pullcord.wire.params import read_params
from pullcord.wire.protected_ref_params import AccessLevel, entries
from tests.unit.wire.calls import json_call, query_call


def test_a_new_protected_branch():
    entry = {"access_level": 30, "user_id": None, "id": None, "_destroy": False}
    branch = read_params(
        protected_ref_params.NewBranch,
        json_call(
            name="main", push_access_level=0, merge_access_level=60, allow_force_push=True, allowed_to_push=[entry]
        ),
    )

    assert (branch.name, branch.push_access_level, branch.merge_access_level) == ("main", 0, 60)
    assert (branch.allow_force_push, branch.allowed_to_push[0].access_level) == (True, 30)
    assert branch.allowed_to_merge is None


def test_a_new_protected_tag():
    tag = read_params(
        protected_ref_params.NewTag, json_call(name="v*", create_access_level=40, allowed_to_create=[{"user_id": 5}])
    )

    assert (tag.name, tag.create_access_level, tag.allowed_to_create[0].user_id) == ("v*", 40, 5)


def test_the_list_of_protected_refs_can_be_searched():
    assert read_params(protected_ref_params.ProtectedRefListParams, query_call("search=a")).search == "a"


@pytest.mark.parametrize(
    ("entry", "complete"),
    [
        ({}, False),
        ({"id": 1}, False),
        ({"_destroy": True}, False),
        ({"id": 1, "_destroy": True}, True),
        ({"access_level": 0}, True),
        ({"user_id": 5}, True),
    ],
)
def test_an_entry_has_a_level_a_user_or_a_grant_to_delete(entry, complete):
    changed = read_params(protected_ref_params.ChangedBranch, json_call(allowed_to_merge=[entry]))

    assert entries(changed.allowed_to_merge) == (changed.allowed_to_merge if complete else [])


def test_a_new_protection_without_entries_allows_maintainers():
    assert [entry.access_level for entry in entries(None, new=True)] == [AccessLevel.MAINTAINERS]
    assert [entry.access_level for entry in entries(None, AccessLevel.NOBODY, new=True)] == [AccessLevel.NOBODY]
    assert entries(None) == []
