"""Webhooks of GitLab, GitHub and Gitea trigger a pipeline as they are; their body becomes TRIGGER_PAYLOAD, to the letter."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

PAYLOADS = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "payloads").glob("*.json"))}
HEADERS = {
    "github": {"X-GitHub-Event": "push", "X-Hub-Signature-256": "sha256=0", "User-Agent": "GitHub-Hookshot/1"},
    "gitlab": {"X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": "secret", "User-Agent": "GitLab/19.2"},
    "gitea": {"X-Gitea-Event": "push", "X-GitHub-Event": "push", "X-Gogs-Event": "push", "X-Gitea-Signature": "0"},
}
ESCAPED = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def written(payload):
    """As Rails writes JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_payload_is_kept_to_the_letter(widgets, anyone, name):
    sent = PAYLOADS[name]

    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline",
        query={"token": widgets.token},
        json=sent,
        headers=HEADERS[name.partition("-")[0]],
    )

    assert reply.status == 201, reply.body
    assert reply.json()["ref"] == "main"
    (variable,) = widgets.variables(reply.json())
    assert variable["variable_type"] == "file"
    wanted = {**json.loads(sent), "id": str(widgets.id)} | {"ref": "main"} | {"variables": {}}
    assert variable["value"] == written(wanted)


def test_a_github_webhook_may_be_a_form(widgets, anyone):
    text = PAYLOADS["github-push-0"]
    body = urlencode({"payload": text}).encode()

    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline",
        query={"token": widgets.token},
        body=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    (variable,) = widgets.variables(reply.json())
    wanted = {"payload": text, "id": str(widgets.id), "ref": "main", "variables": {}}
    assert variable["value"] == written(wanted)


def test_a_hook_with_variables_of_its_own_that_are_no_texts_is_refused(widgets, anyone):
    """GitLab's pipeline events carry a list there, and no hook that does can be meant as a trigger call."""
    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline",
        query={"token": widgets.token},
        json={"object_kind": "pipeline", "variables": [{"key": "A", "value": "1"}]},
    )

    assert reply.said == (400, {"error": "variables is invalid"})


def test_a_large_push_is_kept_whole(widgets, anyone):
    commits = [{"id": f"{number:040x}", "message": "x" * 1000} for number in range(500)]

    reply = anyone.post(
        f"{widgets.at}/ref/main/trigger/pipeline", query={"token": widgets.token}, json={"commits": commits}
    )

    (variable,) = widgets.variables(reply.json())
    assert json.loads(variable["value"])["commits"] == commits
