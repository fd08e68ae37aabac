import pytest

from pullcord.config.context import duplicate_names


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ("", None),
        ("ab", None),
        ("aba", "Duplicate variable name: a"),
        ("aaa", "Duplicate variable name: a"),
        ("abba", "Duplicate variable names: a, b"),
        ("baab", "Duplicate variable names: b, a"),
    ],
)
def test_duplicate_names_are_reported_once_and_in_their_order(keys, complaint):
    assert duplicate_names(keys) == complaint
