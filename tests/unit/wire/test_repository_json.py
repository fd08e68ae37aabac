"""Branches, tags and commits as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

from types import SimpleNamespace

import pytest

from pullcord.wire import repository_json
from tests.unit.wire.things import GIT_COMMIT, PIPELINE, WIDGETS
from tests.unit.wire.written import COMMIT, PIPELINE_BASIC, SERVER, SHA, written

PLAIN = {"default": False, "protected": False, "can_push": False, "developers_can_push": False}


def ref(name, **more):
    return SimpleNamespace(name=name, commit=GIT_COMMIT, **{**PLAIN, **more})


@pytest.mark.parametrize("fact", [None, *PLAIN])
def test_a_branch(fact):
    more = {} if fact is None else {fact: True}

    assert written(repository_json.branch(ref("main", **more), WIDGETS, SERVER)) == written(
        {
            "name": "main",
            "commit": COMMIT,
            "merged": False,
            "protected": fact == "protected",
            "developers_can_push": fact == "developers_can_push",
            "developers_can_merge": fact == "developers_can_push",
            "can_push": fact == "can_push",
            "default": fact == "default",
            "web_url": "https://ci.example.test/acme/tools/widgets/-/tree/main",
        }
    )


def test_the_address_of_a_branch_is_encoded_but_for_slashes():
    shown = repository_json.branch(ref("feature/a#b c"), WIDGETS, SERVER)

    assert shown["web_url"] == "https://ci.example.test/acme/tools/widgets/-/tree/feature/a%23b%20c"


@pytest.mark.parametrize("protected", [False, True])
def test_a_tag(protected):
    assert written(repository_json.tag(ref("v1.0", protected=protected), WIDGETS, SERVER)) == written(
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
    assert written(repository_json.commit(GIT_COMMIT, PIPELINE, WIDGETS, SERVER)) == written(
        {**COMMIT, "status": "created", "project_id": 7, "last_pipeline": PIPELINE_BASIC}
    )


def test_a_commit_without_a_pipeline():
    assert written(repository_json.commit(GIT_COMMIT, None, WIDGETS, SERVER)) == written(
        {**COMMIT, "status": None, "project_id": 7, "last_pipeline": None}
    )
