"""Configurations that would take for ever, or all memory: each is answered in 200 ms and 128 MB, in a process of its own.

`make test` counts steps of Python in place of the time, which depends on the machine; `make performance` takes the time.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_SECONDS = 0.2
SLACK = 1.5


def tower(levels, leaf, width=10):
    """Anchors of which each holds the one before it several times."""
    lines = [f"a0: &a0 {leaf}"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * width)}]" for level in range(1, levels)]
    return {"config": "\n".join(lines)}


def ruled(clause, **surroundings):
    return {"config": f"a: {{script: x, rules: [{{{clause}}}]}}", **surroundings}


def extending(levels):
    bases = "\n".join(f".a{level}: {{extends: [{', '.join([f'.a{level - 1}'] * 10)}]}}" for level in range(1, levels))
    return {"config": f".a0: {{variables: {{A: b}}}}\n{bases}\nj: {{script: x, extends: .a{levels - 1}}}"}


def referring(levels):
    references = "\n".join(
        f".a{level}:\n  s: [{', '.join([f'!reference [.a{level - 1}, s]'] * 10)}]" for level in range(1, levels)
    )
    return {"config": f".a0: {{s: [x]}}\n{references}\nj:\n  script: !reference [.a{levels - 1}, s]"}


TOO_BIG = "The parsed YAML is too big"
EXPRESSION = "jobs:a:rules:rule if invalid expression syntax"
EMPTY = "The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs."
LOOP = {"a.yml": "include: [b.yml, b.yml]", "b.yml": "include: [a.yml, a.yml]"}
MATRIX = ", ".join(f"V{number}: [{', '.join(map(str, range(100)))}]" for number in range(50))
NESTING = "variables:\n  V0: xxxxxxxxxx\n" + "\n".join(f"  V{n}: '{f'$V{n - 1} ' * 10}'" for n in range(1, 50))
INPUT = "spec: {{inputs: {{a: {{{}}}}}}}\n---\n{}"
BLOCKS = "".join(f"    - echo $[[ inputs.a ]] {number}\n" for number in range(10_000))
SIBLINGS = "p: {script: x, parallel: 200}\n" + "\n".join(
    f"j{number}: {{script: x, parallel: 200, needs: [p]}}" for number in range(20)
)
CIRCLE = "\n".join(f"j{n}: {{script: x, parallel: 200, needs: [j{(n + 1) % 3}]}}" for n in range(3))
TOO_MANY_NEEDS = "\n".join(
    f"j{number} {index}/200: one job can only need 50 others, but you have listed 200. "
    "See needs keyword documentation for more details"
    for number in range(20)
    for index in range(1, 201)
)
CIRCULAR = (
    "The pipeline has circular dependencies: topological sort failed: "
    f"[{', '.join(f'"j{number} {index}/200"' for index in range(1, 201) for number in range(3))}]"
)
CASES = {
    "aliases": (tower(30, "[x, x, x]"), TOO_BIG),
    "empty aliases": (tower(30, "[]"), TOO_BIG),
    "depth of lists": ({"config": "a: " + "[" * 10_000 + "]" * 10_000}, TOO_BIG),
    "depth of maps": ({"config": "{a: " * 100_000}, TOO_BIG),
    "size": ({"config": "a: b\n" * 600_000}, "The provided YAML is too big"),
    "a million keys": ({"config": "".join(f"k{n}: 1\n" for n in range(1_000_000))}, "The provided YAML is too big"),
    "a million items": ({"config": f"a: [{'x,' * 1_000_000}]"}, TOO_BIG),
    "include loop": ({"config": "include: a.yml", "files": LOOP}, "Maximum of 150 nested includes are allowed!"),
    "long wildcard": ({"config": f"include: ['{'**/*' * 2000}.yml']\na: {{script: x}}"}, None),
    "extends": (extending(11), None),
    "references": (referring(12), TOO_BIG),
    "matrix": (
        {"config": f"j: {{script: x, parallel: {{matrix: [{{{MATRIX}}}]}}}}"},
        "jobs:j:parallel:matrix config generates too many jobs (maximum is 200)",
    ),
    "nesting variables": ({"config": NESTING + "\nj: {script: x, environment: e-$V49}"}, None),
    "tokens": (ruled(f"if: '{' && '.join(['$A'] * 10_000)}'"), EXPRESSION),
    "parentheses": (ruled(f"if: '{'(' * 10_000}$A{')' * 10_000}'"), EXPRESSION),
    "nested repetition": (ruled("if: '$A =~ /(a+)+$/'", variables={"A": "a" * 100_000 + "!"}), EMPTY),
    "repeated repetition": (ruled("if: '$A =~ /((a{1,100}){1,100}){1,100}/'"), EXPRESSION),
    "many states": (
        ruled("if: '$A =~ /(a|b|c|d){1000}e/'", variables={"A": "abcd" * 10_000}),
        "a regular expression of this size cannot be matched with a value of 40000 bytes: (a|b|c|d){1000}e",
    ),
    "look-ahead": (ruled("changes: {regexp: '^(?!(a+)+$).*x'}", changes=["a" * 5000 + "!"]), EMPTY),
    "glob": (ruled(f"changes: ['{'*a' * 200}b']", changes=["a" * 5000]), EMPTY),
    "glob with braces": (
        ruled(f"changes: ['{'{a,b}' * 50}']", changes=["ab" * 25]),
        (
            "Failed to parse rule for a: rules:changes has too many alternatives in the braces of a glob "
            "(maximum is 1024 with 65536 characters in all)"
        ),
    ),
    "glob of folders": (ruled(f"changes: ['{'**/' * 200}x']", changes=["a/" * 500 + "y"]), EMPTY),
    "long number": ({"config": f"variables: {{A: {'9' * 100_000}}}\nj: {{script: x}}"}, None),
    "long duration": (
        {"config": f"j: {{script: x, timeout: '{'9' * 1000}'}}"},
        "jobs:j:timeout config should not exceed the limit",
    ),
    "duration in numerals": (
        {"config": f"j: {{script: x, timeout: '{'one hundred and ' * 60}x'}}"},
        "jobs:j:timeout config should be a duration",
    ),
    "duration in fractions": (
        {"config": f"j: {{script: x, timeout: '{'1 and - ' * 120}1/2'}}"},
        "jobs:j:timeout config should be a duration",
    ),
    "growing input": (
        {"config": INPUT.format(f"default: {'x' * 100_000}", f"j: {{script: ['{'$[[ inputs.a ]]' * 5000}']}}")},
        "config too large",
    ),
    "open blocks": ({"config": INPUT.format("default: x", f"j: {{script: ['{'$[[ a' * 100_000}']}}")}, None),
    "many blocks": ({"config": INPUT.format("default: x", f"j:\n  script:\n{BLOCKS}")}, None),
    "one file often": (
        {
            "config": f"include: [{', '.join(['a.yml'] * 150)}]",
            "files": {"a.yml": f"j: {{script: x}}\n# {'x' * 1_000_000}"},
        },
        None,
    ),
    "siblings that need siblings": ({"config": SIBLINGS}, TOO_MANY_NEEDS),
    "siblings in a circle": ({"config": CIRCLE}, CIRCULAR),
    "deep input": (
        {"config": INPUT.format("type: array", "j: {script: x}"), "inputs": {"a": "[" * 100_000}},
        "`a` input: provided value is not an array",
    ),
}


FEW = 25_000
MANY = {
    "a million items": 1_000_000,
    "include loop": 70_000,
    "matrix": 350_000,
    "nesting variables": 50_000,
    "glob": 60_000,
    "glob with braces": 1_300_000,
    "growing input": 350_000,
    "many blocks": 2_000_000,
    "one file often": 90_000,
    "siblings that need siblings": 1_600_000,
    "siblings in a circle": 1_300_000,
}
"""Steps of what is large but allowed, about twice what it takes today. All others take few."""


FEW = 25_000
MANY = {
    "a million items": 1_000_000,
    "include loop": 70_000,
    "matrix": 350_000,
    "nesting variables": 50_000,
    "glob": 60_000,
    "glob with braces": 1_300_000,
    "growing input": 350_000,
    "many blocks": 2_000_000,
    "one file often": 90_000,
    "siblings that need siblings": 1_600_000,
    "siblings in a circle": 1_300_000,
}
"""Steps of what is large but allowed, about twice what it takes today. All others take few."""


@pytest.fixture(scope="module")
def answered():
    """Asks with a request for a cost in steps or seconds, and the error."""
    command = [sys.executable, "-m", "tests.conformance.answering"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def ask(measure, request):
            process.stdin.write(f"{measure} {json.dumps(request)}\n".encode())
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_configuration_takes_few_steps(answered, name):
    request, expected = CASES[name]

    steps, error = answered("steps", request)

    assert error == expected
    assert steps < MANY.get(name, FEW)


@pytest.mark.performance
@pytest.mark.parametrize("name", CASES)
def test_a_hostile_configuration_takes_a_short_time(answered, name):
    request, _ = CASES[name]

    seconds = min(answered("seconds", request)[0] for _ in range(3))

    assert seconds < MAX_SECONDS * SLACK
