from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord import access
from pullcord.access import Level, Membership
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.groups.manage_groups import GroupDeps
from pullcord.usecases.projects import delete_project
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, Time
from tests.unit.usecases.kept import ACME, BOB, TOOLS

NEW = {"name": "New", "path": "new"}
INSIDE = replace(WIDGETS, id=8, groups=(31, 30), namespace_id=31)


@dataclass
class Groups:
    """Groups, the projects in them, and their members."""

    known: dict = field(default_factory=lambda: {one.id: one for one in (ACME, TOOLS)})
    projects: list = field(default_factory=lambda: [INSIDE])
    levels: dict = field(default_factory=lambda: {ADA.id: 50, BOB.id: 30})
    failing: list = field(default_factory=list)
    gone: list = field(default_factory=list)

    def namespace(self, number):
        return self.known.get(number)

    def group_id(self, full_path):
        return next((one.id for one in self.known.values() if one.full_path == full_path), None)

    def group_memberships(self, number, user_id):
        level = self.levels.get(user_id)
        return self.known.get(number), (Membership(user_id, level),) if level else ()

    def groups_below(self, number):
        return [one for one in self.known.values() if number in one.ancestors]

    def projects_in(self, number):
        return [one for one in self.projects if one.namespace_id == number]

    def add_group(self, group, _parent, owner):
        failed = self.failing.pop() if self.failing else frozenset()
        if not failed:
            self.known[group.id], self.levels[owner] = group, 50
        return failed

    def change_group(self, _old, new, projects):
        self.moved = projects
        failed = self.failing.pop() if self.failing else frozenset()
        if not failed:
            self.known[new.id] = new
        return failed

    def delete_group(self, group):
        if self.failing:
            self.failing.pop()
            return False
        self.gone.append(group.path)
        del self.known[group.id]
        return True

    def delete_project(self, project):
        self.gone.append(project.path)
        self.projects.remove(project)

    def delete_of_project(self, project_id):
        self.gone.append(f"triggers of {project_id}")


@pytest.fixture
def groups():
    return Groups()


@pytest.fixture
def deps(groups):
    return GroupDeps(groups, groups, groups, delete_project.DeleteProjectDeps(groups, groups), Time().runtime)


def access(level=50, group=ACME):
    return GroupAccess(group, ADA, Level(level), access.group_abilities(ADA, Level(level), group))


def test_a_group_in_a_group_is_below_it(deps):
    made = manage_groups.create_group(NEW | {"parent_id": TOOLS.id}, ADA, deps)

    assert (made.full_path, made.full_name, made.ancestors) == ("acme/tools/new", "Acme / Tools / New", (31, 30))


@pytest.mark.parametrize(
    ("wanted", "user", "refusal"),
    [
        (NEW | {"parent_id": ACME.id}, BOB, Forbidden),
        (NEW, replace(BOB, can_create_group=False), Forbidden),
        (NEW | {"parent_id": 99}, ROOT, NotFound),
        (NEW | {"path": "-new"}, ADA, BadRequest),
        (NEW | {"path": "groups"}, ADA, BadRequest),
        (NEW | {"name": " "}, ADA, BadRequest),
        (NEW | {"parent_id": ACME.id, "visibility": "public"}, ADA, BadRequest),
        (NEW | {"path": "x" * 256}, ADA, BadRequest),
    ],
)
def test_groups_that_are_not_made(deps, groups, wanted, user, refusal):
    with pytest.raises(refusal):
        manage_groups.create_group(wanted, user, deps)

    assert len(groups.known) == 2


def test_a_taken_path_is_told_as_gitlab_tells_it(deps, groups):
    groups.failing = [frozenset({"path"})]

    with pytest.raises(BadRequest) as refusal:
        manage_groups.create_group(NEW, ADA, deps)

    assert refusal.value.message == 'Failed to save group {:path=>["has already been taken"]}'


def test_another_path_and_name_are_told_to_all_projects_below(deps, groups):
    changed = manage_groups.update_group(access(), {"path": "acme2", "name": "Acme 2"}, deps)

    assert (changed.full_path, changed.full_name) == ("acme2", "Acme 2")
    assert groups.moved == [INSIDE]


def test_a_change_below_keeps_what_is_above(deps):
    changed = manage_groups.update_group(access(group=TOOLS), {"path": "kit"}, deps)

    assert (changed.full_path, changed.full_name) == ("acme/kit", "Acme / Tools")


@pytest.mark.parametrize(
    ("failing", "refusal"),
    [([frozenset({"path"})], Invalid), ([frozenset({"many"})], Invalid), ([frozenset({"id"})] * 9, Conflict)],
)
def test_changes_that_cannot_be_made(deps, groups, failing, refusal):
    groups.failing = failing

    with pytest.raises(refusal):
        manage_groups.update_group(access(), {"path": "acme2"}, deps)


def test_a_change_that_meets_another_is_made_after_it(deps, groups):
    groups.failing = [frozenset({"id"})]

    assert manage_groups.update_group(access(), {"description": "of brass"}, deps).description == "of brass"


def test_a_group_goes_from_the_inside_and_tokens_before_projects(deps, groups):
    manage_groups.delete_group(access(), deps)

    assert groups.gone == ["triggers of 8", "widgets", "triggers of 8", "tools", "acme"]


def test_a_group_that_is_being_filled_is_emptied_again(deps, groups):
    groups.failing = [frozenset({"id"})]

    manage_groups.delete_group(access(), deps)

    assert groups.known == {}


@pytest.mark.parametrize(
    "wish", [lambda *told: manage_groups.update_group(*told[:1], {}, *told[1:]), manage_groups.delete_group]
)
def test_owners_alone_change_and_delete(deps, wish):
    with pytest.raises(Forbidden):
        wish(access(level=40), deps)
