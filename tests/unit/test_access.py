"""Levels and the abilities that they give."""

from copy import replace

import pytest

from pullcord.access import (
    CI,
    GROUP_BY_LEVEL,
    Level,
    Membership,
    User,
    abilities,
    group_abilities,
    highest,
    needed_role,
    refusal_code,
)
from pullcord.projects import VISIBILITIES, Namespace, Project

TODAY = "2026-03-01"
USER = User(5, "ada", "Ada")
ROOT = User(1, "root", "Administrator", admin=True)
PRIVATE = Project(7, "Widgets", "widgets", 3, "acme", "", public_jobs=False)
PUBLIC = replace(PRIVATE, visibility="public")
INTERNAL = replace(PRIVATE, visibility="internal")

# ability                       the lowest level that has it
NEEDED = {
    "read_project":               Level.GUEST,
    "read_pipeline":              Level.REPORTER,
    "read_build":                 Level.REPORTER,
    "create_pipeline":            Level.DEVELOPER,
    "update_pipeline":            Level.DEVELOPER,
    "cancel_pipeline":            Level.DEVELOPER,
    "admin_build":                Level.MAINTAINER,
    "manage_trigger":             Level.MAINTAINER,
    "read_any_pipeline_variable": Level.MAINTAINER,
    "set_pipeline_variables":     Level.MAINTAINER,
    "destroy_pipeline":           Level.OWNER,
}  # fmt: skip
LEVELS = [Level.NONE, Level.GUEST, Level.PLANNER, Level.REPORTER, Level.DEVELOPER, Level.MAINTAINER, Level.OWNER]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ability", NEEDED)
def test_an_ability_needs_its_level(level, ability):
    assert (ability in abilities(USER, level, PRIVATE)) is (level >= NEEDED[ability])


def test_an_administrator_has_an_owners_abilities():
    assert abilities(ROOT, Level.NONE, PRIVATE) == abilities(USER, Level.OWNER, PRIVATE)


def test_an_anonymous_caller_has_no_ability_in_a_private_project():
    assert abilities(None, Level.NONE, PRIVATE) == frozenset()


EXTERNAL = USER._replace(external=True)


@pytest.mark.parametrize(
    ("user", "level", "seen"),
    [
        (None, Level.NONE, {"public"}),
        (EXTERNAL, Level.NONE, {"public"}),
        (EXTERNAL, Level.MINIMAL, {"public"}),
        (EXTERNAL, Level.GUEST, {"public", "internal", "private"}),
        (EXTERNAL._replace(admin=True), Level.NONE, {"public", "internal", "private"}),
        (USER, Level.NONE, {"public", "internal"}),
        (USER, Level.GUEST, {"public", "internal", "private"}),
        (ROOT, Level.NONE, {"public", "internal", "private"}),
    ],
)
def test_what_is_internal_is_for_users_who_are_not_external(user, level, seen):
    projects = [replace(PRIVATE, visibility=visibility, public_jobs=True) for visibility in VISIBILITIES]
    groups = [Namespace(3, "Acme", "acme", "acme", visibility=visibility) for visibility in VISIBILITIES]

    assert {one.visibility for one in projects if "read_project" in abilities(user, level, one)} == seen
    assert {one.visibility for one in projects if "read_pipeline" in abilities(user, level, one)} == seen
    assert {one.visibility for one in groups if "read_group" in group_abilities(user, level, one)} == seen


def test_the_code_of_an_internal_project_is_not_for_external_guests():
    assert "read_code" in abilities(USER, Level.GUEST, INTERNAL)
    assert "read_code" not in abilities(EXTERNAL, Level.GUEST, INTERNAL)
    assert "read_code" in abilities(EXTERNAL, Level.REPORTER, INTERNAL)


@pytest.mark.parametrize(
    ("user", "groups", "projects"),
    [
        (USER, True, 100_000),
        (USER._replace(can_create_group=False), False, 100_000),
        (EXTERNAL, False, 0),
        (ROOT, True, 100_000),
        (ROOT._replace(external=True), False, 0),
    ],
)
def test_an_external_user_creates_neither_groups_nor_projects_of_their_own(user, groups, projects):
    assert (user.may_create_groups, user.projects_limit) == (groups, projects)


@pytest.mark.parametrize(("user", "level"), [(None, Level.NONE), (USER, Level.NONE), (USER, Level.GUEST)])
def test_public_pipelines_are_read_by_everybody_who_reads_the_project(user, level):
    allowed = abilities(user, level, replace(PUBLIC, public_jobs=True))

    assert {"read_pipeline", "read_build"} <= allowed
    assert "create_pipeline" not in allowed
    assert "read_any_pipeline_variable" not in allowed


@pytest.mark.parametrize(
    ("minimum", "lowest"),
    [
        ("developer", Level.DEVELOPER),
        ("maintainer", Level.MAINTAINER),
        ("owner", Level.OWNER),
        ("no_one_allowed", None),
    ],
)
def test_the_project_sets_the_minimum_role_for_variables(minimum, lowest):
    project = replace(PRIVATE, variables_minimum_role=minimum)

    for level in LEVELS:
        allowed = "set_pipeline_variables" in abilities(USER, level, project)
        assert allowed is (lowest is not None and level >= lowest)
    assert ("set_pipeline_variables" in abilities(ROOT, Level.NONE, project)) is (lowest is not None)


@pytest.mark.parametrize("user", [USER, ROOT])
def test_without_ci_cd_nobody_has_its_abilities(user):
    project = replace(PRIVATE, jobs_enabled=False)

    assert not abilities(user, Level.OWNER, project) & CI
    assert "read_project" in abilities(user, Level.OWNER, project)


@pytest.mark.parametrize(
    ("user", "project"),
    [
        (USER, replace(PRIVATE, archived=True)),
        (ROOT, replace(PRIVATE, archived=True)),
        (replace(USER, state="blocked"), PRIVATE),
        (replace(USER, confirmed=False), PRIVATE),
    ],
)
def test_blocked_users_and_archived_projects_create_no_pipelines(user, project):
    allowed = abilities(user, Level.OWNER, project)

    assert not allowed & {"create_pipeline", "update_pipeline", "destroy_pipeline", "set_pipeline_variables"}
    assert {"read_pipeline", "admin_build"} <= allowed


@pytest.mark.parametrize(
    ("memberships", "level"),
    [
        ([], Level.NONE),
        ([(30, None)], Level.DEVELOPER),
        ([(30, None), (40, None)], Level.MAINTAINER),
        ([(30, None), (40, TODAY)], Level.DEVELOPER),
        ([(30, None), (40, "2026-03-02")], Level.MAINTAINER),
        ([(50, "2020-01-01")], Level.NONE),
    ],
)
def test_the_highest_membership_that_has_not_expired_counts(memberships, level):
    assert highest([Membership(5, one, expires_at) for one, expires_at in memberships], TODAY) == level


@pytest.mark.parametrize("ability", NEEDED)
def test_a_refusal_names_the_lowest_role_with_the_ability(ability):
    if ability != "set_pipeline_variables":  # whose role is a setting of the project
        assert needed_role(ability) == NEEDED[ability].name.lower()


@pytest.mark.parametrize("ability", sorted(frozenset().union(*GROUP_BY_LEVEL.values())))
def test_a_groups_abilities_have_a_role_too(ability):
    assert needed_role(ability) in {"guest", "maintainer", "owner"}


@pytest.mark.parametrize(
    ("user", "level", "changed", "code"),
    [
        (USER, Level.REPORTER, {}, "no_permission"),
        (None, Level.NONE, {}, "no_permission"),
        (USER, Level.DEVELOPER, {"jobs_enabled": False}, "pipelines_disabled"),
        (USER, Level.DEVELOPER, {"archived": True}, "project_archived"),
        (USER, Level.DEVELOPER, {"archived": True, "jobs_enabled": False}, "pipelines_disabled"),
        (USER, Level.REPORTER, {"archived": True, "jobs_enabled": False}, "no_permission"),
        (USER._replace(state="blocked"), Level.DEVELOPER, {}, "user_blocked"),
        (USER._replace(confirmed=False), Level.DEVELOPER, {}, "user_unconfirmed"),
        (ROOT, Level.NONE, {"archived": True}, "project_archived"),
        (None, Level.NONE, {"archived": True, "visibility": "public"}, "no_permission"),
    ],
)
def test_a_missing_ability_has_the_code_of_its_reason(user, level, changed, code):
    project = replace(PRIVATE, **changed)

    assert "create_pipeline" not in abilities(user, level, project)
    assert refusal_code("create_pipeline", user, level, project) == code
