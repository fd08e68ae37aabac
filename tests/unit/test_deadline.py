import time

import pytest

from pullcord.deadline import deadline
from pullcord.errors import PipelineRefused

TOO_LATE = PipelineRefused("Request timed out.")


def work_for_ever():
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - what nothing on the way may stop
            continue


def test_work_that_goes_on_and_on_is_ended():
    begun = time.monotonic()
    with pytest.raises(PipelineRefused, match="timed out"), deadline(0.1, TOO_LATE):
        work_for_ever()
    assert time.monotonic() - begun < 1


def test_waiting_is_ended_too():
    begun = time.monotonic()
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        time.sleep(5)
    assert time.monotonic() - begun < 1


class Deaf:
    """An exception in its end goes nowhere."""

    def __del__(self):
        time.sleep(0.3)


def swallow_one_alarm_and_wait():
    Deaf()
    time.sleep(5)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_is_swallowed_rings_again():
    with pytest.raises(PipelineRefused), deadline(0.1, TOO_LATE):
        swallow_one_alarm_and_wait()


def test_work_that_ends_in_time_hears_nothing():
    with deadline(0.05, TOO_LATE):
        pass
    time.sleep(0.1)


def test_another_refusal_goes_its_own_way():
    with pytest.raises(PipelineRefused, match="other"), deadline(5, TOO_LATE):
        raise PipelineRefused("other")
