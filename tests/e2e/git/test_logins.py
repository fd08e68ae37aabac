"""Hosts that want to know who is asking."""

import base64
import json

import pytest

from pullcord_local.aws_calls.client import client
from tests.e2e.git.conftest import LOGIN, error, names
from tests.e2e.projects import base
from tests.e2e.talking import Caller

JOB = "build: {script: make}\n"
UNKNOWN = "authentication is required, or the credentials were refused"


@pytest.fixture
def hosted(make_hosted):
    return make_hosted(JOB)


def authorized(host):
    return ["Authorization" in headers for *_, headers in host.requests]


def with_login(url, username=LOGIN[0], password=LOGIN[1]):
    return url.replace("://", f"://{username}:{password}@")


def test_the_deployments_login_is_read_when_it_is_wanted_and_kept(make_hosted, make_at, private_host, watch):
    repository, path = make_hosted(JOB, "team/widgets")
    project = make_at(private_host.url(path), repository)
    private_host.requests.clear()
    project.triggered()
    assert authorized(private_host)[:2] == [False, True]
    private_host.requests.clear()
    watch.forget()

    project.triggered()

    assert authorized(private_host) == [True, True]
    assert [call for call in watch.of("EvaluateRulesFunction") if "Secret" in call] == []


def test_another_path_of_the_host_has_no_login(hosted, make_at, private_host):
    project = make_at(private_host.url(hosted[1]))
    with project.nothing_stored():
        assert project.refused() == (400, base(f"Repository is unavailable: {where(private_host)}: {UNKNOWN}"))


def where(host):
    return host.address.removeprefix("https://")


def test_a_login_in_the_url_is_used_and_never_shown(hosted, make_at, admin, private_host, instance):
    repository, path = hosted
    project = make_at(with_login(private_host.url(path)), repository)

    assert names(project, project.triggered()) == ["build"]
    assert project.details["import_url"] == private_host.url(path)
    shown = [admin.get(project.at).body, admin.get("/projects", per_page=100).body]
    assert not [body for body in shown if LOGIN[1].encode() in body]
    assert project.read("/repository/branches")[0]["name"] == "main"


def test_another_url_takes_the_login_away_and_brings_its_own(make_hosted, make_at, private_host):
    (repository, path), (_, other) = make_hosted(JOB), make_hosted(JOB)
    project = make_at(with_login(private_host.url(path)), repository)

    def change(url):
        assert project.owner.put(project.at, json={"import_url": url}).status == 200

    change(private_host.url(path))  # as it was shown: nothing changes
    assert project.triggered()
    change(private_host.url(other))
    assert project.refused()[0] == 400
    change(with_login(private_host.url(other)))
    assert project.triggered()


def test_a_wrong_login_is_not_repeated_in_the_refusal(hosted, make_at, private_host):
    project = make_at(with_login(private_host.url(hosted[1]), password="wr0ng-password"))
    reply = project.post_trigger(json={"token": project.token, "ref": "main"})

    assert reply.status == 400
    assert UNKNOWN in reply.json()["message"]["base"][0]
    assert b"wr0ng" not in reply.body
    assert project.read("/pipelines") == []


def test_an_included_project_is_read_with_its_own_login(make_hosted, make_at, make, private_host):
    repository, path = make_hosted({"a.yml": "other: {script: make}\n"})
    other = make_at(with_login(private_host.url(path)), repository)
    project = make(f"include: [{{project: {other.details['path_with_namespace']}, file: a.yml}}]\n")

    assert names(project, project.triggered()) == ["other"]


def test_no_login_is_stored_in_the_clear(hosted, make_at, private_host, instance):
    make_at(with_login(private_host.url(hosted[1])))
    dynamodb = client("dynamodb", instance.cloud.answer)
    tables = [instance.deployment.stack.outputs[f"{name}Table"] for name in ("Pipelines", "Tokens")]
    stored = repr([dynamodb.get_paginator("scan").paginate(TableName=table).build_full_result() for table in tables])

    assert "import_login" in stored
    assert LOGIN[1] not in stored


def for_ada(content):
    """A page for one user alone."""
    wanted = "Basic " + base64.b64encode(":".join(LOGIN).encode()).decode()

    def answer(handler):
        known = handler.headers.get("Authorization") == wanted
        handler.reply(200 if known else 401, content if known else b"")

    return answer


def test_a_login_in_the_address_of_a_configuration_is_used_and_never_shown(make, admin, host, tricks):
    tricks["secret.yml"] = for_ada(b"only: {script: echo $CI_CONFIG_PATH}\n")
    address = host.url("secret.yml")
    project = make({"README": "no configuration"}, ci_config_path=with_login(address))
    public = Caller(admin.url)
    assert admin.put(project.at, json={"visibility": "public", "ci_config_path": address}).status == 200

    pipeline = project.triggered()

    assert names(project, pipeline) == ["only"]
    below = ("", f"/pipelines/{pipeline['id']}", "/jobs", f"/pipelines/{pipeline['id']}/variables")
    shown = [caller.get(f"{project.at}{path}").body for caller in (admin, public) for path in below]
    assert not [body for body in shown if LOGIN[1].encode() in body]
    assert admin.get(project.at).json()["ci_config_path"] == address
    assert "ci_config_path" not in public.get(project.at).json()


def test_another_address_has_no_login_and_a_wrong_one_is_told_without_it(make, admin, host, tricks):
    tricks["secret.yml"] = for_ada(b"only: {script: make}\n")
    address = host.url("secret.yml")
    project = make({"README": "no configuration"}, ci_config_path=with_login(address))
    refused = f"Remote file `{address}` could not be fetched after 1 attempt because of HTTP code `401` error!"

    admin.put(project.at, json={"ci_config_path": f"{host.address}/other.yml"})
    admin.put(project.at, json={"ci_config_path": address})
    assert error(project) == refused
    admin.put(project.at, json={"ci_config_path": with_login(address, password="wr0ng")})
    assert error(project) == refused
    stored = project.read(f"/pipelines/{project.read('/pipelines')[0]['id']}")
    assert "wr0ng" not in json.dumps(stored)
