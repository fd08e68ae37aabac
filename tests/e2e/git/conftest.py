"""An instance whose projects lie on real git hosts over TLS, in this process so that its calls to AWS can be counted."""

import itertools
import json
import select

import pytest

from pullcord_local.serve import Options, serving
from tests.e2e.people import Person
from tests.e2e.projects import Project
from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller
from tests.integration.aws.watching import Watch
from tests.integration.git.hosts import Authority, serve

ROOT_TOKEN = "glpat-root-of-the-git-tests"
LOGIN = ("ada", "s3cret-of-the-host")


class Tricks(dict):
    """By the first folder of a path, what answers in git's place."""

    def __call__(self, handler):
        trick = self.get(handler.path.split("/")[1].partition("?")[0])
        return trick is not None and trick(handler) is not False


@pytest.fixture(scope="package")
def root_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hosted")


@pytest.fixture(scope="package")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), "localhost")


@pytest.fixture(scope="package")
def tricks():
    return Tricks()


@pytest.fixture(scope="package")
def host(root_folder, authority, tricks):
    with serve(root_folder, authority, trick=tricks) as running:
        yield running


@pytest.fixture(scope="package")
def private_host(root_folder, authority):
    with serve(root_folder, authority, login=":".join(LOGIN)) as running:
        yield running


@pytest.fixture(scope="package")
def instance(host, private_host, authority):
    logins = {f"{private_host.address}/team": {"username": LOGIN[0], "password": LOGIN[1]}}
    parameters = {
        "RootToken": ROOT_TOKEN,
        "AllowedRemotes": f"file://,{host.address}/,{private_host.address}/",
        "GitAuthorities": authority.pem,
        "GitLogins": json.dumps(logins),
    }
    with serving(Options(parameters=parameters, address_parameter="ExternalUrl")) as running:
        yield running
    assert running.cloud.guard.report()["denied"] == []


@pytest.fixture(scope="package")
def watching(instance):
    return Watch(instance.cloud.guard)


@pytest.fixture
def watch(watching):
    watching.forget()
    return watching


@pytest.fixture(scope="package")
def admin(instance):
    return Caller(instance.url, ROOT_TOKEN)


@pytest.fixture(scope="package")
def numbers():
    return itertools.count(1)


@pytest.fixture(scope="package")
def make_hosted(root_folder, numbers):
    """A repository that both hosts serve, and its path there. files: text by path; a text alone is the configuration."""

    def make(files, folder="widgets"):
        named = {".gitlab-ci.yml": files} if isinstance(files, str) else files
        repository = Repository(root_folder / f"{folder}-{next(numbers)}", named)
        repository.git("config", "uploadpack.allowFilter", "true")
        return repository, f"{repository.folder.relative_to(root_folder)}/.git"

    return make


@pytest.fixture(scope="package")
def make_at(admin, numbers):
    """A project of a remote, with a trigger of the administrator's."""

    def make(url, repository=None, **settings):
        reply = admin.post("/projects", json={"name": f"widgets-{next(numbers)}", "import_url": url, **settings})
        assert reply.status == 201, reply.body
        return triggered(admin, reply.json(), repository)

    return make


@pytest.fixture(scope="package")
def make(make_hosted, make_at, host):
    """A project of a repository on the open host."""

    def make_both(files, **settings):
        repository, path = make_hosted(files)
        return make_at(host.url(path), repository, **settings)

    return make_both


@pytest.fixture(scope="package")
def awake(make):
    """Every function of a trigger has its process: a start takes nothing of the time that comes."""
    make("build: {script: make}\n").pulled()


@pytest.fixture(scope="package")
def make_person(admin, numbers):
    return lambda: Person.made_by(admin, f"person-{next(numbers)}")


def nothing(handler, seconds=30):
    """Say nothing until whoever asked has gone."""
    select.select([handler.connection], [], [], seconds)


def triggered(owner, files, repository=None):
    reply = owner.post(f"/projects/{files['id']}/triggers", json={"description": "a trigger"})
    assert reply.status == 201, reply.body
    return Project(files, owner, Caller(owner.url), repository, reply.json())


def names(project, pipeline):
    return sorted(job["name"] for job in project.jobs(pipeline))


def error(project, ref="main"):
    """What is wrong with the configuration, of which a failed pipeline is kept."""
    status, said = project.refused(ref)
    assert status == 422, said
    (phrase,) = said["message"]["base"]
    return phrase
