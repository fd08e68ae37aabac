"""Configurations whose includes are skipped: what is left is evaluated, and what is missing is named."""

import pytest

from pullcord.config import compile_pipeline
from pullcord.config.context import Context, MissingProject

FAR = "include: {project: g/p, file: x.yml}\n"


@pytest.fixture
def compiled(repository):
    """The plan of a text whose project is the only one at hand."""

    class Alone(repository):
        def file(self, path, project=None, ref=None):
            if project is not None:
                raise MissingProject
            return super().file(path, project, ref)

    def run(text, filename=None, **given):
        return compile_pipeline(text, filename, Context(**given), Alone())

    return run


@pytest.fixture
def warned(compiled):
    """The names of the jobs of a text without its includes, and the warnings."""

    def run(text, **given):
        plan = compiled(text, project="my/project", skip_missing=True, **given)
        assert plan.errors == ()
        return [job.name for job in plan.jobs], [problem.message for problem in plan.warnings]

    return run


@pytest.mark.parametrize(
    ("include", "name"),
    [
        ("{project: g/p, file: x.yml}", "g/p:x.yml"),
        ("{project: g/p, file: x.yml, ref: v1}", "g/p:x.yml@v1"),
        ("{remote: 'https://a.example/x.yml'}", "https://a.example/x.yml"),
        ("{template: Jobs/Build.gitlab-ci.yml}", "Jobs/Build.gitlab-ci.yml"),
        ("{component: git.example/g/p/c@1}", "git.example/g/p/c@1"),
        ("{component: other.example/g/p/c@1}", "other.example/g/p/c@1"),
    ],
)
def test_an_include_that_is_not_at_hand_is_skipped_with_a_warning(compiled, include, name):
    plan = compiled(
        f"j: {{script: s}}\ninclude:\n  - {include}\n",
        project="my/project",
        skip_missing=True,
        predefined={"CI_SERVER_FQDN": "git.example"},
    )

    assert [job.name for job in plan.jobs] == ["j"]
    assert plan.includes == ()
    (warning,) = plan.warnings
    assert warning.message == f"`{name}` is not at hand: the include is skipped"
    assert warning.location.line == 3


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("include: missing.yml\nj: {script: s}", "Local file `missing.yml` does not exist!"),
        (FAR + "j: {script: s, foo: 1}", "jobs:j config contains unknown keys: foo"),
        (FAR + "j: {script: s, extends: [j]}", "j: circular dependency detected in `extends`"),
        (FAR + "j: {script: !reference [j, script]}", '!reference ["j", "script"] is part of a circular chain'),
    ],
)
def test_what_no_include_could_make_valid_stays_an_error(compiled, text, error):
    assert compiled(text, skip_missing=True).errors[0].message == error


def test_without_being_asked_for_nothing_is_skipped(compiled):
    assert compiled(FAR + "j: {script: s}").errors[0].message.startswith("Project `g/p` not found or access denied!")


def test_a_header_may_include_what_is_not_at_hand(warned):
    text = (
        "spec: {inputs: {a: {default: x}}, include: [{project: g/p, file: x.yml}]}\n---\nj: {script: '$[[ inputs.a ]]'}"
    )

    assert warned(text) == (["j"], ["`g/p:x.yml` is not at hand: the include is skipped"])


@pytest.mark.parametrize(
    ("text", "jobs", "warning"),
    [
        (
            "j: {extends: [.far, .near], script: s}\n.near: {extends: .further}\nk: {extends: .near, script: s}",
            ["j", "k"],
            "`.further` is in none of the files at hand; without it: j, k",
        ),
        (
            "j: {script: [a, !reference [.far, script]]}",
            ["j"],
            '`!reference [".far", "script"]` is in none of the files at hand; without it: j',
        ),
        (
            "j: {script: a, variables: !reference [.far, variables], tags: [!reference [.far, tag], x]}",
            ["j"],
            '`!reference [".far", "variables"]` is in none of the files at hand; without it: j',
        ),
        (
            "workflow: {rules: [!reference [.far, rules], {when: always}]}\nj: {script: a}",
            ["j"],
            '`!reference [".far", "rules"]` is in none of the files at hand; without it: workflow',
        ),
        (
            "j: {script: a}\nk: {script: a, rules: [!reference [.near, rules]]}\n.near: {rules: [!reference [.far, r]]}",
            ["j"],
            "not evaluated, because the script or the rules are in none of the files at hand: k",
        ),
        (
            "j: {script: a}\nsast: {variables: {A: b}}\nk: {extends: .far}",
            ["j"],
            "not evaluated, because the script or the rules are in none of the files at hand: sast, k",
        ),
        (
            "j: {script: a, needs: [far, {job: far, artifacts: false}, {job: gone, optional: true}]}",
            ["j"],
            "job `far` is in none of the files at hand; it is not among the needs of: j",
        ),
        (
            "j: {script: a, dependencies: [far], needs: [{project: g/p, job: b, ref: c, artifacts: true}]}",
            ["j"],
            "job `far` is in none of the files at hand; it is not among the needs of: j",
        ),
        (
            "j: {script: a, rules: [{when: always, needs: [far]}]}",
            ["j"],
            "job `far` is in none of the files at hand; it is not among the needs of: j",
        ),
        (
            "j: {script: a, environment: {name: e, on_stop: far}}",
            ["j"],
            "job `far` is in none of the files at hand; it is not among the needs of: j",
        ),
        (
            "j: {script: a, stage: far}\nk: {script: a, stage: .post}\nl: {script: a, stage: build}",
            ["l", "j", "k"],
            "stage `far` is in none of the files at hand; it comes last, with: j",
        ),
        (
            "stages: [build]\nj: {script: a}\nk: {script: a, stage: build}",
            ["k", "j"],
            "stage `test` is in none of the files at hand; it comes last, with: j",
        ),
        (
            "j: {script: a, stage: far}\nk: {script: a, needs: [j]}",
            ["k", "j"],
            "the place of stage `far` is unknown; its jobs are not among the needs of: k",
        ),
        (
            "j: {script: a}\nk: {trigger: {include: [{artifact: a.yml, job: far}]}}",
            ["j"],
            "not evaluated, because the script or the rules are in none of the files at hand: k",
        ),
    ],
)
def test_what_only_a_skipped_include_can_define_is_named_with_the_jobs_that_ask_for_it(warned, text, jobs, warning):
    assert warned(FAR + text)[0] == jobs
    assert warning in warned(FAR + text)[1]


def test_needs_of_instances_are_kept(warned):
    jobs, warnings = warned(FAR + "p: {script: s, parallel: 2}\nj: {script: s, needs: ['p 1/2']}")

    assert jobs == ["p 1/2", "p 2/2", "j"]
    assert len(warnings) == 1


@pytest.mark.parametrize("text", ["", ".hidden: {script: s}", "j: {extends: .far}"])
@pytest.mark.parametrize("filename", [None, ".gitlab-ci.yml"])
def test_a_configuration_without_a_job_of_its_own_is_empty(compiled, text, filename):
    plan = compiled(FAR + text, skip_missing=True, filename=filename)

    assert (plan.outcome, len(plan.warnings)) == ("empty", 3 if "far" in text else 1)
    assert plan.errors[0].message == "No job is in the files at hand: all of them are in skipped includes."


def test_warnings_are_kept_when_something_else_is_invalid(compiled):
    plan = compiled(FAR + "j: {script: s, foo: 1}", skip_missing=True)

    assert (plan.outcome, len(plan.warnings)) == ("invalid", 1)


@pytest.mark.parametrize(
    "text",
    [
        "j: {script: s, image: !reference [r0]}\n" + "".join(f"r{n}: !reference [r{n + 1}]\n" for n in range(2000)),
        "a0: &a0 [!reference [far]]\n"
        + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}, *a{n}]\n" for n in range(12))
        + "j: {script: s}",
        "j: {script: s, rules: [!reference [far, rules]]}\n" * 3,
    ],
)
def test_long_chains_and_shared_values_are_refused_or_evaluated_but_never_break_the_compiler(compiled, text):
    assert compiled(FAR + text, skip_missing=True).outcome in {"invalid", "planned", "empty"}
