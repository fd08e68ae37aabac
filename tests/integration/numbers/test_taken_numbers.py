"""Two makers meet: the number of something new is somebody else's already. Both get theirs, and nobody's is overwritten."""

from copy import replace
from os import urandom
from types import SimpleNamespace

import pytest

from pullcord.access import User
from pullcord.aws.directory import Directory
from pullcord.aws.groups import GroupsTable
from pullcord.aws.peppers import Peppers
from pullcord.aws.personal_tokens import PersonalTokensTable
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.table import Table
from pullcord.aws.tokens import TokensTable
from pullcord.aws.users import UsersTable
from pullcord.git import GitHosts, Policy
from pullcord.git.remotes import parse
from pullcord.projects import Namespace, NewProject, Project
from pullcord.times import Runtime
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.groups import manage_groups
from pullcord.usecases.projects import create_project
from pullcord.usecases.projects.remotes import RemoteHeads, Remotes
from pullcord.usecases.triggers import manage_triggers
from pullcord.usecases.users import manage_personal_tokens, manage_users
from pullcord.usecases.users.manage_personal_tokens import NewPersonalToken

ROOT = User(1, "root", "Administrator", admin=True)
ROOTS_OWN = Namespace(1, "Administrator", "root", "root", "user", owner_id=1)
ACCESS = ProjectAccess(Project(7, "Widgets", "widgets", 1, "root", ""), ROOT, frozenset({"manage_trigger"}))


class Given:
    """Sequences that give out the numbers that they are told to, whether they are taken or not."""

    def __init__(self):
        self.numbers = []

    def next(self, *names):
        return tuple(self.numbers.pop(0) for _ in names)


@pytest.fixture
def given():
    return Given()


@pytest.fixture
def deps(world, given):
    """All that administration touches: real tables, a clock that stands still, and these numbers."""
    now = world.now
    runtime = Runtime(lambda: now, urandom, world.sleep)
    tokens, pipelines = Table(world.outputs["TokensTable"]), Table(world.outputs["PipelinesTable"])
    peppers = Peppers(world.outputs["PeppersSecret"], now.timestamp, world.sleep)
    directory, users = Directory(pipelines), UsersTable(pipelines)
    projects, groups, personal = ProjectsTable(pipelines), GroupsTable(pipelines), PersonalTokensTable(tokens)
    heads = RemoteHeads(GitHosts(Policy(), None, lambda _url: None), projects, peppers, runtime)
    remotes = Remotes(lambda url: parse(url, Policy()), heads)
    with world.acting("BootstrapFunction"):
        users.add_user(replace(ROOT, email="root@example.com", namespace_id=1), ROOTS_OWN)
    return SimpleNamespace(
        world=world,
        issuing=manage_personal_tokens.PersonalTokenDeps(peppers, TokensTable(tokens), personal, users, given, runtime),
        triggers=manage_triggers.TriggerTokenDeps(peppers, TokensTable(tokens), given, runtime),
        users=manage_users.UserDeps(users, given, runtime),
        groups=manage_groups.GroupDeps(directory, groups, projects, None, given, runtime),
        projects=create_project.CreateProjectDeps(directory, projects, remotes, given, runtime),
    )


def new_token(name, deps):
    with deps.world.acting("UsersFunction"):
        return manage_personal_tokens.create_token(NewPersonalToken(1, name, ("api",)), ROOT, deps.issuing)


def test_a_personal_access_token(deps, given):
    given.numbers = [1, 1, 2]
    one, value = new_token("one", deps)
    other, other_value = new_token("other", deps)

    assert (one.id, other.id) == (1, 2)
    with deps.world.acting("UsersFunction"):
        assert manage_personal_tokens.own_token(value, deps.issuing) == one
        assert manage_personal_tokens.own_token(other_value, deps.issuing) == other


def test_a_personal_access_token_in_the_place_of_another(deps, given):
    given.numbers = [1, 2, 2, 3]
    old, _ = new_token("old", deps)
    other, other_value = new_token("other", deps)
    with deps.world.acting("UsersFunction"):
        new, value = manage_personal_tokens.rotate_token(old, None, deps.issuing)

        assert (other.id, new.id) == (2, 3)
        assert manage_personal_tokens.own_token(value, deps.issuing) == new
        assert manage_personal_tokens.own_token(other_value, deps.issuing) == other
        assert deps.issuing.personal.token(old.id).revoked


def test_a_trigger_token(deps, given):
    given.numbers = [1, 1, 2]
    with deps.world.acting("TriggersFunction"):
        one = manage_triggers.create_trigger(ACCESS, "one", None, deps.triggers)
        other = manage_triggers.create_trigger(ACCESS, "other", None, deps.triggers)

        assert (one.id, other.id) == (1, 2)
        assert deps.triggers.triggers.triggers(7) == [one, other]


@pytest.mark.parametrize("numbers", [[2, 2, 2, 3, 4, 5], [2, 2, 3, 2, 4, 5]], ids=["their number", "their namespace's"])
def test_a_user(deps, given, numbers):
    given.numbers = numbers
    with deps.world.acting("UsersFunction"):
        one, other = (
            manage_users.create_user({"username": name, "name": name, "email": f"{name}@example.com"}, ROOT, deps.users)
            for name in ("ada", "bob")
        )
        kept = deps.users.users.users()

    assert (one.id, one.namespace_id) == (2, 2)
    assert (other.id, other.namespace_id) == (4, 5)
    assert (kept[one.id], kept[other.id]) == (one, other)


def test_a_group(deps, given):
    given.numbers = [1, 2, 2, 3]
    with deps.world.acting("ProjectsFunction"):
        one = manage_groups.create_group({"name": "One", "path": "one"}, ROOT, deps.groups)
        other = manage_groups.create_group({"name": "Other", "path": "other"}, ROOT, deps.groups)

        assert (one.id, other.id) == (2, 3)
        assert deps.groups.groups.groups() == [one, other]


def test_a_project(deps, given):
    given.numbers = [1, 1, 2]
    login = "https://ada:s3cret@git.example.com/a.git"
    with deps.world.acting("ProjectsFunction"):
        one, other = (
            create_project.create_project(NewProject(name, name, login), ROOT, deps.projects)
            for name in ("one", "other")
        )

        assert (one.id, other.id) == (1, 2)
        assert deps.projects.projects.projects() == [one, other]
