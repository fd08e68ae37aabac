"""Triggering a pipeline with the ref in the path: how webhooks do it."""

import json

import pytest


def test_the_ref_of_the_path_wins_over_the_body(widgets, anyone):
    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline", query={"token": widgets.token}, form={"ref": "refs/heads/other"}
    )

    assert reply.json()["ref"] == "main"
    assert len(widgets.jobs(reply.json())) == 5


@pytest.mark.parametrize(
    ("ref", "short"),
    [
        ("v.1-branch", "v.1-branch"),
        ("v1.0", "v1.0"),
        ("feature%2Fx", "feature/x"),
        ("feature/x", "feature/x"),
        ("refs%2Fheads%2Fmain", "main"),
        ("refs/tags/v1.0", "v1.0"),
    ],
)
def test_refs_with_dots_and_slashes_work(widgets, anyone, ref, short):
    reply = anyone.post(f"{widgets.at}/ref/{ref}/trigger/pipeline", query={"token": widgets.token})

    assert reply.status == 201, reply.body
    assert reply.json()["ref"] == short


def test_a_foreign_token_is_not_found(widgets, gadgets, anyone):
    reply = anyone.post(f"{gadgets.at}/ref/main/trigger/pipeline", query={"token": widgets.token})

    assert reply.said == (404, {"message": "404 Not Found"})


PUSH = {
    "object_kind": "push",
    "id": 99,
    "ref": "refs/heads/other",
    "project_id": 99,
    "project": {"path_with_namespace": "acme/p"},
    "commits": [{"id": "b6568db1bc1dcd7f8b4d5a946b0b91f9dacd7327", "message": "Update <x> & y"}],
    "total_commits_count": 4,
    "nothing": None,
}


@pytest.mark.parametrize("event", ["Push Hook", "Tag Push Hook", "Job Hook", "System Hook", "pipeline hook"])
def test_a_webhook_is_its_own_payload(widgets, anyone, event):
    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline",
        query={"token": widgets.token},
        json=PUSH,
        headers={"X-Gitlab-Event": event},
    )

    assert reply.status == 201, reply.body
    (payload,) = widgets.variables(reply.json())
    assert json.loads(payload["value"]) == {**PUSH, "ref": "main", "id": str(widgets.id), "variables": {}}


@pytest.mark.parametrize("path", ["/trigger/pipeline", "/ref/main/trigger/pipeline"])
def test_a_pipeline_hook_is_forbidden_for_it_would_never_end(widgets, anyone, path):
    with widgets.nothing_stored():
        reply = anyone.post(
            f"{widgets.at}{path}",
            query={"token": widgets.token},
            form={"ref": "main"},
            headers={"X-Gitlab-Event": "Pipeline Hook"},
        )

        assert reply.said == (403, {"message": "403 Forbidden"})


def test_a_pipeline_hook_without_a_token_lacks_the_token(widgets, anyone):
    reply = anyone.post(f"{widgets.at}/ref/main/trigger/pipeline", headers={"X-Gitlab-Event": "Pipeline Hook"})

    assert reply.said == (400, {"error": "token is missing"})


def test_variables_work_as_with_a_parameter(widgets, anyone):
    reply = anyone.post(f"{widgets.at}/ref/main/trigger/pipeline", query={"token": widgets.token, "variables[A]": "1"})

    assert widgets.variables(reply.json())[0]["value"] == "1"
