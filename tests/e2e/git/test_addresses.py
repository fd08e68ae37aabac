"""`include:remote`, and configurations that lie somewhere else altogether."""

import base64
import hashlib
import json
import socket

import pytest

from tests.e2e.git.conftest import error, names, nothing, project_with_trigger
from tests.e2e.projects import base

JOB = b"remote: {script: make}\n"
HOSTILE = [
    "https://127.0.0.1:1/a.yml", "https://localhost/a.yml", "https://169.254.169.254/latest/a.yml", "https://[::1]/a.yml",
    "https://[::ffff:127.0.0.1]/a.yml", "https://10.0.0.1/a.yml", "https://192.168.0.1/a.yml", "https://172.16.0.1/a.yml",
    "https://100.64.0.1/a.yml", "https://2130706433/a.yml", "https://0x7f000001/a.yml", "https://0177.0.0.1/a.yml",
    "https://127.1/a.yml", "https://0/a.yml", "https://0.0.0.0/a.yml", "https://[fd00:ec2::254]/a.yml", "https://[fe80::1]/a.yml",
    "https://[64:ff9b::7f00:1]/a.yml", "https://[2002:7f00:1::]/a.yml", "https://metadata.google.internal/a.yml",
    "http://127.0.0.1/a.yml", "http://example.com/a.yml", "https://ada:pw@127.0.0.1/a.yml", "https://127.0.0.1.:443/a.yml",
    "https://example.com@127.0.0.1/a.yml", "https://127.0.0.1%00.example.com/a.yml", "ssh://127.0.0.1/a.yml", "git://127.0.0.1/a.yml",
]  # fmt: skip


def page(content=JOB, status=200):
    def answer(handler):
        handler.reply(status, content)

    return answer


def including(url, **more):
    return json.dumps({"include": [{"remote": url, **more}], "own": {"script": "make"}})


def test_a_page_is_included(make, host, tricks):
    tricks["page.yml"] = page()
    digest = base64.b64encode(hashlib.sha256(JOB).digest()).decode()
    project = make(including(host.url("page.yml"), integrity=f"sha256-{digest}"))

    assert names(project, project.triggered()) == ["own", "remote"]


def test_a_page_that_is_not_as_promised_is_not(make, host, tricks):
    tricks["other.yml"] = page(b"other: {script: make}\n")
    project = make(including(host.url("other.yml"), integrity="sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))

    assert error(project) == f"Remote file `{host.url('other.yml')}` failed integrity check!"


@pytest.mark.parametrize(
    ("status", "content", "requests", "phrase"),
    [
        (404, b"", 1, "could not be fetched after 1 attempt because of HTTP code `404` error!"),
        (503, b"", 3, "could not be fetched after 3 attempts because of HTTP code `503` error!"),
        (200, b"#" * 5_000_000, 1, "could not be fetched after 1 attempt because of HTTP error!"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_in_gitlabs_words(make, host, tricks, status, content, requests, phrase):
    tricks["broken.yml"] = page(content, status)
    host.requests.clear()

    assert error(make(including(host.url("broken.yml")))) == f"Remote file `{host.url('broken.yml')}` {phrase}"
    assert [path for _, path, _ in host.requests].count("/broken.yml") == requests


def test_pages_that_never_come_end_within_the_time_and_leave_nothing(awake, make, host, tricks):
    tricks["slow.yml"] = nothing
    project = make(json.dumps({"include": [host.url("slow.yml"), host.url("slow.yml?again=1&file=b.yml")]}))
    with project.nothing_stored():
        reply = project.post_trigger(json={"token": project.token, "ref": "main"})

    assert reply.said == (400, base("Request timed out when fetching configuration files."))
    assert reply.headers["Pullcord-Code"] == "evaluation_timeout"


@pytest.fixture
def inside():
    """A server on this machine that nobody is meant to reach, and whether anybody did."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def reached(server):
    try:
        server.accept()
    except BlockingIOError:
        return False
    return True


def test_no_hostile_address_is_connected_to(make, inside):
    project, port = make(including("BEGIN")), inside.getsockname()[1]
    for url in HOSTILE:
        address = url.replace(":1/", f":{port}/")
        project.repository.commit({".gitlab-ci.yml": including(address)})
        assert error(project).startswith("Remote file could not be fetched because URL is blocked: "), url
    assert not reached(inside)


def test_no_hostile_remote_becomes_a_project_or_is_asked(make, admin, inside):
    project, port = make(including("BEGIN")), inside.getsockname()[1]
    for url in HOSTILE:
        remote = url.replace(":1/", f":{port}/").removesuffix(".yml")
        name = {"name": f"hostile-{HOSTILE.index(url)}", "import_url": remote}
        made = admin.post("/projects", json=name)
        if made.status == 201:  # only asking for its address can tell
            with project_with_trigger(admin, made.json()).nothing_stored():
                status, said = project_with_trigger(admin, made.json()).refused()
            assert (status, said["message"]["base"][0][:25]) == (400, "Repository is unavailable"), url
        else:
            assert made.status == 400, url
            assert "is blocked" in made.json()["message"]["import_url"][0]
        assert admin.put(project.at, json={"import_url": remote}).status in {200, 400}
    assert not reached(inside)


# Configurations elsewhere


def test_a_configuration_may_be_a_page(make, host, tricks):
    tricks["whole.yml"] = page(b"spec: {inputs: {name: {}}}\n---\n$[[ inputs.name ]]: {script: echo $CI_CONFIG_PATH}\n")
    project = make({"README": "no configuration"}, ci_config_path=host.url("whole.yml"))

    assert names(project, project.triggered(inputs={"name": "given"})) == ["given"]
    assert error(project) == f"`{host.url('whole.yml')}`: `name` input: required value has not been provided"


@pytest.mark.parametrize(
    ("suffix", "job"), [("", "now"), (":main", "now"), (":old", "then"), (":refs/heads/old", "then")]
)
def test_a_configuration_may_be_in_another_project(make, suffix, job):
    other = make({"ci/a.yml": "then: {script: make}\n"})
    other.repository.branch("old")
    other.repository.commit({"ci/a.yml": "include: [{local: ci/b.yml}]\n", "ci/b.yml": "now: {script: make}\n"})
    path = f"ci/a.yml@{other.details['path_with_namespace']}{suffix}"
    project = make({"README": "no configuration"}, ci_config_path=path)

    assert names(project, project.triggered()) == [job]


def test_a_configuration_elsewhere_that_is_not_there_is_a_wrong_one(make):
    nowhere = make({"README": ""}, ci_config_path="a.yml@root/nowhere")
    assert error(nowhere).startswith("Project `root/nowhere` not found or access denied!")

    own = nowhere.details["path_with_namespace"]
    nowhere.owner.put(nowhere.at, json={"ci_config_path": f"a.yml@{own}:nope"})
    assert error(nowhere) == f"Project `{own}` reference `nope` does not exist!"
    nowhere.owner.put(nowhere.at, json={"ci_config_path": f"a.yml@{own}"})
    assert error(nowhere) == f"Project `{own}` file `a.yml` does not exist!"


@pytest.mark.parametrize("path", ["ci/other.yml", "a.txt@root/nowhere", "ftp://example.com/a.yml"])
def test_a_configuration_that_nothing_holds_is_missing(make, path):
    project = make({"README": ""}, ci_config_path=path)
    with project.nothing_stored():
        assert project.refused() == (400, base("Missing CI config file"))


def test_a_configuration_in_another_file_is_just_that(make):
    project = make({"ci/other.yml": "other: {script: make}\n"}, ci_config_path="ci/other.yml")

    assert names(project, project.triggered()) == ["other"]
