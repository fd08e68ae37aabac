"""Locations of errors: the sign ¶ stands just before the expected location."""

import json

import pytest

from pullcord_local.explain.batch import answer_line

SIGN = "¶"
MARKED = {
    "syntax": "a: b¶: c\n",
    "syntax on a later line": "a:\n  script: x\n¶\tb: c\n",
    "alias without an anchor": "a:\n  script: ¶*nothing\n",
    "date": "variables:\n  DAY: ¶2024-01-05\na: {script: x}\n",
    "refused tag": "a: ¶!ruby/object:Thing {b: c}\n",
    "unknown keyword at the top": "a: {script: x}\n¶scirpt: x\n",
    "unknown key": "a:\n  script: x\n  ¶foo: 1\n  bar: 2\n",
    "name of a job": "¶123:\n  script: x\n",
    "blank hidden key": "a: {script: x}\n¶.b: {}\n",
    "type of a value": "a:\n  ¶script: 5\n",
    "item of a list": "a:\n  script: x\n  needs:\n    - job: b\n    - ¶5\n",
    "key of a rule": "a:\n  script: x\n  rules:\n    - when: always\n    - if: $A\n      ¶when: sometimes\n",
    "expression": "a:\n  script: x\n  rules:\n    - when: never\n      ¶if: $A ==\n",
    "rule of the workflow": "workflow:\n  rules:\n    - ¶if: $A ==\na: {script: x}\n",
    "default": "default:\n  ¶foo: 1\na: {script: x}\n",
    "variable": "variables:\n  A: {value: b, ¶foo: c}\na: {script: x}\n",
    "option of a variable": "variables:\n  A:\n    value: b\n    ¶options: [c]\na: {script: x}\n",
    "stage": "a:\n  script: x\n  ¶stage: nowhere\n",
    "need": "a:\n  script: x\n  needs: [¶b]\n",
    "cycle of needs": "¶a: {script: x, needs: [b]}\nb: {script: x, needs: [a]}\n",
    "dependency": "a:\n  script: x\n  ¶dependencies: [b]\n",
    "extends": "a:\n  script: x\n  ¶extends: [.b]\n",
    "reference": "a:\n  script:\n    - x\n    - ¶!reference [.b, script]\n",
    "include": "include:\n  - local: a.yml\n  - ¶local: b.yml\na: {script: x}\n",
    "included text": "a: {script: x}\ninclude: [a.yml, ¶b.yml]\n",
    "rule of an include": "include:\n  - local: a.yml\n    rules:\n      - ¶when: manual\n",
    "inputs of an include": "include:\n  - local: a.yml\n    ¶inputs: {b: c}\n",
    "matrix": "a:\n  script: x\n  parallel:\n    matrix:\n      - ¶A: null\n",
    "environment": "a:\n  script: x\n  environment: {name: b, ¶action: c}\n",
    "declared input": "spec:\n  inputs:\n    b:\n      ¶type: integer\n---\na: {script: x}\n",
    "required input": "spec:\n  inputs:\n    ¶b:\n---\na: {script: x}\n",
    "interpolation": "spec: {inputs: {b: {default: c}}}\n---\na:\n  script: echo ¶$[[ inputs.d ]]\n",
    "interpolation in a block of text": "spec: {}\n---\na:\n  script: |\n    one\n    two ¶$[[ inputs.d ]] three\n",
    "interpolation in a key": "spec: {}\n---\n¶$[[ inputs.d ]]: {script: x}\n",
    "function": "spec: {inputs: {b: {default: c}}}\n---\na:\n  script:\n    - x\n    - y ¶$[[ inputs.b | up ]]\n",
    "filtered pipeline": "workflow:\n  rules:\n    - ¶if: $CI\n      when: never\na: {script: x}\n",
    "rule that cannot be answered": "a:\n  script: x\n  rules:\n    - ¶changes: {paths: [b], compare_to: c}\nd: {script: x}\n",
}  # fmt: skip
FILES = {"a.yml": "z: {script: x}\n"}


@pytest.mark.parametrize("name", MARKED)
def test_an_error_has_its_location(name):
    marked = MARKED[name]
    above, _, _ = marked.partition(SIGN)

    answer = answered(marked.replace(SIGN, ""))

    expected = {"file": "", "line": above.count("\n") + 1, "column": len(above) - (above.rfind("\n") + 1) + 1}
    assert (answer["error"] is not None, answer["errors"][0]["location"]) == (True, expected)


def test_the_location_of_an_error_in_an_included_file_is_there():
    answer = answered("include: b.yml\n", {"b.yml": "b:\n  script: x\n  foo: 1\n"})

    assert answer["errors"][0]["location"] == {"file": "b.yml", "line": 3, "column": 3}


def test_the_location_of_a_warning_is_its_rule():
    answer = answered("a:\n  script: x\n  rules:\n    - if: $A\n    - when: always\n")

    assert answer["warnings"][0]["location"] == {"file": "", "line": 5, "column": 7}


def test_every_evaluated_rule_has_its_location():
    answer = answered("a:\n  script: x\n  rules:\n    - if: $A\n    - changes: [b]\n    - when: never\n", changes=["c"])

    (decision,) = answer["trace"]["jobs"]
    assert [rule["location"]["line"] for rule in decision["rules"]] == [4, 5, 6]
    assert [rule["matched"] for rule in decision["rules"]] == [False, False, True]
    assert decision["location"]["line"] == 6


def answered(config, files=None, **more):
    return json.loads(answer_line(json.dumps({"config": config, "files": files or FILES, **more}).encode()))


def test_masked_values_are_in_no_trace_whoever_holds_them():
    config = "variables: {COPY: before-hushhush}\na: {script: x, rules: [{if: $SECRET && $COPY}, {exists: [$LATER]}]}\n"

    answer = answered(config, variables={"SECRET": "hushhush", "LATER": "$SECRET"}, masked=["SECRET"], source="push")

    assert "hushhush" not in json.dumps(answer["trace"])
    assert answer["trace"]["jobs"][0]["rules"][0]["clauses"][0]["seen"] == {
        "SECRET": "[MASKED]",
        "COPY": "before-[MASKED]",
    }
