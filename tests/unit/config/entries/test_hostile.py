"""Trees that nobody writes in good faith, and what jobs share."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pullcord.config import entries
from pullcord.config.checked import Rule
from pullcord.config.entries.rules import check_rules
from pullcord.config.problems import Problem
from pullcord.config.tree import Map, Seq, Symbol

WORDS = re.findall(
    r"\S+",
    """
a .x default workflow variables include stages cache image services script run trigger needs only except rules inherit
allow_failure when environment interruptible tags start_in artifacts dependencies hooks coverage retry parallel timeout
inputs release id_tokens publish pages name url action kubernetes agent key files prefix paths policy reports junit
expire_in expose_as if changes exists compare_to project ref job pipeline artifact remote integrity matrix optional
strategy forward max exit_codes aud tag_name description assets links entrypoint pull_policy docker user alias command
value expand options type regex auto_cancel on_new_commit refs coverage_report managed_resources dashboard steps step
""",
)
SCALARS = st.sampled_from(
    [
        "",
        "x",
        " ",
        "$CI",
        "/a.*/",
        "/(/",
        "1 day",
        "never",
        "delayed",
        "a/b",
        Symbol("s"),
        "9" * 400,
        "é\x00",
        0,
        1,
        -1,
        201,
        10**400,
        1.5,
        float("inf"),
        float("nan"),
        True,
        False,
        None,
    ]
)
KEYS = st.sampled_from([*WORDS, 1, True, None, False, "", 1.5])


def mapped(pairs):
    tree = Map()
    for key, value in pairs:
        tree.put(key, value, None)
    return tree


def listed(items):
    tree = Seq()
    for item in items:
        tree.put(item, None)
    return tree


TREES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3).map(listed) | st.lists(st.tuples(KEYS, below), max_size=4).map(mapped),
    max_leaves=20,
)
JOBS = st.lists(st.tuples(KEYS, TREES), max_size=6).map(lambda pairs: mapped([("script", "s"), *pairs]))


@given(st.lists(st.tuples(KEYS, JOBS | TREES), max_size=5).map(mapped))
def test_no_tree_fails(content):
    assert all(isinstance(problem, Problem) for problem in entries.check(content).errors)


@given(TREES)
def test_no_rules_fail(value):
    rules, problems = check_rules(value, "include", "include")

    assert all(isinstance(rule, Rule) for rule in rules)
    assert all(problem.message.startswith("include:") for problem in problems)


def test_numbers_that_python_does_not_write_are_no_matter():
    long = 10**5000
    job = mapped(
        [("script", "s"), ("needs", listed([mapped([("job", long)])])), ("retry", long), ("tags", listed([long]))]
    )

    assert entries.check(mapped([("a", job), (long, job)])).errors


TEMPLATE = ".t: {script: s, rules: [{if: $A}], artifacts: {paths: [%s]}}\na: {extends: .t}\nb: {extends: .t}"


def test_jobs_of_one_template_share_what_was_found_out(check):
    first, second = check(TEMPLATE % "x").jobs

    assert first.rules is second.rules
    assert first.options["artifacts"] == second.options["artifacts"] == {"paths": ["x"]}


def test_jobs_of_one_template_tell_each_what_is_wrong_with_it(messages):
    assert messages(TEMPLATE % "1") == [f"jobs:{name}:artifacts paths should be an array of strings" for name in "ab"]
