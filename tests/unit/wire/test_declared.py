"""Declared parameters: types, moments, numbers in paths, who is calling."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.errors import BadParameters, RecordNotFound, Refusal
from pullcord.wire import fields
from pullcord.wire.credentials import personal_token
from tests.unit.wire.calls import JSON, call


def sent(**parameters):
    return call(json.dumps(parameters), JSON)


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), ("", ""), (1, "1"), (True, "true"), (False, "false"), (None, None)]
)
def test_a_text_may_be_sent_as_something_simple(value, text):
    assert fields.text(sent(a=value), "a", required=True) == text


def test_a_text_is_missing_or_invalid():
    with pytest.raises(BadParameters, match="a is missing"):
        fields.text(sent(), "a", required=True)
    with pytest.raises(BadParameters, match="a is invalid"):
        fields.text(sent(a=["x"]), "a")
    assert fields.text(sent(), "a") is None


@pytest.mark.parametrize(
    ("value", "moment"),
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
def test_a_moment(value, runtime):
    assert fields.runtime(sent(a=value), "a") == runtime


@pytest.mark.parametrize(
    "value",
    ["abc", "01/01/2050", "25/26/27", "2308", "2026-13-01", "0001-01-01T00:00:00+14:00", 5, True, ["2026-01-01"]],
)
def test_what_is_no_moment_is_invalid(value):
    with pytest.raises(BadParameters, match="a is invalid"):
        fields.runtime(sent(a=value), "a")


@pytest.mark.parametrize(("segment", "number"), [("5", 5), ("-5", -5), ("0", 0), ("007", 7)])
def test_a_number_in_a_path(segment, number):
    assert fields.identifier(segment, "trigger_id") == number


@pytest.mark.parametrize("segment", ["", "-", "--5", "abc", "1.5", "1e3", " 5", "5 ", "\uff10", "²", "0x1", "1_000"])
def test_what_is_no_number_is_invalid(segment):
    with pytest.raises(BadParameters, match="trigger_id is invalid"):
        fields.identifier(segment, "trigger_id")


@pytest.mark.parametrize("segment", [str(2**63), "9" * 5000, "-" + "9" * 30])
def test_a_number_that_nothing_can_have_is_not_found(segment):
    with pytest.raises(RecordNotFound):
        fields.identifier(segment, "trigger_id")


@given(st.text(max_size=30))
def test_no_text_harms_a_moment_a_number_or_a_header(text):
    headers = {"if-unmodified-since": text}
    for read in (
        lambda: fields.runtime(sent(a=text), "a"),
        lambda: fields.identifier(text, "a"),
        lambda: fields.http_date(headers, "if-unmodified-since"),
    ):
        with suppress(Refusal):
            read()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Wed, 21 Oct 2026 07:28:00 GMT", datetime(2026, 10, 21, 7, 28, tzinfo=UTC)),
        ("2026-10-21T07:28:00Z", datetime(2026, 10, 21, 7, 28, tzinfo=UTC)),
        ("nonsense", None),
        ("", None),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2026 07:28:00 +99999999999", None),
    ],
)
def test_a_moment_in_a_header(text, runtime):
    assert fields.http_date({"if-unmodified-since": text}, "if-unmodified-since") == runtime
    assert fields.http_date({}, "if-unmodified-since") is None


@pytest.mark.parametrize(
    ("headers", "query", "token"),
    [
        ({}, "", None),
        ({"private_token": "a"}, "", "a"),
        ({"authorization": "Bearer a"}, "", "a"),
        ({"authorization": "bearer  a "}, "", "a"),
        ({"authorization": "Basic a"}, "", None),
        ({"authorization": "Bearer"}, "", None),
        ({"authorization": ""}, "", None),
        ({}, "private_token=a", "a"),
        ({}, "access_token=a", "a"),
        ({}, "private_token[]=a", None),
        ({}, "private_token=", None),
        ({"private_token": "a"}, "private_token=b", "a"),
    ],
)
def test_where_a_personal_access_token_may_stand(headers, query, token):
    assert personal_token(call(query=query, **headers)) == token
