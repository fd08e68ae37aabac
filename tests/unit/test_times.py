"""Times as GitLab writes them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.times import iso, parsed

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (datetime(2026, 3, 1, 10, 20, 30, 456789, tzinfo=UTC), "2026-03-01T10:20:30.456Z"),
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00.000Z"),
        (datetime(2026, 3, 1, 8, tzinfo=TOKYO), "2026-02-28T23:00:00.000Z"),
    ],
)
def test_a_time_is_written_in_utc_with_milliseconds(time, text):
    assert iso(time) == text


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-03-01T10:20:30.456Z", datetime(2026, 3, 1, 10, 20, 30, 456000, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T08:00+09:00", datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_time_is_parsed_from_iso_8601(text, time):
    assert parsed(text) == time


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_written_time_can_be_parsed(time):
    assert parsed(iso(time)) == time.replace(microsecond=time.microsecond // 1000 * 1000)


@given(st.text(max_size=30))
def test_every_text_is_a_time_or_none(text):
    time = parsed(text)

    assert time is None or iso(time)
