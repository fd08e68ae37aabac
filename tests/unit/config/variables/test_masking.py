"""No part of a masked value is readable, however values and text overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.context import Context, Variable
from pullcord.config.include.scope import IncludeScope
from pullcord.config.variables.layers import Variables, layer
from pullcord.config.variables.masking import MASKED, masked
from tests.counting import growth


@pytest.mark.parametrize(
    ("text", "secrets", "shown"),
    [
        ("a deploy-key b", ["deploy-key"], "a [MASKED] b"),
        ("deploy-key-and-more", ["deploy-key", "deploy-key-and-more"], "[MASKED]"),
        ("deploy-key-and-more", ["deploy-key-and-more", "deploy-key"], "[MASKED]"),
        ("my-deploy-key", ["deploy-key", "my-deploy-key"], "[MASKED]"),
        ("abcdefghij-klm", ["abcdefgh", "efghij-k"], "[MASKED]lm"),
        ("aaaaaaaaaaab", ["aaaaaaaa"], "[MASKED]b"),
        ("ababababx", ["ababa"], "[MASKED]bx"),
        ("abaabaaba", ["aba"], "[MASKED]" * 3),
        ("abacabacaba", ["abacaba"], "[MASKED]"),
        ("onetwo", ["one", "two"], "[MASKED][MASKED]"),
        ("x MASKED y", ["x", "MASKED"], "[MASKED] [MASKED] y"),
        ("nothing", ["secret", ""], "nothing"),
        ("", ["secret"], ""),
    ],
)
def test_every_place_of_every_secret_is_masked(text, secrets, shown):
    assert masked(text, secrets) == shown


@pytest.mark.parametrize(("unit", "rest"), [("a", ""), ("ab", "a"), ("abc", "ab"), ("aaab", "aa")])
def test_a_secret_that_repeats_itself_takes_time_in_proportion_to_the_text(unit, rest):
    secret = unit * 2_000 + rest

    assert growth(lambda: masked(unit * 4_000, [secret]), lambda: masked(unit * 32_000, [secret])) < 24


@given(st.text("ab", max_size=30), st.lists(st.text("ab", min_size=2, max_size=6), max_size=4))
def test_no_secret_is_left_and_nothing_else_is_taken(text, secrets):
    shown = masked(text, secrets)

    assert not any(secret in part for secret in secrets for part in shown.split(MASKED))
    assert shown == masked(text, reversed(secrets))
    assert (shown == text) == (not any(secret in text for secret in secrets))


def test_rules_and_includes_mask_in_the_same_way():
    short, long = Variable("A", "token-12", masked=True), Variable("B", "token-12-and-more", masked=True)
    variables = Variables((layer([short, long]),), (), ())
    scope = IncludeScope(Context("main", project_variables=(short, long)), None)

    assert variables.masked_text("x token-12-and-more") == "x [MASKED]"
    assert scope.mask("x token-12-and-more") == "x [MASKED]"
