from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord.errors import Forbidden, NotFound
from pullcord.projects import Namespace
from pullcord.usecases import list_projects
from pullcord.usecases.list_projects import Filter, Order, Outside
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, Time
from tests.unit.usecases.kept import ACME, BOB, TOOLS, Members

GADGETS = replace(
    WIDGETS, id=8, name="Gadgets", path="gadgets", namespace_path="acme/tools", groups=(31, 30), created_at="2"
)
OPEN = replace(WIDGETS, id=9, name="open", path="open", visibility="public", created_at="3")
INSIDE = replace(WIDGETS, id=10, name="Inside", path="inside", visibility="internal", archived=True)
OWN = Namespace(3, "Ada", "ada", "ada", "user", owner_id=ADA.id)


@dataclass
class Everything:
    """Projects and groups."""

    all_projects: list = field(default_factory=lambda: [WIDGETS, GADGETS, OPEN, INSIDE])
    all_groups: list = field(default_factory=lambda: [ACME, TOOLS])

    def projects(self):
        return self.all_projects

    def groups(self):
        return self.all_groups

    def namespace(self, number):
        return next((one for one in (OWN, ACME, TOOLS) if one.id == number), None)


@pytest.fixture
def outside():
    members, everything = Members(), Everything()
    members.join("project", WIDGETS.id, ADA, 50)
    members.join("group", ACME.id, ADA, 30)
    members.join("group", ACME.id, BOB, 30, expires_at="2026-03-01")
    return Outside(members, everything, everything, everything, Time().moment)


@pytest.mark.parametrize(
    ("user", "wanted", "names"),
    [
        (None, Filter(), ["open"]),
        (None, Filter(membership=True), []),
        (BOB, Filter(), ["open", "Inside"]),
        (ADA, Filter(), ["open", "Gadgets", "Inside", "Widgets"]),
        (ADA, Filter(membership=True), ["Gadgets", "Widgets"]),
        (ADA, Filter(owned=True), ["Widgets"]),
        (ADA, Filter(min_access_level=30), ["Gadgets", "Widgets"]),
        (ADA, Filter(min_access_level=40), ["Widgets"]),
        (ADA, Filter(search="gets"), ["Gadgets", "Widgets"]),
        (ADA, Filter(search="ACME/TOOLS"), ["Gadgets"]),
        (ADA, Filter(archived=True), ["Inside"]),
        (ADA, Filter(visibility="private"), ["Gadgets", "Widgets"]),
        (ROOT, Filter(), ["open", "Gadgets", "Inside", "Widgets"]),
        (ROOT, Filter(membership=True), []),
    ],
)
def test_which_projects_are_listed(outside, user, wanted, names):
    assert [project.name for project in list_projects.projects(wanted, Order(), user, outside)] == names


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order("id", ascending=True), [7, 8, 9, 10]),
        (Order("id"), [10, 9, 8, 7]),
        (Order("path", ascending=True), [8, 10, 9, 7]),
        (Order("last_activity_at", ascending=True), [7, 8, 9, 10]),
    ],
)
def test_how_projects_are_ordered(outside, order, ids):
    assert [project.id for project in list_projects.projects(Filter(), order, ROOT, outside)] == ids


@pytest.mark.parametrize(
    ("user", "wanted", "names"),
    [
        (None, Filter(), []),
        (BOB, Filter(), []),
        (ADA, Filter(), ["Acme", "Tools"]),
        (ADA, Filter(top_level_only=True), ["Acme"]),
        (ADA, Filter(owned=True), []),
        (ROOT, Filter(search="tool"), ["Tools"]),
    ],
)
def test_which_groups_are_listed(outside, user, wanted, names):
    found = list_projects.groups(wanted, Order("name", ascending=True), user, outside)

    assert [group.name for group in found] == names


def test_ones_own_namespace_is_the_first(outside):
    ada = replace(ADA, namespace_id=OWN.id)

    assert [one.full_path for one in list_projects.namespaces(None, ada, outside)] == ["ada", "acme", "acme/tools"]
    assert list_projects.namespace("ACME/tools", ada, outside) == TOOLS


@pytest.mark.parametrize(
    ("wanted", "user", "refusal"), [("30", BOB, Forbidden), ("acme", BOB, NotFound), ("99", ROOT, NotFound)]
)
def test_namespaces_of_others(outside, wanted, user, refusal):
    with pytest.raises(refusal):
        list_projects.namespace(wanted, user, outside)


@pytest.mark.parametrize(
    ("user", "names"), [(None, ["Public"]), (BOB, ["Internal", "Public"]), (ROOT, ["Internal", "Private", "Public"])]
)
def test_groups_are_listed_for_strangers_by_their_visibility(outside, user, names):
    outside.groups.all_groups = [
        replace(ACME, id=number, name=visibility.capitalize(), visibility=visibility)
        for number, visibility in enumerate(("private", "internal", "public"), 40)
    ]

    assert [one.name for one in list_projects.groups(Filter(), Order("name", ascending=True), user, outside)] == names
