"""The language of `rules:if`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.conditions import expressions

VARIABLES = {
    "A": "abc",
    "EMPTY": "",
    "BLANK": " \n",
    "RE": "/^a.c$/",
    "T": "true",
    "F": "false",
    "LINES": "x\n/^ab/\ny",
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("$A", True),
        ("$UNDEFINED", False),
        ("$EMPTY", False),
        ("$BLANK", False),
        ("$F", True),
        ('"false"', True),
        ("true", True),
        ("false", False),
        ("null", False),
        ("$EMPTY && $A", True),
        ("$EMPTY || $A", False),
        ("$UNDEFINED || $A", True),
        ("!$EMPTY", True),
        ('!$A == "x"', False),
        ("!!$A", True),
        ('$A == "abc" == true', True),
        ("$T == true", True),
        ("$T == false", False),
        ('$UNDEFINED == ""', False),
        ("$UNDEFINED == null", True),
        ("$UNDEFINED == $MISSING", True),
        ("$UNDEFINED == false", False),
        ('$A == "abc" && $T || $UNDEFINED', True),
        ('$UNDEFINED && ($A == "abc" || $T)', False),
        ("$A\n==\n'abc'", True),
        ('$A == "$A"', False),
        ("/ab/", True),
    ],
)
def test_a_rule_holds_when_its_value_is_present(text, holds):
    assert expressions.parse(text).holds(VARIABLES) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("$A =~ /^ab/", True),
        ("$A =~ /BC/i", True),
        ("$A =~ /BC/", False),
        ("$A !~ /^ab/", False),
        ("$EMPTY =~ /^$/", True),
        ("$UNDEFINED =~ /.*/", True),
        ("$A =~ null", False),
        ("$A !~ null", True),
        ("$EMPTY =~ null", False),
        ("$EMPTY !~ null", True),
        ("$EMPTY =~ $UNDEFINED", False),
        ("$UNDEFINED =~ null", False),
        ("$A =~ $RE", True),
        ("$A =~ '/^ab/'", True),
        ("$A =~ $LINES", True),
        ('$A =~ "xabcx"', True),
        ('$A =~ "bc"', False),
        ('$EMPTY =~ "bc"', True),
        ("$A =~ '/a(?=b)/'", False),
        ('"a/b" =~ /a\\/b/', True),
        ("$LINES =~ /x.*y/s", True),
        ("$LINES =~ /x.*y/", False),
        ("$LINES =~ /^y$/m", True),
        ("$LINES =~ /^y$/", False),
    ],
)
def test_matching_finds_a_pattern_or_a_text_in_a_text(text, holds):
    assert expressions.parse(text).holds(VARIABLES) is holds


NO_TEXT = [5, None, True, ["$A"]]
BAD_WORDS = ["${A}", "%A%", "5", "abc", "truely", "'open", "'a\nb'", "$A = 'x'", "$A & $B", "$A =~ /a/"]
BAD_ORDER = ["", " ", "()", "$A $A", "$A ==", "== $A", "($A", "$A)", "!", "!" * 99 + "$A"]


@pytest.mark.parametrize("text", [*NO_TEXT, *BAD_WORDS, *BAD_ORDER, "$A =~ /a(?=b)c/"])
def test_what_is_no_expression_is_not_valid(text):
    assert not expressions.valid(text)


@pytest.mark.parametrize(
    "text", ["!" * 98 + "$A", '"a" "a" ==', "null==null", "((($A)))", '$[[ inputs.my-name ]] == "x"']
)
def test_what_gitlab_accepts_is_valid(text):
    assert expressions.valid(text)


def test_only_what_was_looked_at_is_seen():
    assert expressions.parse('$A == "q" && $B || $EMPTY').evaluate(VARIABLES) == (False, {"A": "abc", "EMPTY": ""})


def test_an_undefined_variable_is_seen_as_none():
    assert expressions.parse("$B").evaluate(VARIABLES) == (False, {"B": None})


def test_inputs_keep_their_type():
    assert expressions.parse("$[[ inputs.on ]] == true").holds({}, {"on": True})
    assert expressions.parse("$[[ inputs.list ]]").holds({}, {"list": []}) is False


WORDS = st.sampled_from(
    [*"()!", "$A", "$B", '"x"', "'/a+/'", "/ab/i", "null", "true", "==", "!=", "=~", "!~", "&&", "||"]
)


@given(st.lists(WORDS, max_size=120).map(" ".join) | st.text(max_size=200))
def test_no_text_makes_the_language_fail(text):
    expression = expressions.parse(text)

    assert expressions.valid(text) is (expression is not None)
    if expression is not None:
        assert expression.evaluate(VARIABLES)[0] is expression.holds(VARIABLES)
