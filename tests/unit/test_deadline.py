import signal
import time

import pytest

from pullcord.deadline import AGAIN, deadline
from pullcord.errors import PipelineRefused

TOO_LATE = PipelineRefused("Request timed out.")


@pytest.fixture
def alarms(monkeypatch):
    """Every time after which an alarm was to ring, and every pause before it rings again."""
    found = []

    def setitimer(which, seconds, interval=0.0):
        found.append((seconds, interval))
        return real(which, seconds, interval)

    real = signal.setitimer
    monkeypatch.setattr(signal, "setitimer", setitimer)
    return found


def work_for_ever():
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - what nothing on the way may stop
            continue


def test_work_that_goes_on_and_on_is_ended():
    with pytest.raises(PipelineRefused, match="timed out"), deadline(0.1, TOO_LATE):
        work_for_ever()


def test_waiting_is_ended_too():
    waited = []
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        waited.append(time.sleep(30))
    assert not waited


def test_the_alarm_rings_when_the_time_is_over_and_goes_on_ringing(alarms):
    with deadline(60, TOO_LATE):
        assert alarms == [(60, AGAIN)]


class Deaf:
    """An exception in its end goes nowhere."""

    def __del__(self):
        time.sleep(0.3)


def swallow_one_alarm_and_wait():
    Deaf()
    time.sleep(30)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_is_swallowed_rings_again():
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        swallow_one_alarm_and_wait()


def test_work_that_ends_in_time_hears_nothing():
    before = signal.getsignal(signal.SIGALRM)
    with deadline(60, TOO_LATE):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0

    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_another_refusal_goes_its_own_way():
    with pytest.raises(PipelineRefused, match="other"), deadline(5, TOO_LATE):
        raise PipelineRefused("other")
