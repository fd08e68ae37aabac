"""Values that can be parsed and cannot be stored are refused or stay texts; they cause no fault."""

import json
import sys

import pytest

from pullcord.errors import BadParameters, BadRequest
from pullcord.times import parsed
from pullcord.wire import body, fields
from pullcord.wire.trigger_params import typed
from tests.unit.wire.calls import JSON, event

DEEPER_THAN_PYTHON = sys.getrecursionlimit() * 2


def from_body(text):
    return body.parameters(event(text, JSON))


@pytest.mark.parametrize(
    "text", ["NaN", "-Infinity", "1e999", '"\\ud800"', '"\\u0000"', '["\\udfff"]', "[" * 101 + "]" * 101]
)
def test_an_input_that_cannot_be_written_as_json_stays_a_text(text):
    assert typed(text) == text


@pytest.mark.parametrize("depth", [101, 900, DEEPER_THAN_PYTHON])
def test_an_input_that_is_nested_too_deeply_stays_a_text(depth):
    text = "[" * depth + "]" * depth

    assert typed(text) == text


@pytest.mark.parametrize(("text", "value"), [('{"k": [1.5, true]}', {"k": [1.5, True]}), ("1e308", 1e308), ("42", 42)])
def test_an_input_that_is_json_has_its_value(text, value):
    assert typed(text) == value


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e999", "9" * 5000])
def test_a_body_with_a_number_that_cannot_be_written_as_json_is_refused(number):
    with pytest.raises(BadParameters, match="message body does not match declared format"):
        from_body(f'{{"ref": "main", "inputs": {{"a": {number}}}}}')


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000"])
@pytest.mark.parametrize("place", ['{{"{}": 1}}', '{{"a": "{}"}}', '{{"a": [{{"b": ["{}"]}}]}}'])
def test_a_body_with_a_text_that_cannot_be_stored_is_refused(text, place):
    with pytest.raises(BadRequest, match="invalid character"):
        from_body(place.format(text))


@pytest.mark.parametrize("depth", [33, 900, DEEPER_THAN_PYTHON])
def test_a_body_that_is_nested_too_deeply_is_refused(depth):
    with pytest.raises(BadParameters):
        from_body('{"a": ' + "[" * depth + "]" * depth + "}")


def test_a_large_body_is_accepted():
    text = "x" * 5_000_000

    assert from_body(json.dumps({"variables": {"LARGE": text}})) == {"variables": {"LARGE": text}}


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "", "soon", "2026-02-30"])
def test_a_time_that_utc_cannot_express_is_none(text):
    assert parsed(text) is None


@pytest.mark.parametrize(
    "text", ["Mon, 01 Jan 99999999999999 00:00:00 GMT", "Mon, 01 Jan 2020 00:00:00 +999999999999999999"]
)
def test_an_impossible_date_in_a_header_is_ignored(text):
    assert fields.http_date({"if-unmodified-since": text}, "if-unmodified-since") is None
