"""Time limits of requests to a git host."""

import pytest

from pullcord.git.clock import Clock
from pullcord.git.refusals import RepositoryUnavailable


@pytest.fixture
def now(monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr("pullcord.git.clock.monotonic", lambda: seconds[0])
    return seconds


def test_each_request_has_its_own_time(now):
    clock = Clock(8, 12)
    now[0] += 7
    assert clock.left() == 1

    clock.start()

    assert clock.left() == 5


def test_all_requests_together_have_a_limit(now):
    clock = Clock(8, 12)
    now[0] += 7
    clock.start()
    now[0] += 6

    with pytest.raises(RepositoryUnavailable, match="timed out after 12 s"):
        clock.left()


def test_a_single_request_names_its_own_limit(now):
    clock = Clock(8, 12)
    now[0] += 8

    with pytest.raises(RepositoryUnavailable, match="timed out after 8 s"):
        clock.left()
