"""Values as Ruby writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config import ruby
from pullcord.config.tree import Symbol


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (8, "8"),
        (1.1, "1.1"),
        (1.0, "1.0"),
        (1e14, "100000000000000.0"),
        (1e15, "1.0e+15"),
        (-1234567890123456.0, "-1.234567890123456e+15"),
        (0.0001, "0.0001"),
        (1e-5, "1.0e-05"),
        (1e100, "1.0e+100"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (float("nan"), "NaN"),
        ("x", "x"),
        (Symbol("x"), "x"),
        (["a", 1, None, [True]], '["a", 1, nil, [true]]'),
        ({"a": 1, "b c": "d"}, '{:a=>1, :"b c"=>"d"}'),
    ],
)
def test_a_value_has_a_text(value, text):
    assert ruby.to_s(value) == text


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("a", '"a"'),
        ('"\\', '"\\"\\\\"'),
        ("\n\t\x00\x7f\x1b", '"\\n\\t\\u0000\\x7F\\e"'),
        ("#{x} #$y # z", '"\\#{x} \\#$y # z"'),
        ("ä", '"ä"'),
        (Symbol("x"), ":x"),
        (None, "nil"),
    ],
)
def test_a_value_has_a_source(value, source):
    assert ruby.inspect(value) == source


@pytest.mark.parametrize("value", [None, False, "", " \n", [], {}, Symbol("")])
def test_nothing_is_blank(value):
    assert ruby.blank(value)


@pytest.mark.parametrize("value", [True, 0, 0.0, "x", [None], {"": 1}, Symbol(" ")])
def test_everything_else_is_present(value):
    assert not ruby.blank(value)


@given(st.floats(allow_nan=False))
def test_a_float_reads_back(value):
    assert float(ruby.to_s(value).replace("Infinity", "inf")) == value


def test_no_number_is_too_long_to_be_written():
    assert ruby.to_s(10**5000).startswith("0x")
