import pytest

from tests.counting import growth, steps

REFERENCES = ".r0: {s: [x, x, x, x, x, x, x, x, x, x]}\n" + "".join(
    f".r{number}: {{s: [{', '.join([f'!reference [.r{number - 1}, s]'] * 10)}]}}\n" for number in range(1, 9)
)
CHAIN = "".join(f".c{number}: {{s: !reference [.c{number + 1}, s]}}\n" for number in range(1000)) + ".c1000: {s: x}\n"
INHERITANCE = ".b: {s: [" + "x, " * 5000 + "x]}\n" + "".join(f"j{number}: {{extends: .b}}\n" for number in range(1000))
BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
INPUT = 'spec: {inputs: {a: {type: array, default: [%s]}}}\n---\nj: ["$[[ inputs.a ]]"%s]\n'


@pytest.mark.parametrize(
    ("text", "message", "most"),
    [
        (BOMB, "The parsed YAML is too big", 2_000),
        (BOMB.replace("[x]", "[]"), "The parsed YAML is too big", 2_000),
        ("a: &a [*a]", "The parsed YAML is too big", 1_000),
        ("{a: " * 100_000, "The parsed YAML is too big", 5_000),
        ("- " * 100_000, "The parsed YAML is too big", 5_000),
        ("[" * 1_000_000, "The parsed YAML is too big", 5_000),
        ("[" + "1," * 200_000, "The parsed YAML is too big", 2_000_000),
        (REFERENCES, "The parsed YAML is too big", 15_000),
        (CHAIN, "The parsed YAML is too big", 200_000),
        (INHERITANCE, "The parsed YAML is too big", 200_000),
        (INPUT % ("x, " * 1000, ', "$[[ inputs.a ]]"' * 1000), "config too large", 5_000_000),
        ("x: '" + "a" * 2_097_152 + "'", "The provided YAML is too big", 1_000),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_text_that_would_fill_the_memory_is_refused_after_few_steps(refusal, text, message, most):
    steps(lambda: refusal(text), most=most)

    assert refusal(text).message == message


def test_a_file_that_includes_itself_ends_at_the_limit(refusal):
    files = {"a.yml": "include: [a.yml, a.yml]\nj: {script: s}"}

    assert refusal("include: a.yml", files=files).message == "Maximum of 150 nested includes are allowed!"


def test_a_wildcard_of_many_stars_is_matched_in_linear_time(content):
    def matched(length):
        paths = {"a" * length + str(number): "" for number in range(100)}
        return lambda: content("include: '" + "*a" * 100 + "b.yml'", files=paths)

    assert growth(matched(2000), matched(16_000)) < 24
    assert "include" in matched(200)()


def test_many_openings_without_an_end_are_searched_in_linear_time(content):
    def searched(openings):
        return lambda: content("spec: {inputs: {a: {default: x}}}\n---\nj: '" + "$[[ a " * openings + "'")

    assert growth(searched(500), searched(4000)) < 24
    assert searched(160_000)()
