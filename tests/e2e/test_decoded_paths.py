"""API Gateway may hand paths over decoded. Everything is found then, too."""

import pytest

from tests.e2e.projects import FIVE_JOBS
from tests.e2e.repositories import Repository
from tests.e2e.serving import Service


@pytest.fixture(scope="module")
def decoding(tmp_path_factory):
    running = Service(tmp_path_factory.mktemp("decoding"), "--decode-slashes")
    try:
        yield running
    finally:
        assert running.stop()["denied"] == []


@pytest.fixture(scope="module")
def token(decoding, tmp_path_factory):
    repository = Repository(tmp_path_factory.mktemp("repository") / "widgets", {".gitlab-ci.yml": FIVE_JOBS})
    repository.branch("feature/x")
    assert decoding.root.post("/projects", form={"name": "widgets", "import_url": repository.url}).status == 201
    return decoding.root.post("/projects/root%2Fwidgets/triggers", form={"description": "x"}).json()["token"]


@pytest.mark.parametrize("path", ["trigger/pipeline", "ref/main/trigger/pipeline", "ref/feature%2Fx/trigger/pipeline"])
def test_a_pipeline_is_triggered_by_paths(decoding, token, path):
    reply = decoding.anyone.post(f"/projects/root%2Fwidgets/{path}", form={"token": token, "ref": "main"})

    assert reply.status == 201, reply.body
    assert reply.json()["ref"] == ("feature/x" if "feature" in path else "main")


def test_what_was_triggered_is_read_by_paths(decoding, token):
    made = decoding.anyone.post(
        "/projects/root%2Fwidgets/trigger/pipeline", form={"token": token, "ref": "main"}
    ).json()
    pipelines = "/projects/root%2Fwidgets/pipelines"

    assert decoding.root.get("/projects/root%2Fwidgets").json()["path"] == "widgets"
    assert decoding.root.get(pipelines).json()[0]["id"] == made["id"]
    assert len(decoding.root.get(f"{pipelines}/{made['id']}/jobs").json()) == 5
