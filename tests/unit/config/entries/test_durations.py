"""Durations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.entries import durations


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h", 3600),
        ("3h 30m", 12_600),
        ("3 hours 30 minutes", 12_600),
        ("1 hour, 5 mins and 2 secs", 3902),
        ("one hour", 3600),
        ("twenty-five minutes", 1500),
        ("two hundred and five seconds", 205),
        ("half a day", 43_200),
        ("1 mo", 2_592_000),
        ("6 mos 1 day", 15_638_400),
        ("1 year", 31_557_600),
        ("1.5h", 5400),
        ("1:30", 90),
        ("1:02:03", 3723),
        ("90", 90),
        ("day", 86_400),
        ("1 fortnight", 1),
        ("1 Week", 604_800),
    ],
)
def test_a_duration_is_a_number_of_seconds(text, seconds):
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "0", "0 days", "never", "soon", "1:2:3:4:5:6:7", 5, None, True, "9" * 2000])
def test_what_is_no_duration_has_no_seconds(text):
    assert durations.seconds(text) is None


@given(st.text("0123456789.:, hmsdwyaonetw-", max_size=60))
def test_no_text_fails(text):
    seconds = durations.seconds(text)

    assert seconds is None or seconds >= 0
