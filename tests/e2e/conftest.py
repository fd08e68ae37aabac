"""One service for the whole session, and factories for what a test wants of it.

Not tested here, since Pullcord does not have it: job tokens, steering pipelines and jobs (cancel, retry, play, erase,
delete, metadata), pipelines made without a trigger, bridges and the latest pipeline, traces and test reports, limits of
rates and of active jobs, Auto DevOps, pages.
"""

import itertools

import pytest

from tests.e2e.people import LEVELS, Person
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.serving import Service


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    running = Service(tmp_path_factory.mktemp("service"))
    try:
        yield running
    finally:
        report = running.stop()
    assert report["denied"] == []


@pytest.fixture(scope="session")
def root(service):
    return service.root


@pytest.fixture(scope="session")
def anyone(service):
    return service.anyone


@pytest.fixture(scope="session")
def make_repository(tmp_path_factory):
    """files: text by path; a text alone is the configuration."""
    folder, count = tmp_path_factory.mktemp("repositories"), itertools.count(1)

    def make(files=FIVE_JOBS, message="Add widgets"):
        named = {".gitlab-ci.yml": files} if isinstance(files, str) else files
        return Repository(folder / f"widgets-{next(count)}", named, message)

    return make


@pytest.fixture(scope="session")
def make_trigger(root):
    def make(at, owner=root, **parameters):
        reply = owner.post(f"{at}/triggers", form={"description": "a trigger", **parameters})
        assert reply.status == 201, reply.body
        return reply.json()

    return make


@pytest.fixture(scope="session")
def make_project(root, anyone, make_repository, make_trigger):
    count = itertools.count(1)

    def make(files=FIVE_JOBS, *, repository=None, **settings):
        own = repository or make_repository(files)
        wanted = {"name": f"widgets-{next(count)}", "import_url": own.url, **settings}
        reply = root.post("/projects", form=wanted)
        assert reply.status == 201, reply.body
        facts = reply.json()
        return Project(facts, root, anyone, own, make_trigger(f"/projects/{facts['id']}"))

    return make


@pytest.fixture(scope="session")
def widgets(make_project, make_repository):
    """The usual project: five jobs for every trigger; branches main, other, v.1-branch, feature/x; tag v1.0."""
    repository = make_repository()
    for branch in ("other", "v.1-branch", "feature/x"):
        repository.branch(branch, {"branch.txt": branch})
    repository.tag("v1.0")
    return make_project(repository=repository)


@pytest.fixture(scope="session")
def gadgets(make_project):
    """A second project, with a trigger token of its own."""
    return make_project()


@pytest.fixture(scope="session")
def make_person(root):
    """name: what the person is here for; a number makes it unique."""
    count = itertools.count(1)

    def make(name="person", **parameters):
        return Person.made_by(root, f"{name}-{next(count)}", **parameters)

    return make


@pytest.fixture(scope="session")
def crew(make_person):
    """One person for each level, by its name, and a `stranger`."""
    return {level: make_person(level) for level in (*LEVELS, "stranger")}


@pytest.fixture(scope="session")
def company(make_project, root, crew):
    """A project in which each of the crew has their level; nobody changes it."""
    project = make_project()
    for level in LEVELS:
        crew[level].join(root, project.at, level)
    return project
