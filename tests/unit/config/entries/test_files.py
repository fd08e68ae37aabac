"""The top of a file and the names of jobs."""

import pytest

NO_JOB = "jobs config should contain at least one visible job"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", [NO_JOB]),
        (".x: {script: s}", [NO_JOB]),
        ("a: {script: s}\nb: 5", ["jobs b config should implement the script:, run:, or trigger: keyword"]),
        ("s s: foo", ["jobs s_s config should implement the script:, run:, or trigger: keyword", NO_JOB]),
        ("My Job: foo", ["jobs my_job config should implement the script:, run:, or trigger: keyword", NO_JOB]),
        ("job 1: foo", ["jobs job 1 config should implement the script:, run:, or trigger: keyword", NO_JOB]),
        (
            "a: {script: s}\nb: x\nc:",
            [f"jobs {name} config should implement the script:, run:, or trigger: keyword" for name in "bc"],
        ),
        ("a: {script: s}\n.x:", ["jobs:.x config can't be blank"]),
        ("a: {script: s}\n.x: []", ["jobs:.x config can't be blank"]),
        ("true: {script: s}", ["jobs:true name should be a symbol"]),
        ("123: {script: s}", ["jobs:123 name should be a symbol"]),
        ("null: {script: s}", ["jobs:job name can't be blank", "jobs:job name should be a symbol"]),
        ('"": {script: s}', ["jobs:job name can't be blank"]),
        (f"{'x' * 256}: {{script: s}}", [f"jobs:{'x' * 256} name is too long (maximum is 255 characters)"]),
        (
            "stages: x\na: {script: s}",
            ["stages config should be an array of strings or a nested array of strings up to 10 levels deep"],
        ),
        ("a: {needs: [b]}\nb: {script: s}", ["jobs:a config should contain either a trigger or a needs:pipeline"]),
        ("include: {project: g/p}\na: {script: s}", ["include config should be an array or a string"]),
        (
            "before_script: 5\na: {script: s}",
            3 * ["before_script config should be a string or a nested array of strings up to 10 levels deep"],
        ),
    ],
)
def test_a_file_is_refused_in_these_words(messages, text, expected):
    assert messages(text) == expected


@pytest.mark.parametrize("name", ["a/b c:d", "default", "workflow", "pages", "x" * 255, "ä"])
def test_nearly_any_text_names_a_job(check, named, name):
    assert named(name, check(f'"{name}": {{script: s}}')).options["script"] == ["s"]


def test_a_job_named_like_a_keyword_takes_its_place(check):
    checked = check("default: {script: s}\nworkflow: {trigger: g/p}\na: {script: s}")

    assert [job.name for job in checked.jobs] == ["default", "workflow", "a"]
    assert not checked.errors


@pytest.mark.parametrize(
    ("written", "stages"),
    [
        ("", (".pre", "build", "test", "deploy", ".post")),
        ("stages:", (".pre", "build", "test", "deploy", ".post")),
        ("stages: []", ()),
        ("stages: [one, [two, [three]]]", (".pre", "one", "two", "three", ".post")),
        ("stages: [b, a, b]", (".pre", "b", "a", ".post")),
        ("stages: [.post, a, [.pre]]", (".pre", "a", ".post")),
    ],
)
def test_stages_are_flat_and_each_is_there_once(check, written, stages):
    assert check(f"{written}\na: {{script: s}}").stages == stages


def test_one_bad_key_hides_what_is_wrong_with_the_jobs(messages):
    assert len(messages("a: {script: 5}\nb: 1")) == 1


def test_every_problem_has_a_location(check):
    checked = check("a:\n  script: s\n  artifacts:\n    paths: x\nb:\n  script: s\n  foo: 1\n  when: never\n")

    assert [problem.location and problem.location[1:] for problem in checked.errors] == [(4, 5), (7, 3), (8, 3)]
