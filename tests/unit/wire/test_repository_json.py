"""Branches, tags and commits as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

import pytest

from pullcord.pipelines import RefView
from pullcord.wire import repository_json
from tests.unit.wire.examples import GIT_COMMIT, PIPELINE, WIDGETS
from tests.unit.wire.literals import COMMIT, PIPELINE_BASIC, SERVER, SHA, json_text

PLAIN = {
    "default": False,
    "protected": False,
    "can_push": False,
    "developers_can_push": False,
    "developers_can_merge": False,
}


def ref(name, **more):
    return RefView(name=name, target=GIT_COMMIT.id, commit=GIT_COMMIT, **{**PLAIN, **more})


@pytest.mark.parametrize("flag", [None, *PLAIN])
def test_a_branch(flag):
    more = {} if flag is None else {flag: True}

    assert json_text(repository_json.branch(ref("main", **more), WIDGETS, SERVER)) == json_text(
        {
            "name": "main",
            "commit": COMMIT,
            "merged": False,
            "protected": flag == "protected",
            "developers_can_push": flag == "developers_can_push",
            "developers_can_merge": flag == "developers_can_merge",
            "can_push": flag == "can_push",
            "default": flag == "default",
            "web_url": "https://ci.example.test/acme/tools/widgets/-/tree/main",
        }
    )


def test_the_url_of_a_branch_is_encoded_but_for_slashes():
    answer = repository_json.branch(ref("feature/a#b c"), WIDGETS, SERVER)

    assert answer["web_url"] == "https://ci.example.test/acme/tools/widgets/-/tree/feature/a%23b%20c"


@pytest.mark.parametrize("protected", [False, True])
def test_a_tag(protected):
    assert json_text(repository_json.tag(ref("v1.0", protected=protected), WIDGETS, SERVER)) == json_text(
        {
            "name": "v1.0",
            "message": "",
            "target": SHA,
            "commit": COMMIT,
            "release": None,
            "protected": protected,
            "created_at": None,
        }
    )


def test_a_commit_with_its_newest_pipeline():
    assert json_text(repository_json.commit(GIT_COMMIT, PIPELINE, WIDGETS, SERVER)) == json_text(
        {**COMMIT, "status": "created", "project_id": 7, "last_pipeline": PIPELINE_BASIC}
    )


def test_a_commit_without_a_pipeline():
    assert json_text(repository_json.commit(GIT_COMMIT, None, WIDGETS, SERVER)) == json_text(
        {**COMMIT, "status": None, "project_id": 7, "last_pipeline": None}
    )
