"""Durations as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.entries import durations
from tests.counting import steps


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h", 3600),
        ("3h 30m", 12_600),
        ("3 hours 30 minutes", 12_600),
        ("1 hour, 5 mins and 2 secs", 3902),
        ("1 hour, 5 mins plus 2 ,secs, with 1 s", 3903),
        ("1 mo", 2_592_000),
        ("6 mos 1 day", 15_638_400),
        ("1 year", 31_557_600),
        ("1.5h", 5400),
        (".5h", 1800),
        ("0.5 seconds", 0.5),
        ("1:30", 90),
        ("1:02:03", 3723),
        ("1:30 hours", 108_060),
        ("1 : 30", 90),
        (":1:2:", 3662),
        ("1:.5", 60.5),
        ("90", 90),
        ("1 2 h", 7200),
        ("day", 86_400),
        ("minute 30sec", 90),
        ("1h day", 3600),
        ("1 Week", 604_800),
        ("5\twks\n", 3_024_000),
        ("9" * 400, int("9" * 400)),
    ],
)
def test_a_duration_is_a_number_of_seconds(text, seconds):
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("one hour", 3600),
        ("twenty-five minutes", 1500),
        ("twenty five minutes", 1500),
        ("twentyfive minutes", 1500),
        ("ninteen mins", 1140),
        ("hundred secs", 100),
        ("two hundreds", 200),
        ("two hundred and five seconds", 205),
        ("three thousand two hundred twenty one seconds", 3221),
        ("five thirty seconds", 30),
        ("2 hundred", 200),
        ("two and a half hours", 9000),
        ("2 1/2 hours", 9000),
        ("one and 3 quarters hours", 6300),
        ("one and two fifths minutes", 84),
    ],
)
def test_numbers_may_be_numerals(text, seconds):
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0",
        "0 days",
        "and",
        "never",
        "soon",
        "soon 5",
        "30 dayz",
        "10 bananas",
        "5 apples",
        "1 fortnight",
        "2 weeks please",
        "30 minutes.",
        "1 hour , 5 mins",
        "1,000 secs",
        "-5 minutes",
        "1 hour - 5 minutes",
        "1h;",
        "5 µs",
        "5 \u200bh",
        "5 h\x1c",
        "half an hour",
        "an hour",
        "a day",
        "half a day",
        "1/2 hour",
        "one half hour",
        "1 1/0 hours",
        "second third",
        "the first day",
        "5 twenty third",
        "1:2:3:4:5:6:7",
        5,
        None,
        True,
        "9" * 2000,
    ],
)
def test_what_is_no_duration_has_no_seconds(text):
    assert durations.seconds(text) is None


@given(st.text("0123456789.:, hmsdwyaonetwhlfirdu-/", max_size=60))
def test_no_text_fails(text):
    seconds = durations.seconds(text)

    assert seconds is None or seconds > 0


@pytest.mark.parametrize("part", ["1", "1 ", "1-", "one ", "1 and ", "a half ", "1:", "twenty one ", "hundred ", ", "])
def test_a_longer_text_takes_as_much_longer(part):
    half, full = (part * (size // len(part)) for size in (500, 1000))
    durations.seconds(full)

    assert steps(lambda: durations.seconds(full)) < 3 * steps(lambda: durations.seconds(half)) + 100
