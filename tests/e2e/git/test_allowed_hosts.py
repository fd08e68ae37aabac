"""An instance whose projects may lie on certain git hosts alone."""

import pytest

from tests.e2e.projects import base
from tests.e2e.serving import Service
from tests.e2e.talking import DETAILS

PHRASE = "Repository is unavailable: git.example.net: its host is not one of those allowed here"


@pytest.fixture(scope="module")
def widgets():
    """A project of before: path of the project and of its trigger, and the token."""
    return {}


@pytest.fixture(scope="module")
def root(tmp_path_factory, widgets):
    """The administrator, after the operator has allowed some hosts only."""
    folder = tmp_path_factory.mktemp("bound")
    before = Service(folder, "--data", str(folder / "data"))
    project = before.root.post(
        "/projects", json={"name": "widgets", "import_url": "https://git.example.net/a.git"}
    ).json()
    trigger = before.root.post(f"/projects/{project['id']}/triggers", json={"description": "of before"}).json()
    before.stop()
    widgets |= {"at": f"/projects/{project['id']}", "token": trigger["token"]}
    hosts = "AllowedGitHosts=git.example.com, *.example.org"
    running = Service(folder, "--data", str(folder / "data"), "--parameter", hosts)
    yield running.root
    assert running.stop()["denied"] == []


def test_a_project_elsewhere_is_refused_when_it_is_made_or_changed(root):
    elsewhere = {"import_url": "https://git.example.net/a.git"}
    reported = (400, {"message": {"import_url": [f"is blocked: {PHRASE}"]}})
    made = root.post("/projects", json={"name": "gadgets", "import_url": "https://a.b.example.org/a.git"})

    assert root.post("/projects", json={"name": "rockets", **elsewhere}).said == reported
    assert made.status == 201
    assert root.put(f"/projects/{made.json()['id']}", json=elsewhere).said == reported
    assert (
        root.put(f"/projects/{made.json()['id']}", json={"import_url": "https://git.example.com/a.git"}).status == 200
    )


def test_a_project_of_before_starts_nothing_any_more(root, widgets):
    triggered = root.post(
        f"{widgets['at']}/trigger/pipeline", form={"token": widgets["token"], "ref": "main"}, headers=DETAILS
    )
    assert triggered.status == 400
    files = triggered.json()["pullcord"]
    assert triggered.json() == {**base(PHRASE), "pullcord": files}
    assert (files["code"], files["host"]) == ("repository_unavailable", "git.example.net")
