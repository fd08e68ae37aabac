"""Numbers of new objects: small, counted for each kind, and never given out twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pullcord.aws.sequences import Sequences
from pullcord.aws.table import Table


@pytest.fixture
def sequences(world):
    return Sequences(Table(world.outputs["PipelinesTable"]))


def test_each_kind_is_counted_from_1(world, sequences):
    with world.acting("ProjectsFunction"):
        given = [sequences.next(name) for name in ("projects", "triggers", "projects")]

    assert given == [(1,), (1,), (2,)]


def test_number_1_is_the_first_administrators(world, sequences):
    with world.acting("UsersFunction"):
        assert sequences.next("users", "namespaces") == (2, 2)


def test_groups_and_own_namespaces_share_a_sequence(world, sequences):
    with world.acting("UsersFunction"):
        _, of_user = sequences.next("users", "namespaces")
    with world.acting("ProjectsFunction"):
        assert sequences.next("namespaces") == (of_user + 1,)


def test_several_numbers_of_one_kind_are_given_at_once(world, sequences):
    with world.acting("SettingsFunction"):
        assert sequences.next("push_access_levels", "merge_access_levels", "push_access_levels") == (1, 1, 2)
        assert sequences.next("push_access_levels") == (3,)


def test_callers_at_the_same_time_get_different_numbers(world, sequences):
    with world.acting("ProjectsFunction"), ThreadPoolExecutor(8) as threads:
        given = [
            number for numbers in threads.map(lambda _: sequences.next("projects"), range(40)) for number in numbers
        ]

    assert sorted(given) == list(range(1, 41))
