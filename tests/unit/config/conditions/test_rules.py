"""`rules` of jobs."""

import pytest

from pullcord.config.context import Variable


def names(plan):
    return [job.name for job in plan.jobs]


def message(plan):
    return plan.errors[0].message


def test_a_job_whose_rules_all_fail_is_not_in_the_pipeline(compiled):
    plan = compiled("a: {script: s, rules: [{if: $NO}, {if: $NEITHER}]}\nb: {script: s}")

    assert names(plan) == ["b"]


def test_the_first_rule_that_matches_decides(compiled):
    plan = compiled("""
        a:
          script: s
          rules:
            - {if: $NO, when: never}
            - {if: $CI, when: delayed, start_in: 3 hours, variables: {R: first}, interruptible: false}
            - {when: never}
        """)

    [job] = plan.jobs
    assert (job.when, job.start_in, job.interruptible) == ("delayed", "3 hours", False)
    assert job.variables == ({"key": "R", "value": "first", "raw": False},)


@pytest.mark.parametrize(
    ("job", "when", "allow_failure"),
    [
        ("{script: s}", "on_success", False),
        ("{script: s, when: manual}", "manual", True),
        ("{script: s, when: manual, allow_failure: false}", "manual", False),
        ("{script: s, when: manual, rules: [{if: $CI, when: on_success}]}", "on_success", True),
        ("{script: s, rules: [{if: $CI, when: manual}]}", "manual", False),
        ("{script: s, rules: [{if: $CI, when: manual, allow_failure: true}]}", "manual", True),
        ("{script: s, when: on_failure, rules: [{if: $CI}]}", "on_failure", False),
        ("{script: s, allow_failure: true, rules: [{if: $CI}]}", "on_success", True),
        ("{script: s, allow_failure: {exit_codes: 3}, rules: [{if: $CI}]}", "on_success", False),
    ],
)
def test_a_failure_is_allowed_by_the_rule_or_by_what_the_job_said_itself(compiled, job, when, allow_failure):
    [found] = compiled(f"a: {job}").jobs

    assert (found.when, found.allow_failure) == (when, allow_failure)


def test_a_rule_about_failures_removes_the_exit_codes(compiled):
    with_codes, without = compiled("""
        a: {script: s, allow_failure: {exit_codes: [1, 2]}, rules: [{if: $CI}]}
        b: {script: s, allow_failure: {exit_codes: [1, 2]}, rules: [{if: $CI, allow_failure: true}]}
        """).jobs

    assert with_codes.allow_failure_exit_codes == (1, 2)
    assert (without.allow_failure, without.allow_failure_exit_codes) == (True, ())


@pytest.mark.parametrize(
    ("changed", "clause", "there"),
    [
        (None, "[src/*]", True),
        ({"src/a"}, "[src/*]", True),
        ({"src/a/b"}, "[src/*]", False),
        (set(), "[src/*]", False),
        ({"src/a"}, "[]", False),
        ({"dir/a"}, "[$DIR/*]", True),
        ({"dir/a"}, "[$NESTED/*]", True),
        ({"$NO/a"}, "[$NO/*]", True),
        ({"x"}, "{paths: [y], compare_to: base}", True),
        ({"x"}, "{paths: [y], compare_to: $BASE}", True),
        ({"docs/a"}, "{regexp: '\\A(?!docs/)'}", False),
        ({"docs/a", "b"}, "{regexp: '\\A(?!docs/)'}", True),
        ({"docs/a"}, "{regexp: '(a)\\1'}", True),
    ],
)
def test_changes_hold_when_a_changed_path_matches_or_no_diff_is_known(compiled, repository, changed, clause, there):
    reader = repository(changed=None if changed is None else frozenset(changed), compared={"base": frozenset({"y"})})
    text = "variables: {DIR: dir, NESTED: $DIR, BASE: base}\nkeep: {script: s}\n"

    plan = compiled(text + f"a: {{script: s, rules: [{{changes: {clause}}}]}}", reader)

    assert ("a" in names(plan)) is there


@pytest.mark.parametrize(
    ("clause", "there"),
    [
        ("[Dockerfile]", True),
        ("dockerfile", False),
        ("[docs]", False),
        ("[docs/]", True),
        ("[doc/]", False),
        ("['*.md']", False),
        ("['**/*.md']", True),
        ("[$DOCS/*.md]", True),
        ("[]", False),
        ("{paths: [there.txt], project: other/project}", True),
        ("{paths: [there.txt], project: other/project, ref: main}", True),
        ("{paths: [Dockerfile], project: other/project}", False),
    ],
)
def test_exists_looks_for_files_and_directories(compiled, repository, clause, there):
    reader = repository(files={"Dockerfile": "", "docs/a.md": ""})
    text = "variables: {DOCS: docs}\nkeep: {script: s}\n"

    plan = compiled(text + f"a: {{script: s, rules: [{{exists: {clause}}}]}}", reader)

    assert ("a" in names(plan)) is there


def test_more_than_50_000_comparisons_are_taken_as_a_match(compiled, repository):
    reader = repository(changed=frozenset(str(index) for index in range(25_001)))

    plan = compiled("a: {script: s, rules: [{changes: [x, y]}]}", reader)

    assert names(plan) == ["a"]


@pytest.mark.parametrize(
    ("clause", "wrong"),
    [
        ("changes: {paths: [x], compare_to: nope}", "rules:changes:compare_to is not a valid ref"),
        ("exists: {paths: [x], project: no/where}", "rules:exists:project `no/where` not found or access denied"),
        (
            "exists: {paths: [x], project: other/project, ref: nope}",
            "rules:exists:ref `nope` is not a valid ref in project `other/project`",
        ),
        ("exists: {paths: [x], project: $SECRET}", "rules:exists:project `[MASKED]` not found or access denied"),
    ],
)
def test_a_rule_that_cannot_be_answered_refuses_the_pipeline(compiled, clause, wrong):
    secret = [Variable("SECRET", "hunter2hunter2", masked=True)]
    plan = compiled(f"a: {{script: s, rules: [{{{clause}}}]}}\nb: {{script: s}}", variables=secret)

    assert (plan.outcome, message(plan)) == ("invalid", f"Failed to parse rule for a: {wrong}")


MANY = "'" + "{a,b}" * 11 + "'"
TOO_MANY = "has too many alternatives in the braces of a glob (maximum is 1024 with 65536 characters in all)"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"a: {{script: s, rules: [{{changes: [{MANY}]}}]}}", f"Failed to parse rule for a: rules:changes {TOO_MANY}"),
        (f"a: {{script: s, rules: [{{exists: [{MANY}]}}]}}", f"Failed to parse rule for a: rules:exists {TOO_MANY}"),
        (
            f"a: {{script: s, variables: {{GLOB: {MANY}}}, rules: [{{changes: [$GLOB]}}]}}\nb: {{script: s, stage: build}}",
            f"Failed to parse rule for a: rules:changes {TOO_MANY}",
        ),
        (f"a: {{script: s, only: {{changes: [{MANY}]}}}}", f"Failed to parse rule for a: only:changes {TOO_MANY}"),
        (f"a: {{script: s, except: {{changes: [{MANY}]}}}}", f"Failed to parse rule for a: except:changes {TOO_MANY}"),
        (f"workflow: {{rules: [{{changes: [{MANY}]}}]}}\na: {{script: s}}", f"workflow:rules:changes {TOO_MANY}"),
    ],
)
def test_a_glob_with_too_many_alternatives_refuses_the_pipeline(compiled, repository, text, error):
    plan = compiled(text, repository(files={"x": ""}, changed=frozenset({"x"})))

    assert (plan.outcome, message(plan)) == ("invalid", error)
    assert plan.errors[0].location is not None


@pytest.mark.parametrize("rules", [f"[{{changes: [{MANY}, x]}}]", f"[{{if: $CI}}, {{changes: [{MANY}]}}]"])
def test_a_glob_with_too_many_alternatives_that_decides_nothing_is_no_error(compiled, repository, rules):
    plan = compiled(f"a: {{script: s, rules: {rules}}}", repository(changed=frozenset({"x"})))

    assert names(plan) == ["a"]


def test_a_broken_rule_is_forgotten_with_a_stage_that_has_no_jobs(compiled):
    broken = "{script: s, stage: build, rules: [{changes: {paths: [x], compare_to: nope}}]}"

    plan = compiled(f"a: {broken}\nb: {{script: s}}")

    assert names(plan) == ["b"]
    assert plan.decisions[0].error == "rules:changes:compare_to is not a valid ref"


def test_needs_of_the_rule_replace_those_of_the_job_unless_empty(compiled):
    plan = compiled("""
        a: {script: s, stage: build}
        b: {script: s, stage: build}
        c: {script: s, needs: [a], rules: [{if: $CI, needs: [b]}]}
        d: {script: s, needs: [a], rules: [{if: $CI, needs: []}]}
        """)

    assert [[need["name"] for need in job.needs] for job in plan.jobs[2:]] == [["b"], ["a"]]


def test_each_diff_is_asked_for_once(compiled, repository):
    reader = repository(changed=frozenset({"x"}))
    compiled("\n".join(f"j{index}: {{script: s, rules: [{{changes: [p{index}, x]}}]}}" for index in range(20)), reader)

    assert reader.asked == 1
