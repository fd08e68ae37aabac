"""Identifiers: positive, small enough for every JSON reader, rising with time."""

from hypothesis import given
from hypothesis import strategies as st

from pullcord.ids import EPOCH, LIMIT, fresh, sortable

YEARS = 365 * 86_400_000
MOMENTS = st.integers(EPOCH + 1, EPOCH + 60 * YEARS)
DICE = st.integers(0, 65_535)


@given(MOMENTS, DICE)
def test_an_identifier_is_positive_and_exact_in_a_double(moment, random):
    assert 0 < fresh(moment, random) < LIMIT
    assert int(float(fresh(moment, random))) == fresh(moment, random)


@given(MOMENTS, st.integers(1, YEARS), DICE, DICE)
def test_what_is_made_later_has_the_higher_number(moment, later, first, second):
    assert fresh(moment, first) < fresh(moment + later, second)


def test_two_of_the_same_moment_differ_by_chance():
    assert len({fresh(EPOCH + 1, random) for random in range(5000)}) == 4096


@given(st.integers(0, LIMIT - 1), st.integers(0, LIMIT - 1))
def test_sort_keys_sort_like_numbers(one, other):
    assert (sortable(one) < sortable(other)) == (one < other)
    assert len(sortable(one)) == 16
