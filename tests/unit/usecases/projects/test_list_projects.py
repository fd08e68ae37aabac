"""Listing projects and groups: which a user sees, and in which order."""

from copy import replace

import pytest

from pullcord.usecases.projects import list_projects
from pullcord.usecases.projects.list_projects import ListDeps, Order, ProjectFilter
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, Time
from tests.unit.usecases.stores import ACME, BOB, Directory, Groups, Projects, Users

GADGETS = replace(
    WIDGETS, id=8, name="Gadgets", path="gadgets", namespace_path="acme/tools", groups=(31, 30), created_at="2"
)
OPEN = replace(WIDGETS, id=9, name="open", path="open", visibility="public", created_at="3")
INSIDE = replace(WIDGETS, id=10, name="Inside", path="inside", visibility="internal", archived=True)


@pytest.fixture
def deps():
    users, projects, groups = Users(), Projects.of(WIDGETS, GADGETS, OPEN, INSIDE), Groups()
    users.joined.join("project", WIDGETS.id, ADA, 50)
    users.joined.join("group", ACME.id, ADA, 30)
    users.joined.join("group", ACME.id, BOB, 30, expires_at="2026-03-01")
    return ListDeps(users, projects, groups, Directory(projects, groups, users), Time().runtime)


@pytest.mark.parametrize(
    ("user", "wanted", "names"),
    [
        (None, ProjectFilter(), ["open"]),
        (None, ProjectFilter(membership=True), []),
        (BOB, ProjectFilter(), ["open", "Inside"]),
        (ADA, ProjectFilter(), ["open", "Gadgets", "Inside", "Widgets"]),
        (ADA, ProjectFilter(membership=True), ["Gadgets", "Widgets"]),
        (ADA, ProjectFilter(owned=True), ["Widgets"]),
        (ADA, ProjectFilter(min_access_level=30), ["Gadgets", "Widgets"]),
        (ADA, ProjectFilter(min_access_level=40), ["Widgets"]),
        (ADA, ProjectFilter(search="gets"), ["Gadgets", "Widgets"]),
        (ADA, ProjectFilter(search="ACME/TOOLS"), ["Gadgets"]),
        (ADA, ProjectFilter(archived=True), ["Inside"]),
        (ADA, ProjectFilter(visibility="private"), ["Gadgets", "Widgets"]),
        (ROOT, ProjectFilter(), ["open", "Gadgets", "Inside", "Widgets"]),
        (ROOT, ProjectFilter(membership=True), []),
    ],
)
def test_projects_are_listed_if_the_user_sees_them_and_they_match(deps, user, wanted, names):
    assert [access.project.name for access in list_projects.list_projects(wanted, Order(), user, deps)] == names


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order("id", ascending=True), [7, 8, 9, 10]),
        (Order("id"), [10, 9, 8, 7]),
        (Order("path", ascending=True), [8, 10, 9, 7]),
        (Order("last_activity_at", ascending=True), [7, 8, 9, 10]),
    ],
)
def test_projects_are_sorted(deps, order, ids):
    assert [access.project.id for access in list_projects.list_projects(ProjectFilter(), order, ROOT, deps)] == ids


@pytest.mark.parametrize(
    ("user", "wanted", "names"),
    [
        (None, ProjectFilter(), []),
        (BOB, ProjectFilter(), []),
        (ADA, ProjectFilter(), ["Acme", "Tools"]),
        (ADA, ProjectFilter(top_level_only=True), ["Acme"]),
        (ADA, ProjectFilter(owned=True), []),
        (ROOT, ProjectFilter(search="tool"), ["Tools"]),
    ],
)
def test_groups_are_listed_if_the_user_sees_them_and_they_match(deps, user, wanted, names):
    found = list_projects.list_groups(wanted, Order("name", ascending=True), user, deps)

    assert [group.name for group in found] == names


@pytest.mark.parametrize(
    ("user", "names"),
    [
        (None, ["Public"]),
        (replace(BOB, external=True), ["Public"]),
        (BOB, ["Internal", "Public"]),
        (ROOT, ["Internal", "Private", "Public"]),
    ],
)
def test_groups_are_listed_for_non_members_by_their_visibility(deps, user, names):
    deps.groups.stored = {
        number: replace(ACME, id=number, name=visibility.capitalize(), visibility=visibility)
        for number, visibility in enumerate(("private", "internal", "public"), 40)
    }

    groups = list_projects.list_groups(ProjectFilter(), Order("name", ascending=True), user, deps)

    assert [group.name for group in groups] == names


@pytest.mark.parametrize(
    ("user", "level", "names"),
    [
        (None, None, ["Public"]),
        (replace(BOB, external=True), None, ["Public"]),
        (replace(BOB, external=True), 10, ["Internal", "Private", "Public"]),
        (BOB, None, ["Internal", "Public"]),
    ],
)
def test_projects_are_listed_for_external_users_as_for_others_who_are_not_members(deps, user, level, names):
    deps.projects.stored = {
        number: replace(WIDGETS, id=number, name=visibility.capitalize(), visibility=visibility, groups=(30,))
        for number, visibility in enumerate(("private", "internal", "public"), 40)
    }
    if level:
        deps.users.joined.join("group", 30, user, level)

    seen = list_projects.list_projects(ProjectFilter(), Order("name", ascending=True), user, deps)

    assert [access.project.name for access in seen] == names
    assert all("read_project" in access.abilities for access in seen)
