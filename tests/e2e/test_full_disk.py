"""A disk that is full: callers are asked to try again, nothing that was answered is lost, and serving goes on."""

import http.client
import json

import pytest

from pullcord_local.persistence.store import PROOF
from pullcord_local.serve import Options, serving
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller

ROOT_TOKEN = "glpat-root-of-a-full-disk"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    data = tmp_path_factory.mktemp("data")
    with serving(Options(parameters=parameters, address_parameter="ExternalUrl", data=data)) as running:
        yield running


@pytest.fixture(scope="module")
def project(service, tmp_path_factory):
    root = Caller(service.url, ROOT_TOKEN)
    repository = Repository(tmp_path_factory.mktemp("repositories") / "1", {".gitlab-ci.yml": FIVE_JOBS})
    facts = root.post("/projects", form={"name": "widgets", "import_url": repository.url}).json()
    trigger = root.post(f"/projects/{facts['id']}/triggers", form={"description": "a trigger"}).json()
    return Project(facts, root, Caller(service.url), repository, trigger)


def limit_pages(service, number=None):
    """Let the file have so many pages, or none more than it has."""
    store = service.cloud.store
    with store.lock:
        store.connection.execute(f"PRAGMA max_page_count = {number or store.one('PRAGMA page_count')[0]}")


def post_trigger(service, project, **variables):
    """Trigger a pipeline; status and body. `talking` would take a 503 for a fault."""
    connection = http.client.HTTPConnection("127.0.0.1", service.server.port, timeout=60)
    body = json.dumps({"token": project.token, "ref": "main", "variables": variables})
    path = f"/api/v4{project.at}/trigger/pipeline"
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    status, said = answer.status, json.loads(answer.read())
    connection.close()
    return status, said


def test_callers_are_asked_to_try_again_and_later_succeed(service, project, capsys):
    before = project.triggered()
    limit_pages(service)
    # Free pages inside of the file are filled first.
    answers = [post_trigger(service, project, LARGE="x" * 200_000) for _ in range(3)]

    status, body = answers[-1]
    assert (status, body["message"]) == (503, "503 Service Unavailable")
    assert {status for status, _ in answers} <= {201, 503}
    assert capsys.readouterr().err.count("callers get 503 until it has space again\n") == 1
    assert project.owner.get(f"{project.at}/pipelines/{before['id']}").status == 200

    limit_pages(service, 1_000_000)
    created = [body["id"] for status, body in answers if status == 201]
    created += [project.triggered(variables={"LARGE": "x" * 200_000})["id"] for _ in range(PROOF // 4)]
    listed = [pipeline["id"] for pipeline in project.owner.get(f"{project.at}/pipelines").json()]
    assert listed == [*created[::-1], before["id"]]
    assert "pullcord: writing works again\n" in capsys.readouterr().err
