import pytest

MISSING = "input: required value has not been provided"
RULES = "{options: [small, big], default: small}"


def with_input(declaration, name="n"):
    return f"spec: {{inputs: {{{name}: {declaration}}}}}\n---\nj: $[[ inputs.{name} ]]"


@pytest.mark.parametrize(
    ("declaration", "given", "value"),
    [
        ("null", "x", "x"),
        ("{default: x}", None, "x"),
        ("{default: 5}", None, "5"),
        ("{default: null}", None, ""),
        ("{type: number, default: null}", None, None),
        ("{default: ''}", None, ""),
        ("{}", 5, "5"),
        ("{}", True, "true"),
        ("{}", ["a", 1], '["a", 1]'),
        ("{}", {"k": "v"}, '{:k=>"v"}'),
        ("{type: number}", "7", 7),
        ("{type: number}", "1.5", 1.5),
        ("{type: boolean}", "true", True),
        ("{type: boolean, default: false}", None, False),
        ("{type: array}", '["x", {"k": 1}]', ["x", {"k": 1}]),
        ("{type: array, default: [a]}", None, ["a"]),
        ("{options: [1, 2]}", 2, "2"),
        ("{type: number, options: [1, 2]}", "2", 2),
        ("{regex: 'v\\d'}", "xv1y", "xv1y"),
        (f"{{rules: [{RULES}]}}", None, "small"),
        (f"{{rules: [{RULES}]}}", "", "small"),
        (f"{{rules: [{RULES}]}}", "big", "big"),
    ],
)
def test_a_value_takes_the_declared_type(content, declaration, given, value):
    inputs = {} if given is None else {"n": given}

    assert content(with_input(declaration), inputs=inputs)["j"] == value


@pytest.mark.parametrize(
    ("declaration", "given", "message"),
    [
        ("null", None, f"`n` {MISSING}"),
        ("{type: number}", "abc", "`n` input: provided value is not a number"),
        ("{type: number}", True, "`n` input: provided value is not a number"),
        ("{type: number}", "NaN", "`n` input: provided value is not a number"),
        ("{type: boolean}", "yes", "`n` input: provided value is not a boolean"),
        ("{type: array}", "x", "`n` input: provided value is not an array"),
        ("{type: array}", "[" * 5000, "`n` input: provided value is not an array"),
        ("{type: number, default: x}", 5, "`n` input: default value is not a number"),
        ("{options: [x]}", "z", "`n` input: `z` cannot be used because it is not in the list of allowed options"),
        (
            "{type: number, options: [1]}",
            2,
            "`n` input: `2` cannot be used because it is not in the list of the allowed options",
        ),
        ("{type: boolean, options: [true]}", True, "`n` input: Options can only be used with string and number inputs"),
        ("{regex: '^v'}", "x", "`n` input: provided value does not match required RegEx pattern"),
        ("{regex: '^v', default: x}", "v", "`n` input: default value does not match required RegEx pattern"),
        ("{regex: '('}", "x", "`n` input: invalid regular expression"),
        ("{regex: '(?=x)'}", "x", "`n` input: invalid regular expression"),
        ("{type: number, regex: x}", 1, "`n` input: RegEx validation can only be used with string inputs"),
        (
            "{rules: [{options: [a]}]}",
            None,
            "`n` input: rule must define 'options' with at least one value and a 'default'",
        ),
        ("{rules: [{options: [a], default: b}]}", None, "`n` input: default 'b' must be one of the options"),
        (
            f"{{rules: [{RULES}]}}",
            "x",
            "`n` input: `x` cannot be used because it is not in the list of allowed options",
        ),
        ("{rules: [{if: '$[[ inputs.zz ]]', options: [a], default: a}]}", None, f"`n` {MISSING}"),
    ],
)
def test_a_wrong_value_is_refused(refusal, declaration, given, message):
    inputs = {} if given is None else {"n": given}

    assert refusal(with_input(declaration), inputs=inputs).message == message


def test_rules_see_the_inputs_before_them(content):
    text = """
spec:
  inputs:
    cloud: {default: aws}
    size:
      rules:
        - if: $[[ inputs.cloud ]] == "aws"
          options: [t3, m5]
          default: t3
        - options: [n1]
          default: n1
---
j: $[[ inputs.size ]]
"""

    assert content(text)["j"] == "t3"
    assert content(text, inputs={"cloud": "gcp"})["j"] == "n1"


def test_no_more_than_three_errors_are_reported(refusal):
    text = "spec: {inputs: {a: , b: {type: number}, c: {options: [x]}, d: }}\n---\nj: 1"

    assert refusal(text).message == f"`a` {MISSING}, `b` {MISSING}, `c` {MISSING}"
    assert (
        refusal(text, inputs={"y": 1, "z": 1}).message == f"unknown input arguments: y, z, `a` {MISSING}, `b` {MISSING}"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("j: 1", "`t.yml`: Given inputs not defined in the `spec` section of the included configuration file"),
        ("spec: {inputs: {b: }}\n---\nj: 1", "`t.yml`: unknown input arguments: a"),
    ],
)
def test_inputs_of_an_include_have_to_be_declared(refusal, text, message):
    assert (
        refusal("include: [{local: t.yml, inputs: {a: 1}}]", files={"t.yml": text}).message[: len(message)] == message
    )


def test_inputs_have_to_be_a_map(refusal):
    files = {"t.yml": "spec: {inputs: {a: {default: x}}}\n---\nj: 1"}

    message = refusal("include: [{local: t.yml, inputs: [1]}]", files=files).message

    assert message == "`t.yml`: Given inputs must be a hash"


def test_inputs_belong_to_one_file_and_are_passed_on_by_hand(content):
    text = 'spec: {inputs: {a: {default: x}}}\n---\ninclude: [{local: t.yml, inputs: {b: "$[[ inputs.a ]]"}}]'
    files = {"t.yml": "spec: {inputs: {b: }}\n---\nk: $[[ inputs.b ]]", "plain.yml": "l: $[[ inputs.a ]]"}

    assert content(text, files=files, inputs={"a": "deep"})["k"] == "deep"
    assert content("include: plain.yml", files=files)["l"] == "$[[ inputs.a ]]"


def test_a_pipeline_gives_its_inputs_to_its_own_file(content, refusal):
    text = with_input("{type: number}")

    assert content(text, ".gitlab-ci.yml", inputs={"n": 3})["j"] == 3
    assert refusal(text, ".gitlab-ci.yml").message == f"`.gitlab-ci.yml`: `n` {MISSING}"


def test_twenty_inputs_are_enough(refusal):
    inputs = {f"i{number}": "x" for number in range(21)}

    assert refusal("j: 1", inputs=inputs).message == "There cannot be more than 20 inputs"
