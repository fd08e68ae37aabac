import pytest

from pullcord.config.context import CompilerLimits
from pullcord.config.problems import Invalid, Location
from pullcord.config.tree import Map, Reference, Seq
from pullcord.config.yaml.reader import read


def refusal(text, **given):
    with pytest.raises(Invalid) as refused:
        read(text, **given)
    return refused.value.problems[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{x: &x {a: 1}, y: {a: 2, <<: *x}}", {"a": 1}),
        ("{x: &x {a: 1}, y: {<<: *x, a: 2}}", {"a": 2}),
        ("{x: &x {a: 1}, z: &z {a: 3, b: 3}, y: {<<: [*x, *z]}}", {"a": 1, "b": 3}),
        ("{x: &x {a: 1}, z: &z {a: 3}, y: {<<: *x, <<: *z}}", {"a": 3}),
        ("{x: &x {a: 1}, y: {'<<': *x}}", {"a": 1}),
        ("{y: {<<: {a: 1}}}", {"a": 1}),
        ("{y: {<<: 5}}", {"<<": 5}),
        ("{y: {<<: [1]}}", {"<<": [1]}),
        ("{x: &x [1], y: {<<: *x}}", {"<<": [1]}),
        ("{x: &x 1, y: {<<: *x}}", {"<<": 1}),
    ],
)
def test_a_merge_key_applies_where_it_stands(text, value):
    assert read(text)["y"] == value


def test_a_key_that_comes_again_keeps_its_first_position_and_its_last_value():
    assert list(read("a: 1\nb: 2\na: 3\n").items()) == [("a", 3), ("b", 2)]


def test_keys_that_are_no_text_stay_what_they_are():
    assert list(read("2: a\ntrue: b\n~: c\n:s: d\n[x, [y]]: e\n1.5: f\n")) == [2, True, None, "s", ("x", ("y",)), 1.5]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!foo bar", "bar"),
        ("!foo {a: !bar 1}", {"a": 1}),
        ("!foo [1]", [1]),
        ("!!binary aGk=", "hi"),
        ("!!binary '?'", ""),
        ("!!str 5", "5"),
        ("! 5", 5),
        ("!!float 3", 3.0),
        ("!!float '1e3'", 1000.0),
        ('!!int "1"', 1),
        ("!foo 'yes'", True),
        ("!foo ''", None),
        ("!!str '1'", "1"),
        ("! '1'", 1),
        ("!!binary YWI", "ab"),
        ("!!binary 'Y W-J j='", "abc"),
        ("!foo '5'", 5),
        ("!ruby/symbol x", "x"),
    ],
)
def test_tags_without_meaning_change_nothing(text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("!ruby/object:Foo {}", "Foo"),
        ("!ruby/object:Foo::Bar {a: 1}", "Foo::Bar"),
        ("!ruby/struct:S {}", "S"),
        ("!!set {a}", "Psych::Set"),
        ("!!omap [a: 1]", "Psych::Omap"),
        ("!ruby/regexp /a/", "Regexp"),
        ("2020-01-01", "Date"),
    ],
)
def test_tags_that_make_objects_are_refused(text, name):
    assert refusal(f"a: {text}").message == f"Tried to load unspecified class: {name}"


def test_a_reference_is_kept_as_it_is():
    value = read("!reference [a, [b]]")

    assert isinstance(value, Reference)
    assert value.data == ["a", ["b"]]
    assert read("!reference foo").data == "foo"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "did not find expected node content while parsing a flow node at line 2 column 1"),
        ("a:\n\tb", "found character that cannot start any token while scanning for the next token at line 2 column 1"),
        ("a: b: c", "mapping values are not allowed in this context at line 1 column 5"),
        ("a: [b c: d", "did not find expected ',' or ']' while parsing a flow sequence at line 1 column 4"),
        ("a: &x &y b", "did not find expected key while parsing a block mapping at line 1 column 1"),
        ("a: 'x", "found unexpected end of stream while scanning a quoted scalar at line 1 column 4"),
        ('a: "\\q"', "found unknown escape character while parsing a quoted scalar at line 1 column 4"),
        ("%YAML 3.0\n--- a", "found incompatible YAML document at line 1 column 1"),
        ("a: \x01", "control characters are not allowed at line 1 column 1"),
    ],
)
def test_a_syntax_error_has_psychs_words(text, message):
    assert refusal(text).message == f"(<unknown>): {message}"


def test_the_location_of_a_syntax_error_is_that_of_the_problem_in_the_whole_file():
    problem = refusal("a: 1\n b: 2\n", name="f.yml", skipped_lines=10)

    assert problem.message == "(<unknown>): mapping values are not allowed in this context at line 2 column 3"
    assert problem.location == Location("f.yml", 12, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: *x", "Unknown alias: x"),
        ("a: \ud800", "Invalid YAML syntax"),
        ("a: 0x_", "Invalid YAML syntax"),
        ("a: &a [*a]", "The parsed YAML is too big"),
        ("[" * 101 + "]" * 101, "The parsed YAML is too big"),
        ("a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 60 + "*a" + "]" * 60, "The parsed YAML is too big"),
    ],
)
def test_what_is_no_syntax_error_has_its_own_message(text, message):
    assert refusal(text).message == message


def test_a_hundred_levels_are_not_too_deep():
    assert read("[" * 100 + "]" * 100)


def test_aliases_count_where_they_stand():
    text = "a: &a " + "x" * 100 + "\nb: [*a, *a, *a]"

    assert read(text, limits=CompilerLimits(yaml_bytes=1000))
    assert refusal(text, limits=CompilerLimits(yaml_bytes=600)).message == "The parsed YAML is too big"


def test_only_the_first_document_of_a_stream_is_read():
    assert read("--- a\n--- [") == "a"
    assert read("# nothing") is None


def test_every_entry_knows_where_it_was_written():
    value = read("a:\n  - x\n  - {b: c}\n", name="f.yml", skipped_lines=5)

    assert isinstance(value, Map)
    assert value.location == Location("f.yml", 6, 1)
    assert value.at("a") == Location("f.yml", 6, 1)
    items = value["a"]
    assert isinstance(items, Seq)
    assert items.at(0) == Location("f.yml", 7, 5)
    assert items[1].at("b") == Location("f.yml", 8, 6)
    assert value.at("not there") == value.location
    assert items.at(9) == items.location
