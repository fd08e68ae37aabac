"""Commits as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/commits
"""

from pullcord.wire import commit_json
from tests.unit.wire.examples import GIT_COMMIT, WIDGETS
from tests.unit.wire.literals import COMMIT, SERVER, json_text


def test_a_commit():
    assert json_text(commit_json.commit(GIT_COMMIT, WIDGETS, SERVER)) == json_text(COMMIT)
