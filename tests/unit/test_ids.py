"""Identifiers: positive, small enough for every JSON reader, rising with time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.ids import EPOCH, INLINE_JOBS, LIMIT, following, job_lane, new, parse, pipeline_of_job, sortable

YEARS = 365 * 86_400_000
MOMENTS = st.integers(EPOCH + 1, EPOCH + 34 * YEARS)
DICE = st.integers(0, 65_535)
MADE = st.builds(fresh, MOMENTS, DICE)


@given(MOMENTS, DICE)
def test_an_identifier_is_positive_and_exact_in_a_double(runtime, random):
    assert 0 < new(runtime, random) < LIMIT
    assert int(float(new(runtime, random))) == new(runtime, random)


@given(MOMENTS, st.integers(1, YEARS), DICE, DICE)
def test_what_is_made_later_has_the_higher_number(runtime, later, first, second):
    assert new(runtime, first) < new(runtime + later, second)


def test_two_of_the_same_moment_differ_by_chance():
    assert len({new(EPOCH + 1, random) for random in range(5000)}) == 128


@given(MADE, st.integers(0, INLINE_JOBS))
def test_the_next_31_numbers_are_ones_own(number, steps):
    assert following(number, steps) == number + steps
    assert pipeline_of_job(number + steps) == number


@given(MADE, MADE)
def test_nobody_shares_what_is_their_own(one, other):
    assert one == other or abs(one - other) > OWN


@given(MADE, st.integers(0, 100_000))
def test_numbers_of_the_other_lane_are_nobodys_own_however_far_they_go(number, steps):
    beyond = following(job_lane(number), steps)

    assert pipeline_of_job(beyond) is None
    assert number < beyond < LIMIT


@given(MADE, st.integers(0, 20_000), st.integers(1, 20_000))
def test_numbers_of_the_other_lane_follow_each_other_without_meeting(number, steps, more):
    first = job_lane(number)

    assert following(first, steps) < following(first, steps + more) == following(following(first, steps), more)


@given(st.integers(0, LIMIT - 1), st.integers(0, LIMIT - 1))
def test_sort_keys_sort_like_numbers(one, other):
    assert (sortable(one) < sortable(other)) == (one < other)
    assert len(sortable(one)) == 16


@given(st.integers(0, LIMIT), st.integers(0, 40))
def test_a_text_is_the_number_that_it_spells(number, zeros):
    assert parse("0" * zeros + str(number)) == number


@pytest.mark.parametrize("text", ["", "-7", "7 ", "\uff17", "acme/7", "0x7"])
def test_a_text_that_is_no_number_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["1" + "0" * 16, "9" * 5000])
def test_a_text_of_more_digits_than_any_number_is_nothings(text):
    assert parse(text) == 0
