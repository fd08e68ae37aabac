"""The three ways in which variables become values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.checked import YamlVariable
from pullcord.config.context import Context, Variable
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layers, Variables, layer

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


def collection(**values: str | YamlVariable) -> Variables:
    variables = {key: YamlVariable(key, v) if isinstance(v, str) else v for key, v in values.items()}
    return Variables((), (variables,), ())


def layered(predefined=(), globals_=(), job=(), settings=(), request=()) -> Variables:
    """Variables of a job, each layer a map of values."""
    context = Context(
        predefined=dict(predefined),
        project_variables=[Variable(*item) for item in dict(settings).items()],
        variables=[Variable(*item) for item in dict(request).items()],
    )
    layers = Layers.of(context, [YamlVariable(*item) for item in dict(globals_).items()])
    own = layer([YamlVariable(*item) for item in dict(job).items()])
    return layers.for_job(own, layers.inherit(names=True), {})


@pytest.mark.parametrize(
    ("variables", "expanded"),
    [
        ({"A": "x", "B": "${A}y", "C": "%B%z"}, "xyz"),
        ({"C": "[$UNDEFINED]"}, "[]"),
        ({"A": "x", "C": "$$A %%A%%"}, "$$A %%A%%"),
        ({"A": YamlVariable("A", "$B", raw=True), "B": "x", "C": "$A"}, "$B"),
        ({"B": "x", "C": YamlVariable("C", "$B", raw=True)}, "$B"),
        ({"C": "x$C"}, "x"),
        ({"C": "$C-${C}-%C%-$$C"}, "---$$C"),
        ({"A": "a$A", "B": "$A/b$B", "C": "$A $B $C"}, "a a/b "),
        ({"A": YamlVariable("A", "a$A", raw=True), "C": "$A"}, "a$A"),
        ({"C": YamlVariable("C", "c$C", raw=True)}, "c$C"),
        ({"A": "a$C", "C": "c$A"}, "c$A"),
        ({"A": "a$B", "B": "b$A", "X": "x", "C": "$X"}, "$X"),
    ],
)
def test_variables_are_expanded_against_each_other(variables, expanded):
    assert collection(**variables).expanded["C"] == expanded


@pytest.mark.parametrize(
    ("layers", "expanded"),
    [
        ({"globals_": {"A": "web"}, "job": {"A": "apps/$A"}}, "apps/"),
        ({"predefined": {"A": "main"}, "globals_": {"A": "x-$A"}}, "x-main"),
        ({"predefined": {"A": "main"}, "globals_": {"A": "x-$A"}, "job": {"A": "y-$A"}}, "y-main"),
        ({"globals_": {"A": "apps/$A"}, "request": {"A": "web"}}, "apps/web"),
        ({"globals_": {"A": "apps/$A"}, "settings": {"A": "api"}, "request": {"A": "web"}}, "apps/web"),
        ({"globals_": {"A": "web"}, "request": {"A": "apps/$A"}}, "apps/web"),
        ({"settings": {"A": "web"}, "request": {"A": "apps/$A"}}, "apps/web"),
        ({"globals_": {"A": "x", "B": "$A"}, "request": {"A": "$B!"}}, "$B!"),
        ({"globals_": {"A": "a$A"}, "request": {"A": "b$A"}}, "b$A"),
    ],
)
def test_a_value_finds_other_variables_of_its_own_name(layers, expanded):
    assert layered(**layers).expanded["A"] == expanded


PIECES = st.sampled_from(["x", "/", "$A", "${B}", "%C%", "$D", "$E", "$$A", "%%", "$", "${}", "$UNDEFINED"])
VALUES_OF_LAYER = st.dictionaries(st.sampled_from("ABCDE"), st.lists(PIECES, max_size=3).map("".join))


@given(VALUES_OF_LAYER, VALUES_OF_LAYER, VALUES_OF_LAYER, st.permutations("ABCDE"))
def test_values_do_not_depend_on_the_order_in_which_they_are_read(predefined, job, request, order):
    in_order, shuffled = (layered(predefined=predefined, job=job, request=request) for _ in range(2))
    names = [name for name in order if name in shuffled]

    values = {name: shuffled.expanded[name] for name in names}

    assert values == dict(in_order.expanded)


@given(VALUES_OF_LAYER)
def test_a_reference_to_itself_is_removed_once(values):
    variables = collection(**values)

    if not variables.cycles:
        twice = collection(**{name: f"${{{name}}}{value}" for name, value in values.items()})
        assert dict(twice.expanded) == dict(variables.expanded)


@pytest.mark.parametrize(
    ("variables", "cycles"),
    [
        ({"A": "$B", "B": "$A"}, [["A", "B"]]),
        ({"X": "$A", "B": "$A", "A": "$C", "C": "$B"}, [["A", "C", "B"]]),
        ({"A": "$A"}, []),
        ({"A": "$B", "B": "$C", "C": "c"}, []),
        ({"A": "$B", "B": YamlVariable("B", "$A", raw=True)}, []),
        ({"B": "$C", "D": "$E", "E": "${D}", "C": "%B%"}, [["B", "C"], ["D", "E"]]),
    ],
)
def test_cycles_are_named_in_the_order_of_the_variables(variables, cycles):
    assert collection(**variables).cycles == cycles


@pytest.mark.parametrize(
    ("layers", "cycles"),
    [
        ({"globals_": {"A": "$B", "B": "$A"}, "job": {"A": "a"}}, []),
        ({"globals_": {"A": "$B"}, "job": {"B": "x$C", "C": "$A"}}, [["A", "B", "C"]]),
        ({"globals_": {"A": "$B", "B": "$A"}, "request": {"A": "a"}}, [["A", "B"]]),
        ({"globals_": {"A": "a$A"}, "request": {"A": "b$A"}}, [["A", "A"]]),
        ({"predefined": {"A": "$B"}, "globals_": {"A": "a", "B": "$A"}}, [["A", "B"]]),
        ({"globals_": {"A": "$B", "B": "$A$C", "C": "$A"}, "job": {"C": "c"}}, [["A", "B"]]),
        ({"globals_": {"A": "$B", "B": "$A"}, "job": {"C": "$D", "D": "$C"}}, [["A", "B"], ["C", "D"]]),
    ],
)
def test_a_cycle_may_go_through_variables_that_others_override(layers, cycles):
    assert layered(**layers).cycles == cycles


def test_a_chain_of_any_length_is_followed():
    variables = {f"V{i}": f"$V{i + 1}" for i in range(20_000)} | {"V20000": "end"}

    assert collection(**variables).expanded["V0"] == "end"


def test_a_value_that_would_fill_the_memory_stays_as_written():
    doubling = {f"V{i}": f"$V{i + 1}$V{i + 1}" for i in range(64)} | {"V64": "laugh"}

    assert all(len(value) <= expansion.MAX_LENGTH for value in collection(**doubling).expanded.values())
