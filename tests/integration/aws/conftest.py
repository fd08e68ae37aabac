"""The deployed template in this process, so that its calls to AWS and its tables can be looked at."""

import itertools

import pytest

from pullcord_local.aws_calls.client import client
from pullcord_local.serve import Options, serving
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller
from tests.integration.aws.watching import Watch

ROOT_TOKEN = "glpat-root-of-the-aws-tests"


@pytest.fixture(scope="package")
def service():
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    with serving(Options(parameters=parameters, address_parameter="ExternalUrl")) as running:
        yield running
    assert running.cloud.guard.report()["denied"] == []


@pytest.fixture(scope="package")
def outputs(service):
    return service.deployment.stack.outputs


@pytest.fixture(scope="package")
def watching(service):
    return Watch(service.cloud.guard)


@pytest.fixture
def watch(watching):
    """Sees nothing of what came before the test, breaks nothing after it."""
    watching.forget()
    yield watching
    watching.forget()


@pytest.fixture(scope="package")
def operator(service):
    """DynamoDB for who may do everything."""
    return client("dynamodb", service.cloud.answer)


@pytest.fixture(scope="package")
def rows(operator, outputs):
    """All items of a table, as DynamoDB has them; table: Pipelines or Tokens."""

    def scan(table):
        pages = operator.get_paginator("scan").paginate(TableName=outputs[f"{table}Table"])
        return [item for page in pages for item in page["Items"]]

    return scan


@pytest.fixture(scope="package")
def make_project(service, tmp_path_factory):
    root, anyone = Caller(service.url, ROOT_TOKEN), Caller(service.url)
    folder, count = tmp_path_factory.mktemp("repositories"), itertools.count(1)

    def make(text=FIVE_JOBS):
        number = next(count)
        repository = Repository(folder / str(number), {".gitlab-ci.yml": text})
        facts = root.post("/projects", form={"name": f"widgets-{number}", "import_url": repository.url}).json()
        trigger = root.post(f"/projects/{facts['id']}/triggers", form={"description": "a trigger"}).json()
        return Project(facts, root, anyone, repository, trigger)

    return make


@pytest.fixture(scope="package")
def widgets(make_project):
    """A project whose trigger was pulled before: everything that can be warm is."""
    project = make_project()
    for _ in range(2):
        project.pulled()
    return project
