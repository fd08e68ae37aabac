"""Namespaces: which a user sees, and which paths are free."""

from copy import replace

import pytest

from pullcord.errors import NotFound
from pullcord.projects import Namespace
from pullcord.usecases.projects import namespaces
from pullcord.usecases.projects.list_projects import ListDeps
from pullcord.usecases.projects.namespaces import Existence, NamespaceFilter
from tests.unit.usecases.fakes import ADA, ROOT, Time
from tests.unit.usecases.stores import ACME, BOB, TOOLS, Directory, Groups, Projects, Users

OWN = Namespace(3, "Ada Example", "ada", "ada", "user", owner_id=ADA.id)
OWNER = replace(ADA, namespace_id=OWN.id)
DIGITS = Namespace(32, "Digits", "30", "30", full_name="Digits")


@pytest.fixture
def deps():
    groups = Groups({group.id: group for group in (ACME, TOOLS, DIGITS)}, own={OWN.id: OWN})
    users = Users({user.id: user for user in (ROOT, OWNER, BOB)}, namespaces={OWN.id: OWN})
    users.joined.join("group", ACME.id, ADA, 30)
    users.joined.join("group", TOOLS.id, ADA, 50)
    return ListDeps(users, Projects.of(), groups, Directory(Projects.of(), groups, users), Time().runtime)


@pytest.mark.parametrize(
    ("user", "wanted", "paths"),
    [
        (OWNER, NamespaceFilter(), ["ada", "acme", "acme/tools"]),
        (ROOT, NamespaceFilter(), ["ada", "acme", "acme/tools", "30"]),
        (BOB, NamespaceFilter(), []),
        (OWNER, NamespaceFilter(owned=True), ["ada", "acme/tools"]),
        (ROOT, NamespaceFilter(owned=True), []),
        (OWNER, NamespaceFilter(top_level_only=True), ["ada", "acme"]),
        (OWNER, NamespaceFilter(search="ACM"), ["acme"]),
        (OWNER, NamespaceFilter(search="example"), ["ada"]),
        (OWNER, NamespaceFilter(search="acm", full_path_search=True), ["acme", "acme/tools"]),
    ],
)
def test_namespaces_are_listed_if_the_user_belongs_to_them_and_they_match(deps, user, wanted, paths):
    assert [one.full_path for one in namespaces.list_namespaces(wanted, user, deps)] == paths


@pytest.mark.parametrize(
    ("wanted", "user", "found"),
    [
        ("ACME/tools", OWNER, TOOLS),
        ("31", OWNER, TOOLS),
        ("3", OWNER, OWN),
        ("3", ROOT, OWN),
        ("30", OWNER, ACME),
        ("30", ROOT, ACME),
        ("32", ROOT, DIGITS),
    ],
)
def test_a_namespace_is_found_by_number_and_path_and_digits_are_a_number(deps, wanted, user, found):
    assert namespaces.find_namespace(wanted, user, deps) == found


@pytest.mark.parametrize(("wanted", "user"), [("30", BOB), ("acme", BOB), ("3", BOB), ("99", ROOT), ("0", ROOT)])
def test_a_namespace_of_others_is_not_found(deps, wanted, user):
    with pytest.raises(NotFound, match="404 Namespace Not Found"):
        namespaces.find_namespace(wanted, user, deps)


@pytest.mark.parametrize(
    ("path", "parent_id", "suggests"),
    [
        ("ACME", None, "ACME1"),
        ("ada", None, "ada1"),
        ("30", None, "301"),
        ("tools", ACME.id, "tools1"),
    ],
)
def test_a_taken_path_comes_with_a_free_one(deps, path, parent_id, suggests):
    assert namespaces.namespace_exists(path, parent_id, deps) == Existence(exists=True, suggests=(suggests,))


@pytest.mark.parametrize(
    ("path", "parent_id"),
    [("free", None), ("tools", None), ("acme", ACME.id), ("acme/tools", None), ("tools", 99), ("Acme 1", None)],
)
def test_a_path_is_free_if_nothing_next_to_it_has_it(deps, path, parent_id):
    assert namespaces.namespace_exists(path, parent_id, deps) == Existence(exists=False)


def test_a_suggestion_is_neither_a_path_nor_a_name_that_is_taken(deps):
    for number, (name, path) in enumerate([("ACME1", "x"), ("y", "acme2"), ("z", "acme3"), ("w", "acme4")], 40):
        deps.groups.stored[number] = Namespace(number, name, path, path)

    assert namespaces.namespace_exists("acme", None, deps).suggests == ("acme4562009",)
