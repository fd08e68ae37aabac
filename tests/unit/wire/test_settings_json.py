"""Members, protections and variables of the settings as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/project_members, /api/protected_branches, /api/protected_tags,
/api/project_level_variables, /api/instance_level_ci_variables
"""

from types import SimpleNamespace

import pytest

from pullcord.access import Level, Membership
from pullcord.projects import Grant, ProtectedRef
from pullcord.variables import SettingsVariable
from pullcord.wire import member_params, protected_ref_params, variable_params
from tests.unit.wire.calls import call
from tests.unit.wire.things import ADA, BOB
from tests.unit.wire.written import ADA_BASIC, SERVER, TIME, written

BOB_BASIC = {
    "id": 6,
    "username": "bob",
    "public_email": "bob@example.com",
    "name": "Bob Example",
    "state": "blocked",
    "locked": False,
    "avatar_url": None,
    "web_url": "https://ci.example.test/bob",
}


def member(user, membership, created_by=None):
    return SimpleNamespace(user=user, membership=membership, created_by=created_by)


def test_a_member():
    ada = member(ADA, Membership(5, Level.DEVELOPER, "2026-12-24", TIME, 6), BOB)

    assert written(member_params.member(ada, SERVER)) == written(
        {
            **ADA_BASIC,
            "access_level": 30,
            "created_at": TIME,
            "created_by": BOB_BASIC,
            "expires_at": "2026-12-24",
            "membership_state": "active",
        }
    )


def test_a_member_for_ever_whose_creator_is_gone():
    assert written(member_params.member(member(BOB, Membership(6, 50, None, TIME, 99)), SERVER)) == written(
        {
            **BOB_BASIC,
            "access_level": 50,
            "created_at": TIME,
            "created_by": None,
            "expires_at": None,
            "membership_state": "active",
        }
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["ada", "bob"]),
        ("query=ADA", ["ada"]),
        ("query=exam", ["ada", "bob"]),
        ("query=x%20y", []),
        ("query=", None),
    ],
)
def test_members_are_searched_by_their_names(query, names):
    members = [member(user, Membership(user.id, 30)) for user in (ADA, BOB)]

    found = member_params.matching(call(query=query, method="GET"), members)

    assert [one.user.username for one in found] == (["ada", "bob"] if names is None else names)


def shown_grant(number, level, description, user_id=None):
    return {
        "id": number,
        "access_level": level,
        "access_level_description": description,
        "user_id": user_id,
        "group_id": None,
    }


GRANTS = [
    (Grant(101, level=0), shown_grant(101, 0, "No one")),
    (Grant(102, level=30), shown_grant(102, 30, "Developers + Maintainers")),
    (Grant(103, level=40), shown_grant(103, 40, "Maintainers")),
    (Grant(104, level=60), shown_grant(104, 60, "Administrators")),
    (Grant(105, user_id=5), shown_grant(105, 40, "Ada Example", user_id=5)),
    (Grant(106, user_id=99), shown_grant(106, 40, "", user_id=99)),
]


@pytest.mark.parametrize(("grant", "shown"), GRANTS)
def test_a_protected_branch(grant, shown):
    ref = ProtectedRef("branch", "release/*", 100, push=(grant,), merge=(grant, Grant(1, level=0)))

    assert written(protected_ref_params.branch(ref, {5: "Ada Example"})) == written(
        {
            "id": 100,
            "name": "release/*",
            "push_access_levels": [{**shown, "deploy_key_id": None}],
            "merge_access_levels": [shown, shown_grant(1, 0, "No one")],
            "allow_force_push": False,
            "unprotect_access_levels": [],
            "code_owner_approval_required": False,
            "inherited": False,
        }
    )


def test_a_branch_that_may_be_pushed_by_force():
    shown = protected_ref_params.branch(ProtectedRef("branch", "main", 100, allow_force_push=True), {})

    assert shown["allow_force_push"] is True
    assert (shown["push_access_levels"], shown["merge_access_levels"]) == ([], [])


@pytest.mark.parametrize(("grant", "shown"), GRANTS)
def test_a_protected_tag(grant, shown):
    assert written(
        protected_ref_params.tag(ProtectedRef("tag", "v*", 100, create=(grant,)), {5: "Ada Example"})
    ) == written({"name": "v*", "create_access_levels": [{**shown, "deploy_key_id": None}]})


VARIABLE = {
    "variable_type": "env_var",
    "key": "KEY",
    "value": "a value",
    "hidden": False,
    "protected": False,
    "masked": False,
    "raw": False,
    "environment_scope": "*",
    "description": None,
}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, {}),
        ({"variable_type": "file"},) * 2,
        ({"protected": True},) * 2,
        ({"masked": True},) * 2,
        ({"raw": True},) * 2,
        ({"environment_scope": "production"},) * 2,
        ({"description": "who uses it"},) * 2,
        ({"masked": True, "hidden": True}, {"masked": True, "hidden": True, "value": None}),
    ],
)
def test_a_variable_of_the_settings(fields, shown):
    assert written(variable_params.variable(SettingsVariable("KEY", "a value", **fields))) == written(
        {**VARIABLE, **shown}
    )


def test_a_variable_of_the_instance_knows_no_environments():
    unscoped = {name: value for name, value in VARIABLE.items() if name != "environment_scope"}

    assert written(variable_params.variable(SettingsVariable("KEY", "a value"), scoped=False)) == written(unscoped)
