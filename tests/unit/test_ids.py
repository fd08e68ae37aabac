"""Ids: positive, small enough for every JSON reader, rising with time; and making objects with new ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.ids import (
    ATTEMPTS,
    EPOCH,
    INLINE_JOBS,
    LIMIT,
    IdTaken,
    following,
    job_lane,
    new,
    parse,
    pipeline_of_job,
    sortable,
    with_new_id,
)

YEARS = 365 * 86_400_000
MILLISECONDS = st.integers(EPOCH + 1, EPOCH + 34 * YEARS)
RANDOM = st.integers(0, 65_535)
NEW_IDS = st.builds(new, MILLISECONDS, RANDOM)


@given(MILLISECONDS, RANDOM)
def test_an_id_is_positive_and_exact_in_a_double(milliseconds, random):
    assert 0 < new(milliseconds, random) < LIMIT
    assert int(float(new(milliseconds, random))) == new(milliseconds, random)


@given(MILLISECONDS, st.integers(1, YEARS), RANDOM, RANDOM)
def test_a_later_id_is_higher(milliseconds, later, first, second):
    assert new(milliseconds, first) < new(milliseconds + later, second)


def test_ids_of_one_millisecond_have_128_values():
    assert len({new(EPOCH + 1, random) for random in range(5000)}) == 128


@given(NEW_IDS, st.integers(0, INLINE_JOBS))
def test_the_next_31_ids_are_reserved_for_the_pipelines_jobs(number, steps):
    assert following(number, steps) == number + steps
    assert pipeline_of_job(number + steps) == number


@given(NEW_IDS, NEW_IDS)
def test_reserved_ids_of_two_pipelines_do_not_overlap(one, other):
    assert one == other or abs(one - other) > INLINE_JOBS


@given(NEW_IDS, st.integers(0, 100_000))
def test_ids_of_the_job_lane_are_reserved_for_no_pipeline(number, steps):
    beyond = following(job_lane(number), steps)

    assert pipeline_of_job(beyond) is None
    assert number < beyond < LIMIT


@given(NEW_IDS, st.integers(0, 20_000), st.integers(1, 20_000))
def test_ids_of_the_job_lane_follow_each_other(number, steps, more):
    first = job_lane(number)

    assert following(first, steps) < following(first, steps + more) == following(following(first, steps), more)


@given(st.integers(0, LIMIT - 1), st.integers(0, LIMIT - 1))
def test_sort_keys_sort_like_numbers(one, other):
    assert (sortable(one) < sortable(other)) == (one < other)
    assert len(sortable(one)) == 16


@given(st.integers(0, LIMIT), st.integers(0, 40))
def test_an_id_is_parsed_from_digits(number, zeros):
    assert parse("0" * zeros + str(number)) == number


@pytest.mark.parametrize("text", ["", "-7", "7 ", "\uff17", "acme/7", "0x7"])
def test_a_text_that_is_not_a_number_is_no_id(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["1" + "0" * 16, "9" * 5000])
def test_a_number_with_too_many_digits_is_an_id_that_nothing_has(text):
    assert parse(text) == 0


def taken_below(free):
    def attempt(number):
        if number < free:
            raise IdTaken
        return number

    return attempt


def test_a_free_id_is_used_at_once():
    assert with_new_id(iter([7, 8]).__next__, taken_below(0)) == 7


def test_a_taken_id_is_replaced_by_another():
    assert with_new_id(iter([7, 8, 9]).__next__, taken_below(9)) == 9


def test_ids_that_are_always_taken_are_a_fault():
    with pytest.raises(IdTaken):
        with_new_id(iter(range(ATTEMPTS)).__next__, taken_below(ATTEMPTS))
