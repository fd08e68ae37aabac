import pytest

A = "a: {script: a}"


@pytest.mark.parametrize(
    ("rules", "keys"),
    [
        ("[{if: $X}]", ["a"]),
        ("[{if: $NO}]", ["include"]),
        ("[{if: $X, when: never}, {when: always}]", ["include"]),
        ("[{exists: [ci/*]}]", ["include"]),
        ("[{exists: a.yml}]", ["a"]),
        ("[{changes: [x]}]", ["a"]),
        ("[{changes: [y]}]", ["include"]),
        ("null", ["a"]),
    ],
)
def test_rules_decide_whether_an_entry_is_included(content, rules, keys):
    merged = content(
        f"include: [{{local: a.yml, rules: {rules}}}]",
        files={"a.yml": A},
        variables={"X": "1"},
        changed=frozenset({"x"}),
    )

    assert list(merged) == keys


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("[]", "include:rules config can't be blank"),
        ("[{when: manual}]", "include:rule when unknown value: manual"),
        ("[{variables: {}}]", "include:rule config contains unknown keys: variables"),
        ("[{if: foo}]", "include:rule if invalid expression syntax"),
    ],
)
def test_rules_that_cannot_be_read_are_refused(refusal, rules, message):
    problem = refusal(f"include: [{{local: a.yml, rules: {rules}}}]", files={"a.yml": A})

    assert problem.message == message
    assert problem.location is not None


def test_exists_looks_into_the_project_that_includes(content):
    other = {
        "main.yml": "include: [{local: x.yml, rules: [{exists: [only-there]}]}]\nm: 1",
        "x.yml": "x: 1",
        "only-there": "",
    }

    assert list(content("include: {project: g/p, file: main.yml}", projects={"g/p": other})) == ["x", "m"]
