"""The three ways in which variables become values."""

import pytest

from pullcord.config.checked import YamlVariable
from pullcord.config.variables import expansion
from pullcord.config.variables.expansion import ExpandedVariables

VALUES = {"A": "x", "NESTED": "$A", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "blank", "kept"),
    [
        ("$A-${A}-%A%", "x-x-x", "x-x-x"),
        ("[$NESTED]", "[$A]", "[$A]"),
        ("[$B${B}%B%]", "[]", "[$B${B}%B%]"),
        ("[$EMPTY]", "[]", "[]"),
        ("$$A", "$x", "$x"),
        ("50% of $5 ${}", "50% of $5 ${}", "50% of $5 ${}"),
        ("plain", "plain", "plain"),
    ],
)
def test_one_pass_blanks_or_keeps_what_is_undefined(text, blank, kept):
    assert (expansion.blank(text, VALUES), expansion.keep(text, VALUES)) == (blank, kept)


def collection(**values: str | YamlVariable) -> ExpandedVariables:
    return ExpandedVariables({key: YamlVariable(key, v) if isinstance(v, str) else v for key, v in values.items()})


@pytest.mark.parametrize(
    ("variables", "expanded"),
    [
        ({"A": "x", "B": "${A}y", "C": "%B%z"}, "xyz"),
        ({"C": "[$UNDEFINED]"}, "[]"),
        ({"A": "x", "C": "$$A %%A%%"}, "$$A %%A%%"),
        ({"A": YamlVariable("A", "$B", raw=True), "B": "x", "C": "$A"}, "$B"),
        ({"B": "x", "C": YamlVariable("C", "$B", raw=True)}, "$B"),
        ({"C": "x$C"}, "x"),
        ({"A": "a$C", "C": "c$A"}, "c$A"),
    ],
)
def test_variables_are_expanded_against_each_other(variables, expanded):
    assert collection(**variables)["C"] == expanded


@pytest.mark.parametrize(
    ("variables", "cycles"),
    [
        ({"A": "$B", "B": "$A"}, [["A", "B"]]),
        ({"X": "$A", "B": "$A", "A": "$C", "C": "$B"}, [["A", "C", "B"]]),
        ({"A": "$A"}, []),
        ({"A": "$B", "B": "$C", "C": "c"}, []),
        ({"A": "$B", "B": YamlVariable("B", "$A", raw=True)}, []),
    ],
)
def test_cycles_are_named_in_the_order_of_the_variables(variables, cycles):
    assert collection(**variables).cycles() == cycles


def test_a_chain_of_any_length_is_followed():
    variables = {f"V{i}": f"$V{i + 1}" for i in range(20_000)} | {"V20000": "end"}

    assert collection(**variables)["V0"] == "end"


def test_a_value_that_would_fill_the_memory_stays_as_written():
    doubling = {f"V{i}": f"$V{i + 1}$V{i + 1}" for i in range(64)} | {"V64": "laugh"}

    assert all(len(value) <= expansion.MAX_LENGTH for value in collection(**doubling).values())
