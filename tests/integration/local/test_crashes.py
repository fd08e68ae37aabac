"""Crashes: what was answered is there, and nothing is there in part."""

from tests.integration.local.crashing import crash


def test_nothing_that_was_answered_is_lost_when_the_process_is_killed(tmp_path):
    count = crash(tmp_path / "pullcord.db", kills=10)

    assert count.answered > 100
    assert count.lost == 0
