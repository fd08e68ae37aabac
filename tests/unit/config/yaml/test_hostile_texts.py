import time

import pytest

REFERENCES = ".r0: {s: [x, x, x, x, x, x, x, x, x, x]}\n" + "".join(
    f".r{number}: {{s: [{', '.join([f'!reference [.r{number - 1}, s]'] * 10)}]}}\n" for number in range(1, 9)
)
CHAIN = "".join(f".c{number}: {{s: !reference [.c{number + 1}, s]}}\n" for number in range(1000)) + ".c1000: {s: x}\n"
INHERITANCE = ".b: {s: [" + "x, " * 5000 + "x]}\n" + "".join(f"j{number}: {{extends: .b}}\n" for number in range(1000))
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
INPUT = 'spec: {inputs: {a: {type: array, default: [%s]}}}\n---\nj: ["$[[ inputs.a ]]"%s]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "The parsed YAML is too big"),
        (BOMB.replace("[x]", "[]"), "The parsed YAML is too big"),
        ("a: &a [*a]", "The parsed YAML is too big"),
        ("{a: " * 100_000, "The parsed YAML is too big"),
        ("- " * 100_000, "The parsed YAML is too big"),
        ("[" * 1_000_000, "The parsed YAML is too big"),
        ("[" + "1," * 200_000, "The parsed YAML is too big"),
        (REFERENCES, "The parsed YAML is too big"),
        (CHAIN, "The parsed YAML is too big"),
        (INHERITANCE, "The parsed YAML is too big"),
        (INPUT % ("x, " * 1000, ', "$[[ inputs.a ]]"' * 1000), "config too large"),
        ("x: '" + "a" * 2_097_152 + "'", "The provided YAML is too big"),
    ],
    ids=lambda value: value[:20],
)
def test_a_text_that_would_fill_the_memory_is_refused_at_once(refusal, text, message):
    before = time.process_time()

    assert refusal(text).message == message
    assert time.process_time() - before < 1


def test_a_file_that_includes_itself_ends_at_the_limit(refusal):
    files = {"a.yml": "include: [a.yml, a.yml]\nj: {script: s}"}

    assert refusal("include: a.yml", files=files).message == "Maximum of 150 nested includes are allowed!"


def test_a_wildcard_of_many_stars_is_matched_in_linear_time(content):
    paths = {"a" * 200 + str(number): "" for number in range(100)}
    before = time.process_time()

    assert "include" in content("include: '" + "*a" * 100 + "b.yml'", files=paths)
    assert time.process_time() - before < 1


def test_many_openings_without_an_end_are_searched_in_linear_time(content):
    before = time.process_time()

    assert content("spec: {inputs: {a: {default: x}}}\n---\nj: '" + "$[[ a " * 100_000 + "'")
    assert time.process_time() - before < 1
