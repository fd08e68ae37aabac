"""Remotes of projects: which are allowed, and where their logins are stored."""

from copy import replace

import pytest

from pullcord.errors import Invalid
from pullcord.git import Policy
from pullcord.git.remotes import parse
from pullcord.git_logins import config_login_of, login_of
from pullcord.peppers import Keyring
from pullcord.projects import Project
from pullcord.usecases.projects import remotes as remotes_
from pullcord.usecases.projects.remotes import CACHE_SECONDS, HOST_SECONDS, RemoteHeads, Remotes
from tests.unit.usecases.fakes import Time
from tests.unit.usecases.hosts import GitHosts, Repository
from tests.unit.usecases.stores import Projects

PEPPERS = Keyring(["pepper"])
WITH_LOGIN = "https://ada:s3cret%40home@git.example.com:443/a/b.git/"


def fields(import_url, project_id=7):
    remotes = Remotes(lambda url: parse(url, Policy()), heads_of(GitHosts({})))
    changed = remotes.set_remote(replace(project(), id=project_id), import_url, remotes.parsed(import_url))
    return {name: getattr(changed, name) for name in ("import_url", "import_login")}


def heads_of(hosts, *projects, time=None):
    return RemoteHeads(hosts, Projects.of(*projects), PEPPERS, (time or Time()).runtime)


def project(import_url="", **more):
    return Project(7, "Widgets", "widgets", 1, "root", import_url, **more)


def test_a_url_without_a_login_is_stored_unchanged():
    assert fields("https://git.example.com/a.git/") == {
        "import_url": "https://git.example.com/a.git/",
        "import_login": None,
    }


def test_a_login_is_taken_out_of_the_url_and_sealed_for_the_project():
    stored = fields(WITH_LOGIN)

    assert stored["import_url"] == "https://git.example.com/a/b.git"
    assert b"s3cret" not in stored["import_login"]
    assert login_of(project(**stored), PEPPERS) == ("ada", "s3cret@home")
    assert "s3cret" not in repr(project(**stored))


def test_a_login_opens_neither_for_another_project_nor_for_another_url():
    stored = project(**fields(WITH_LOGIN))

    assert login_of(replace(stored, id=8), PEPPERS) is None
    assert login_of(replace(stored, import_url="https://evil.example.com/a/b.git"), PEPPERS) is None


def test_a_project_without_a_login_has_none():
    assert login_of(project(import_url="https://git.example.com/a.git"), PEPPERS) is None


@pytest.mark.parametrize("import_url", ["https://ada:s3cret@127.1/a", "http://ada:s3cret@git.example.com/a", "s3cret"])
def test_a_refusal_does_not_repeat_the_url(import_url):
    with pytest.raises(Invalid) as refusal:
        fields(import_url)
    assert "s3cret" not in str(refusal.value.problems)


def config_fields(path, project_id=7):
    return Remotes(lambda url: parse(url, Policy()), heads_of(GitHosts({}))).config_fields(path, project_id)


@pytest.mark.parametrize(
    "path",
    [
        None,
        "ci/main.yml",
        "a@b.yml",
        "a.yml@acme/tools:main",
        "https://ci.example.com/a@v1/b.yml",
        "http://[::1]/b.yml",
    ],
)
def test_a_configuration_without_a_login_is_stored_unchanged(path):
    assert config_fields(path) == {"ci_config_path": path, "ci_config_login": None}


@pytest.mark.parametrize("scheme", ["https", "http", "HTTPS", "ftp", " https"])
def test_a_login_is_taken_out_of_the_configurations_address_and_sealed(scheme):
    stored = project(import_url="", **config_fields(f"{scheme}://ada:s3cret%40home@ci.example.com/a.yml"))

    assert stored.ci_config_path == f"{scheme}://ci.example.com/a.yml"
    assert b"s3cret" not in stored.ci_config_login
    assert "s3cret" not in repr(stored)
    assert config_login_of(stored, PEPPERS) == ("ada", "s3cret@home")
    assert config_login_of(replace(stored, id=8), PEPPERS) is None


@pytest.mark.parametrize(
    "path", ["https://ada:s3cret/@ci.example.com/a.yml", "https://ada:s3#cret@ci/a.yml", "http://[ada:s3/cret@ci/a.yml"]
)
def test_an_address_that_may_hold_a_login_and_cannot_be_understood_is_refused(path):
    with pytest.raises(Invalid) as refusal:
        config_fields(path)

    assert refusal.value.problems == {"ci_config_path": ["is invalid"]}


URL = "https://git.example.com/a.git"


class Moving(Repository):
    """A repository whose HEAD is moved by a test."""

    head = "main"

    def default_branch(self):
        return self.head


def test_a_head_is_asked_for_within_a_short_time_and_with_the_projects_login():
    hosts = GitHosts({"https://git.example.com/a/b.git": Moving()})
    stored = project(**fields(WITH_LOGIN))

    assert heads_of(hosts).read(stored).remote_head == "main"
    assert hosts.asked == [("https://git.example.com/a/b.git", ("ada", "s3cret@home"))]
    assert hosts.seconds_left == HOST_SECONDS


def test_a_head_is_remembered_for_a_while():
    time, repository = Time(), Moving()
    hosts = GitHosts({URL: repository})
    heads = heads_of(hosts, time=time)
    heads.read(project(URL))
    repository.head = "trunk"

    assert (heads.read(project(URL)).remote_head, len(hosts.asked)) == ("main", 1)
    time.sleep(CACHE_SECONDS)
    assert (heads.read(project(URL)).remote_head, len(hosts.asked)) == ("trunk", 2)


def test_a_head_on_this_machine_is_read_each_time():
    repository = Moving()
    heads = heads_of(GitHosts({"file:///a": repository}))
    heads.read(project("file:///a"))
    repository.head = "trunk"

    assert heads.read(project("file:///a")).remote_head == "trunk"


def test_a_remote_that_does_not_answer_keeps_the_branch_that_was_read_last_and_is_not_asked_at_once_again():
    hosts = GitHosts({})
    heads = heads_of(hosts)

    for _ in range(2):
        assert heads.read(project(URL, remote_head="main")).remote_head == "main"
    assert len(hosts.asked) == 1


def test_a_project_that_is_shown_keeps_a_new_head_and_nothing_else():
    stored = project(URL)
    heads = heads_of(GitHosts({URL: Moving()}), stored)

    shown = heads.refresh(stored)
    assert (shown.shown_default_branch, heads.projects.stored[7]) == ("main", shown)
    heads.projects.stored.clear()
    assert heads.refresh(shown) == shown
    assert heads.projects.stored == {}


def test_a_project_with_a_default_branch_of_its_own_or_without_a_remote_asks_nobody():
    hosts = GitHosts({})

    for stored in (project(URL, default_branch="trunk"), project("")):
        assert heads_of(hosts).refresh(stored) == stored
    assert hosts.asked == []


def test_the_cache_is_bounded(monkeypatch):
    monkeypatch.setattr(remotes_, "MAX_CACHED", 2)
    heads = heads_of(GitHosts({}))
    for number in range(5):
        heads.read(project(f"{URL}{number}"))

    assert len(heads.recent) <= 2
