"""Managing groups: creating, changing and deleting them."""

from copy import replace

import pytest

from pullcord.access import Level, group_abilities
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.projects.delete_project import DeleteProjectDeps
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, Time, TriggerTokens
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import ACME, BOB, TOOLS, Directory, Groups, Projects

NEW = {"name": "New", "path": "fresh"}
INSIDE = replace(WIDGETS, id=8, groups=(31, 30), namespace_id=31)


@pytest.fixture
def deleted():
    """The deletions in all stores, in their order."""
    return []


@pytest.fixture
def groups(deleted):
    return Groups(deleted=deleted)


@pytest.fixture
def deps(groups, deleted):
    projects = Projects({INSIDE.id: INSIDE}, deleted=deleted)
    directory = Directory(projects, groups, levels={ADA.id: 50, BOB.id: 30})
    deleting = DeleteProjectDeps(projects, TriggerTokens(deleted=deleted))
    return manage_groups.GroupDeps(directory, groups, projects, deleting, Sequences({"namespaces": 31}), Time().runtime)


def access(level=50, group=ACME):
    return GroupAccess(group, ADA, Level(level), group_abilities(ADA, Level(level), group))


def test_a_subgroup_has_the_path_and_name_of_its_parent(deps):
    made = manage_groups.create_group(NEW | {"parent_id": TOOLS.id}, ADA, deps)

    assert (made.full_path, made.full_name, made.ancestors) == ("acme/tools/fresh", "Acme / Tools / New", (31, 30))
    assert deps.groups.owners[made.id] == ADA.id


@pytest.mark.parametrize(
    ("wanted", "user", "refusal"),
    [
        (NEW | {"parent_id": ACME.id}, BOB, Forbidden),
        (NEW, replace(BOB, can_create_group=False), Forbidden),
        (NEW, replace(BOB, external=True), Forbidden),
        (NEW, replace(BOB, external=True, can_create_group=True), Forbidden),
        (NEW, replace(ROOT, external=True), Forbidden),
        (NEW, replace(ROOT, can_create_group=False), Forbidden),
        (NEW | {"parent_id": 99}, ROOT, NotFound),
        (NEW | {"path": "-fresh"}, ADA, BadRequest),
        (NEW | {"path": "a--b"}, ADA, BadRequest),
        (NEW | {"path": "x"}, ADA, BadRequest),
        (NEW | {"path": "badges", "parent_id": ACME.id}, ADA, BadRequest),
        (NEW | {"name": "a+b"}, ADA, BadRequest),
        (NEW | {"path": "groups"}, ADA, BadRequest),
        (NEW | {"name": " "}, ADA, BadRequest),
        (NEW | {"parent_id": ACME.id, "visibility": "public"}, ADA, BadRequest),
        (NEW | {"path": "x" * 256}, ADA, BadRequest),
    ],
)
def test_groups_that_cannot_be_created(deps, groups, wanted, user, refusal):
    with pytest.raises(refusal):
        manage_groups.create_group(wanted, user, deps)

    assert len(groups.stored) == 2


def test_an_external_user_creates_subgroups_in_groups_that_they_maintain(deps):
    made = manage_groups.create_group(NEW | {"parent_id": ACME.id}, replace(ADA, external=True), deps)
    assert made.full_path == "acme/fresh"


def test_a_taken_path_is_refused_in_gitlabs_words(deps, groups):
    groups.failing = [frozenset({"path"})]

    with pytest.raises(BadRequest) as refusal:
        manage_groups.create_group(NEW, ADA, deps)

    assert refusal.value.message == 'Failed to save group {:path=>["has already been taken"]}'


def test_another_path_and_name_change_all_projects_below(deps, groups):
    changed = manage_groups.update_group(access(), {"path": "acme2", "name": "Acme 2"}, deps)

    assert (changed.full_path, changed.full_name) == ("acme2", "Acme 2")
    assert groups.moved == [INSIDE]


def test_a_change_of_a_subgroup_keeps_the_parents_path_and_name(deps):
    changed = manage_groups.update_group(access(group=TOOLS), {"path": "kit"}, deps)

    assert (changed.full_path, changed.full_name) == ("acme/kit", "Acme / Tools")


@pytest.mark.parametrize(
    ("failing", "refusal"),
    [([frozenset({"path"})], Invalid), ([frozenset({"many"})], Invalid), ([frozenset({"id"})] * 9, Conflict)],
)
def test_changes_that_cannot_be_stored(deps, groups, failing, refusal):
    groups.failing = failing

    with pytest.raises(refusal):
        manage_groups.update_group(access(), {"path": "acme2"}, deps)


def test_a_stored_name_and_path_stay_valid_whatever_the_rules_become(deps, groups):
    groups.stored[ACME.id] = replace(ACME, name="a+b", path="_x", full_path="_x")

    assert manage_groups.update_group(access(), {"description": "kept"}, deps).path == "_x"
    with pytest.raises(Invalid):
        manage_groups.update_group(access(), {"path": "_y"}, deps)


def test_a_change_is_retried_after_another_one(deps, groups):
    groups.failing = [frozenset({"id"})]

    assert manage_groups.update_group(access(), {"description": "of brass"}, deps).description == "of brass"


def test_a_group_is_deleted_from_the_inside_and_tokens_before_projects(deps, deleted):
    manage_groups.delete_group(access(), deps)

    triggers = "triggers of project 8"
    assert deleted == [triggers, "project 8", triggers, "group 31", "group 30"]


def test_a_group_to_which_something_is_added_meanwhile_is_emptied_again(deps, groups):
    groups.failing = [frozenset({"id"})]

    manage_groups.delete_group(access(), deps)

    assert groups.stored == {}


@pytest.mark.parametrize(
    "operation",
    [lambda access, deps: manage_groups.update_group(access, {}, deps), manage_groups.delete_group],
)
def test_owners_alone_change_and_delete(deps, operation):
    with pytest.raises(Forbidden):
        operation(access(level=40), deps)


def test_a_new_group_whose_parent_is_deleted_meanwhile_is_not_found(deps, groups):
    groups.failing = [frozenset({"parent"})]

    with pytest.raises(NotFound, match="404 Group Not Found"):
        manage_groups.create_group(NEW | {"parent_id": ACME.id}, ADA, deps)


def test_a_taken_id_is_replaced_by_another(deps, groups):
    groups.failing = [frozenset({"id"})]

    made = manage_groups.create_group(NEW, ADA, deps)

    assert groups.stored[made.id] == made


@pytest.mark.parametrize("changed", [{"path": "-x"}, {"name": " "}, {"path": "groups"}])
def test_an_invalid_change_is_refused(deps, groups, changed):
    with pytest.raises(Invalid):
        manage_groups.update_group(access(), changed, deps)

    assert groups.stored[ACME.id] == ACME


def test_a_deleted_group_cannot_be_changed(deps, groups):
    del groups.stored[ACME.id]

    with pytest.raises(NotFound):
        manage_groups.update_group(access(), {"name": "New"}, deps)


def test_a_deletion_can_be_repeated(deps, groups):
    manage_groups.delete_group(access(), deps)
    manage_groups.delete_group(access(), deps)

    assert groups.stored == {}


def test_a_group_to_which_something_is_always_added_is_a_conflict(deps, groups):
    groups.failing = [frozenset({"id"})] * 9

    with pytest.raises(Conflict):
        manage_groups.delete_group(access(), deps)


PROJECTS_ABOVE = "{} is not allowed since this group contains projects with higher visibility."
GROUPS_ABOVE = "{} is not allowed since there are sub-groups with higher visibility."
PARENT_BELOW = "{} is not allowed since the parent group has a {} visibility."


@pytest.mark.parametrize(
    ("group", "subgroup", "project", "wanted", "phrases"),
    [
        ("public", "private", "private", "private", []),
        ("public", "public", "public", "public", []),
        ("public", "internal", "internal", "internal", []),
        ("private", "private", "private", "public", []),
        ("public", "private", "internal", "private", [PROJECTS_ABOVE]),
        ("public", "private", "public", "internal", [PROJECTS_ABOVE]),
        ("public", "internal", "private", "private", [GROUPS_ABOVE]),
        ("public", "public", "internal", "internal", [GROUPS_ABOVE]),
        ("internal", "internal", "internal", "private", [PROJECTS_ABOVE, GROUPS_ABOVE]),
        ("public", "public", "public", "private", [PROJECTS_ABOVE, GROUPS_ABOVE]),
    ],
)
def test_a_group_is_at_least_as_visible_as_what_is_in_it(deps, groups, group, subgroup, project, wanted, phrases):
    groups.stored = {30: replace(ACME, visibility=group), 31: replace(TOOLS, visibility=subgroup)}
    deps.projects.stored = {8: replace(WIDGETS, id=8, groups=(30,), namespace_id=30, visibility=project)}

    if phrases:
        with pytest.raises(Invalid) as refusal:
            manage_groups.update_group(access(), {"visibility": wanted}, deps)
        assert refusal.value.problems == {"visibility_level": [phrase.format(wanted) for phrase in phrases]}
    else:
        assert manage_groups.update_group(access(), {"visibility": wanted}, deps).visibility == wanted


@pytest.mark.parametrize(("parent", "wanted"), [("private", "internal"), ("private", "public"), ("internal", "public")])
def test_a_subgroup_does_not_become_more_visible_than_its_parent(deps, groups, parent, wanted):
    groups.stored = {30: replace(ACME, visibility=parent), 31: TOOLS}

    with pytest.raises(Invalid) as refusal:
        manage_groups.update_group(access(group=TOOLS), {"visibility": wanted}, deps)

    assert refusal.value.problems == {"visibility_level": [PARENT_BELOW.format(wanted, parent)]}


def test_what_is_further_below_counts_by_the_group_that_it_is_in(deps, groups):
    groups.stored = {30: replace(ACME, visibility="public"), 31: TOOLS}
    deps.projects.stored = {8: replace(INSIDE, visibility="private")}

    assert manage_groups.update_group(access(), {"visibility": "private"}, deps).visibility == "private"


def test_other_fields_of_a_group_change_whatever_is_in_it(deps, groups):
    deps.projects.stored = {8: replace(INSIDE, groups=(30,), namespace_id=30, visibility="public")}

    assert manage_groups.update_group(access(), {"description": "of brass"}, deps).visibility == "private"
