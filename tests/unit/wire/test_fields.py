"""Single parameters: texts, times, booleans, ids in paths, dates in headers."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.errors import BadParameters, RecordNotFound, Refusal
from pullcord.wire import fields
from tests.unit.wire.calls import json_call, query_call


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), ("", ""), (1, "1"), (True, "true"), (False, "false"), (None, None)]
)
def test_a_text_may_be_sent_as_another_scalar(value, text):
    assert fields.text(json_call(a=value), "a", required=True) == text


def test_a_text_is_missing_or_invalid():
    with pytest.raises(BadParameters, match="a is missing"):
        fields.text(json_call(), "a", required=True)
    with pytest.raises(BadParameters, match="a is invalid"):
        fields.text(json_call(a=["x"]), "a")
    assert fields.text(json_call(), "a") is None


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-12-24", datetime(2026, 12, 24, tzinfo=UTC)),
        ("2026-12-24T10:00:00Z", datetime(2026, 12, 24, 10, tzinfo=UTC)),
        ("2026-12-24T10:00:00+02:00", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        ("2026-12-24 10:00", datetime(2026, 12, 24, 10, tzinfo=UTC)),
        (" 2026-12-24 ", datetime(2026, 12, 24, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_a_time(value, time):
    assert fields.timestamp(json_call(a=value), "a") == time


@pytest.mark.parametrize(
    "value",
    ["abc", "01/01/2050", "25/26/27", "2308", "2026-13-01", "0001-01-01T00:00:00+14:00", 5, True, ["2026-01-01"]],
)
def test_other_values_are_no_time(value):
    with pytest.raises(BadParameters, match="a is invalid"):
        fields.timestamp(json_call(a=value), "a")


@pytest.mark.parametrize(("segment", "number"), [("5", 5), ("-5", -5), ("0", 0), ("007", 7)])
def test_an_id_in_a_path(segment, number):
    assert fields.identifier(segment, "trigger_id") == number


@pytest.mark.parametrize("segment", ["", "-", "--5", "abc", "1.5", "1e3", " 5", "5 ", "\uff10", "²", "0x1", "1_000"])
def test_other_text_is_no_id(segment):
    with pytest.raises(BadParameters, match="trigger_id is invalid"):
        fields.identifier(segment, "trigger_id")


@pytest.mark.parametrize("segment", [str(2**63), "9" * 5000, "-" + "9" * 30])
def test_an_id_that_is_too_large_is_not_found(segment):
    with pytest.raises(RecordNotFound):
        fields.identifier(segment, "trigger_id")


@given(st.text(max_size=30))
def test_every_text_is_read_or_refused(text):
    headers = {"if-unmodified-since": text}
    for read in (
        lambda: fields.timestamp(json_call(a=text), "a"),
        lambda: fields.identifier(text, "a"),
        lambda: fields.http_date(headers, "if-unmodified-since"),
    ):
        with suppress(Refusal):
            read()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Wed, 21 Oct 2026 07:28:00 GMT", datetime(2026, 10, 21, 7, 28, tzinfo=UTC)),
        ("2026-10-21T07:28:00Z", datetime(2026, 10, 21, 7, 28, tzinfo=UTC)),
        ("nonsense", None),
        ("", None),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2026 07:28:00 +99999999999", None),
    ],
)
def test_a_time_in_a_header(text, time):
    assert fields.http_date({"if-unmodified-since": text}, "if-unmodified-since") == time
    assert fields.http_date({}, "if-unmodified-since") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("true", "t", "yes", "y", "on", "1", "TRUE", "Yes")),
        *((word, False) for word in ("false", "f", "no", "n", "off", "0", "False", "OFF")),
        ("", None),
    ],
)
def test_a_boolean_has_many_spellings(text, value):
    assert fields.boolean(query_call(f"a={text}"), "a") is value


def test_a_boolean_of_other_text_is_invalid():
    with pytest.raises(BadParameters, match="a is invalid"):
        fields.boolean(query_call("a=maybe"), "a")


def test_a_choice_is_one_of_its_values_or_empty():
    assert fields.choice(query_call("a=x"), "a", ("x", "y")) == "x"
    assert fields.choice(query_call("a="), "a", ("x", "y")) is None
    with pytest.raises(BadParameters, match="a does not have a valid value"):
        fields.choice(query_call("a=z"), "a", ("x", "y"))
