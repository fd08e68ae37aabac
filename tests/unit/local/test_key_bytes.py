"""Keys as bytes: they sort as DynamoDB sorts the values."""

import base64
import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord_local.dynamodb.key_bytes import after_prefix, key_bytes, number_bytes

NUMBERS = re.split(
    r"\s+",
    """-9.9999999999999999999999999999999999999E+125 -1E+10 -123.5 -123.45 -123.4 -123 -100 -12 -10 -9.99 -2 -1.5 -1.25 -1
-0.5 -0.05 -1E-130 0 1E-130 1E-129 0.05 0.5 0.55 1 1.25 1.5 2 9.99 10 12 99 100 123 123.4 123.45 123.5 1000 1E+10
10000000001 1E+125 9.9999999999999999999999999999999999999E+125""",
)

DECIMALS = st.decimals(min_value=Decimal("-1e30"), max_value=Decimal("1e30"), allow_nan=False, places=6)


def test_numbers_sort_by_value():
    mixed = NUMBERS[::-2] + NUMBERS[-2::-2]

    assert sorted(mixed, key=lambda text: number_bytes(Decimal(text))) == NUMBERS


@given(DECIMALS, DECIMALS)
def test_of_two_numbers_the_smaller_has_the_smaller_bytes(one, other):
    assert (one < other) == (number_bytes(one) < number_bytes(other))


@pytest.mark.parametrize(
    ("one", "other"), [("1", "1.0"), ("100", "1E2"), ("0", "-0.00"), ("007", "7"), ("-1.50", "-1.5")]
)
def test_equal_numbers_have_the_same_bytes(one, other):
    assert key_bytes({"N": one}) == key_bytes({"N": other})


def test_texts_sort_by_their_bytes_of_utf_8():
    texts = ["", "\x00", "A", "a", "a\x00", "aa", "ab", "b", "é", "\uffff", "\U0001f600"]

    assert sorted([*texts[::2], *texts[1::2]], key=lambda text: key_bytes({"S": text})) == texts


def test_binary_values_sort_by_their_bytes_and_not_by_their_base64():
    values = [bytes(pair) for pair in itertools.product(range(0, 256, 51), repeat=2)]
    encoded = [base64.b64encode(value).decode() for value in values]

    assert sorted(encoded, key=lambda text: key_bytes({"B": text})) == encoded


@pytest.mark.parametrize("value", [{"BOOL": True}, {"NULL": True}, {"SS": ["a"]}, {"M": {}}])
def test_no_other_value_is_a_key(value):
    assert key_bytes(value) is None


@pytest.mark.parametrize(
    ("prefix", "end"), [(b"a", b"b"), (b"a\xff", b"b"), (b"a\xfe", b"a\xff"), (b"\xff\xff", None), (b"", None)]
)
def test_everything_with_a_prefix_ends_before_one_text(prefix, end):
    assert after_prefix(prefix) == end
