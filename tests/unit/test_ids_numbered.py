import pytest

from pullcord.ids import TRIES, IdTaken, with_new_id


def taken_until(free):
    def attempt(number):
        if number < free:
            raise IdTaken
        return number

    return attempt


def test_a_free_number_is_used_at_once():
    assert with_new_id(iter([7, 8]).__next__, taken_until(0)) == 7


def test_a_taken_number_gives_way_to_another():
    assert with_new_id(iter([7, 8, 9]).__next__, taken_until(9)) == 9


def test_numbers_that_are_always_taken_are_a_fault():
    with pytest.raises(IdTaken):
        with_new_id(iter(range(TRIES)).__next__, taken_until(TRIES))
