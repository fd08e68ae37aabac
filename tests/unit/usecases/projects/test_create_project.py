"""Creating a project of a git remote."""

from copy import replace

import pytest

from pullcord.errors import Invalid, ProjectLimitReached, Refusal
from pullcord.git import Policy
from pullcord.git.remotes import parse
from pullcord.git_logins import config_login_of, login_of
from pullcord.projects import Namespace, NewProject
from pullcord.usecases.projects.create_project import CreateProjectDeps, create_project
from pullcord.usecases.projects.remotes import RemoteHeads, Remotes
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Peppers, Time
from tests.unit.usecases.hosts import GitHosts, Repository
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import ACME, BOB, TOOLS, Directory, Projects, Users

NAMESPACE = Namespace(3, "Ada Example", "ada", "ada", "user", owner_id=ADA.id)
OWNER = replace(ADA, namespace_id=NAMESPACE.id)
REMOTE = "https://git.example.com/widgets.git"
WANTED = NewProject("Small Widgets", None, REMOTE)


@pytest.fixture
def deps():
    projects, users = Projects.of(), Users(namespaces={NAMESPACE.id: NAMESPACE})
    directory = Directory(projects, people=users)
    directory.members.join("group", ACME.id, ADA, 40)
    directory.members.join("group", ACME.id, BOB, 30)
    runtime = Time().runtime
    heads = RemoteHeads(GitHosts({REMOTE: Repository()}), projects, Peppers(), runtime)
    remotes = Remotes(lambda url: parse(url, Policy()), heads)
    return CreateProjectDeps(directory, projects, remotes, Sequences({"projects": 7}), runtime)


def test_a_project_is_in_the_users_own_namespace_by_default(deps):
    created = create_project(WANTED, OWNER, deps)

    assert deps.projects.stored == {created.id: created}
    assert (created.name, created.path, created.full_path) == ("Small Widgets", "small-widgets", "ada/small-widgets")
    assert (created.namespace_id, created.namespace_kind, created.groups) == (3, "user", ())
    assert (created.creator_id, created.created_at, created.updated_at) == (ADA.id, NOW, NOW)
    assert deps.projects.owners == {created.id: ADA.id}


def test_a_project_in_a_subgroup_is_in_all_groups_above_and_has_no_owner_of_its_own(deps):
    created = create_project(replace(WANTED, namespace_id=TOOLS.id), ADA, deps)

    assert (created.full_path, created.namespace_name) == ("acme/tools/small-widgets", "Acme / Tools")
    assert (created.groups, created.namespace_kind) == ((31, 30), "group")
    assert deps.projects.owners == {created.id: None}


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("Widgets", "other", ("Widgets", "other")),
        (None, "widgets", ("widgets", "widgets")),
        (" ", "widgets", ("widgets", "widgets")),
        ("Foo_Bar", None, ("Foo_Bar", "Foo_Bar")),
        ("Ünïcode näme", "", ("Ünïcode näme", "unicode-name")),
        ("Straße", " ", ("Straße", "strasse")),
    ],
)
def test_a_name_and_a_path_are_derived_from_each_other(deps, name, path, expected):
    created = create_project(NewProject(name, path, REMOTE), OWNER, deps)

    assert (created.name, created.path) == expected


def test_a_project_may_be_without_a_remote(deps):
    created = create_project(replace(WANTED, import_url=""), OWNER, deps)

    assert (created.import_url, created.import_login, created.shown_default_branch) == ("", None, None)
    assert deps.remotes.heads.hosts.asked == []


def test_the_default_branch_is_the_setting_or_else_that_of_the_remote(deps):
    assert create_project(WANTED, OWNER, deps).shown_default_branch == "main"
    named = replace(WANTED, path="other", settings={"default_branch": "trunk"})
    assert create_project(named, OWNER, deps).shown_default_branch == "trunk"


def test_a_project_is_created_although_its_remote_does_not_answer(deps):
    created = create_project(replace(WANTED, import_url="https://git.example.com/gone.git"), OWNER, deps)

    assert created.shown_default_branch is None


def test_settings_are_fields_of_the_project(deps):
    settings = {"description": "Small parts", "visibility": "public", "default_branch": "trunk"}

    created = create_project(replace(WANTED, settings=settings), OWNER, deps)

    assert {name: getattr(created, name) for name in settings} == settings


def test_a_login_in_the_url_is_sealed(deps):
    created = create_project(replace(WANTED, import_url="https://ada:s3cret@git.example.com/a.git"), OWNER, deps)

    assert created.import_url == "https://git.example.com/a.git"
    assert login_of(created, deps.remotes.heads.peppers) == ("ada", "s3cret")


def test_a_login_of_the_configuration_is_sealed(deps):
    path = "https://ada:s3cret@ci.example.com/a.yml"

    created = create_project(replace(WANTED, settings={"ci_config_path": path}), OWNER, deps)

    assert created.ci_config_path == "https://ci.example.com/a.yml"
    assert config_login_of(created, deps.remotes.heads.peppers) == ("ada", "s3cret")
    assert deps.projects.stored == {created.id: created}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "#"}, "name"),
        ({"name": "app (new)"}, "name"),
        ({"name": "Москва"}, "path"),
        ({"path": "a--b"}, "path"),
        ({"path": "_x"}, "path"),
        ({"path": "x" * 256}, "path"),
        ({"name": "!!!", "path": "widgets"}, "name"),
        ({"path": "-x"}, "path"),
        ({"path": "x.git"}, "path"),
        ({"import_url": "ftp://example.com/x.git"}, "import_url"),
        ({"namespace_id": ACME.id, "settings": {"visibility": "public"}}, "visibility_level"),
    ],
)
def test_an_invalid_project_names_the_field_and_is_not_stored(deps, changed, field):
    with pytest.raises(Invalid) as refusal:
        create_project(replace(WANTED, **changed), OWNER, deps)

    assert field in refusal.value.problems
    assert deps.projects.stored == {}


def test_a_remote_is_refused_with_the_code_of_its_refusal(deps):
    def refuse(_url):
        raise Refusal("not by ftp", code="remote_refused")

    deps = replace(deps, remotes=deps.remotes._replace(parse=refuse))

    with pytest.raises(Invalid) as refusal:
        create_project(WANTED, OWNER, deps)
    assert (refusal.value.code, refusal.value.problems) == (
        "remote_refused",
        {"import_url": ["is blocked: not by ftp"]},
    )


@pytest.mark.parametrize(
    ("user", "namespace_id"),
    [
        (OWNER, 99),
        (ROOT, 99),
        (ADA, None),
        (BOB, ACME.id),
        (BOB, TOOLS.id),
        (BOB, NAMESPACE.id),
        (replace(BOB, id=77), ACME.id),
        (replace(BOB, external=True), ACME.id),
        (replace(BOB, external=True), NAMESPACE.id),
    ],
)
@pytest.mark.parametrize("visibility", ["private", "internal", "public"])
def test_a_namespace_that_is_missing_hidden_or_not_allowed_is_refused_in_the_same_words(
    deps, user, namespace_id, visibility
):
    deps.directory.groups.stored[ACME.id] = replace(ACME, visibility=visibility)

    with pytest.raises(Invalid) as refusal:
        create_project(replace(WANTED, namespace_id=namespace_id), user, deps)

    assert (refusal.value.code, refusal.value.problems) == ("invalid", {"namespace": ["is not valid"]})
    assert deps.projects.stored == {}


NO_PROJECTS = "You cannot create projects in your personal namespace. Contact your GitLab administrator."


@pytest.mark.parametrize(
    ("user", "wanted"),
    [
        (replace(OWNER, external=True), WANTED),
        (replace(OWNER, external=True), replace(WANTED, namespace_id=NAMESPACE.id)),
        (replace(OWNER, external=True, admin=True), WANTED),
        (replace(ROOT, external=True), replace(WANTED, namespace_id=NAMESPACE.id)),
    ],
)
def test_an_external_user_has_no_projects_of_their_own(deps, user, wanted):
    with pytest.raises(ProjectLimitReached) as refusal:
        create_project(wanted, user, deps)

    assert refusal.value.message == NO_PROJECTS
    assert deps.projects.stored == {}


def test_an_external_user_creates_projects_in_groups_that_they_maintain(deps):
    created = create_project(replace(WANTED, namespace_id=ACME.id), replace(OWNER, external=True), deps)

    assert created.namespace_id == ACME.id


@pytest.mark.parametrize("namespace_id", [ACME.id, NAMESPACE.id])
def test_an_administrator_creates_projects_in_every_namespace(deps, namespace_id):
    created = create_project(replace(WANTED, namespace_id=namespace_id), ROOT, deps)

    assert (created.namespace_id, created.creator_id) == (namespace_id, ROOT.id)


@pytest.mark.parametrize(("failed", "refusal", "code"), [("path", Invalid, "taken"), ("namespace", Invalid, "invalid")])
def test_a_taken_path_and_a_deleted_namespace_are_refused(deps, failed, refusal, code):
    deps.projects.failing = [frozenset({failed})]

    with pytest.raises(refusal) as caught:
        create_project(WANTED, OWNER, deps)
    assert caught.value.code == code


def test_a_taken_id_is_replaced_by_another(deps):
    deps.projects.failing = [frozenset({"id"})]

    created = create_project(WANTED, OWNER, deps)

    assert list(deps.projects.stored) == [created.id]
