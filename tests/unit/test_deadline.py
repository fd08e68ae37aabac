"""Time limits for work that cannot be interrupted otherwise."""

import signal
import time

import pytest

from pullcord.deadline import REPEAT_SECONDS, deadline
from pullcord.errors import PipelineRefused

TOO_LATE = PipelineRefused("Request timed out.")


@pytest.fixture
def alarms(monkeypatch):
    """Delay and interval of every alarm that was set."""
    timers = []

    def setitimer(which, seconds, interval=0.0):
        timers.append((seconds, interval))
        return real(which, seconds, interval)

    real = signal.setitimer
    monkeypatch.setattr(signal, "setitimer", setitimer)
    return timers


def work_for_ever():
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - library code that catches everything
            continue


def test_endless_work_is_stopped():
    with pytest.raises(PipelineRefused, match="timed out"), deadline(0.1, TOO_LATE):
        work_for_ever()


def test_waiting_is_stopped():
    waited = []
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        waited.append(time.sleep(30))
    assert not waited


def test_the_alarm_repeats_after_the_time_limit(alarms):
    with deadline(60, TOO_LATE):
        assert alarms == [(60, REPEAT_SECONDS)]


class DiscardsExceptions:
    """An object while whose finalisation Python discards exceptions."""

    def __del__(self):
        time.sleep(0.3)


def discard_one_alarm_and_wait():
    DiscardsExceptions()
    time.sleep(30)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_discarded_alarm_is_repeated():
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        discard_one_alarm_and_wait()


def test_work_that_ends_in_time_is_not_interrupted():
    before = signal.getsignal(signal.SIGALRM)
    with deadline(60, TOO_LATE):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0

    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_another_refusal_is_not_replaced():
    with pytest.raises(PipelineRefused, match="other"), deadline(5, TOO_LATE):
        raise PipelineRefused("other")
