import json

import pytest

from pullcord_local.explain.batch import answer_line, answer_lines

JOB = "j: {script: s}"


def answered(**request):
    return json.loads(answer_line(json.dumps(request).encode()))


def test_every_line_has_its_answer_in_order_whatever_stands_there():
    lines = [
        b'{"id": 1, "config": "j: {script: s}"}\n',
        b"\n",
        b"not json\n",
        b"[]\n",
        b"\xff\n",
        b'{"id": 2, "config": "a: ["}\n',
    ]

    answers = [json.loads(answer) for answer in answer_lines(lines)]

    assert [answer["id"] for answer in answers] == [1, None, None, None, 2]
    assert [answer["error"] is None for answer in answers] == [True, False, False, False, False]


def test_a_plan_answers_with_jobs_and_trace():
    answer = answered(id="x", config=JOB)

    assert answer["jobs"] == [
        {
            "name": "j",
            "stage": "test",
            "when": "on_success",
            "allow_failure": False,
            "allow_failure_criteria": None,
            "variables": {},
            "script": ["s"],
            "location": {"file": "", "line": 1, "column": 1},
        }
    ]
    assert answer["trace"]["jobs"][0]["by"] == "default"
    assert (answer["error"], answer["errors"], answer["warnings"], answer["skipped"]) == (None, [], [], False)


def test_an_error_has_its_location():
    answer = answered(config="j:\n  script: s\n  foo: 1\n")

    assert answer["error"] == "jobs:j config contains unknown keys: foo"
    assert answer["errors"][0]["location"] == {"file": "", "line": 3, "column": 3}


def test_a_file_name_stands_before_errors_inside_the_file():
    assert answered(config="a: [", filename="ci.yml")["error"].startswith("`ci.yml`: (<unknown>): ")


@pytest.mark.parametrize(
    "request_",
    [
        {"config": 5},
        {"config": JOB, "ref": 5},
        {"config": JOB, "variables": [1]},
        {"config": JOB, "variables_list": 5},
        {"config": JOB, "variables_list": [5]},
        {"config": JOB, "files": "x"},
        {"config": JOB, "inputs": [1]},
    ],
)
def test_a_request_of_the_wrong_shape_is_refused_in_words(request_):
    assert answered(**request_)["error"].startswith("wrong request: ")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        (
            {"limits": {"max_includes": 1}, "config": "include: [a.yml, a.yml]"},
            "Maximum of 1 nested includes are allowed!",
        ),
        ({"limits": {"yaml_bytes": 5}}, "The provided YAML is too big"),
        ({"limits": {"max_yaml_depth": 1}}, "The parsed YAML is too big"),
        ({"commit_message": "[skip ci]"}, None),
        ({"source": "schedule", "commit_message": "[skip ci]"}, None),
    ],
)
def test_surroundings_of_a_request_count(more, error):
    answer = answered(**{"config": JOB, "files": {"a.yml": JOB}} | more)

    assert answer["error"] == error
    assert answer["skipped"] is (more.get("source") != "schedule" and "commit_message" in more)


def test_masked_values_are_not_in_the_trace():
    config = "j: {script: s, rules: [{if: '$SECRET == \"x\"'}, {when: always}]}"

    answer = answered(config=config, variables={"SECRET": "hunter22"}, masked=["SECRET"])

    assert "hunter22" not in json.dumps(answer)
    assert answer["trace"]["jobs"][0]["rules"][0]["clauses"][0]["seen"] == {"SECRET": "[MASKED]"}


def test_what_json_lacks_does_not_end_the_batch():
    config = "a: {trigger: {project: g/p, inputs: {n: .nan, [k]: v, i: -.inf}}}"

    (answer,) = answer_lines([json.dumps({"id": 1, "config": config}).encode()])

    assert json.loads(answer, parse_constant=pytest.fail)["id"] == 1


NEEDS = """
a: {script: x}
b: {script: x, needs: [{job: a, artifacts: false}, {job: gone, optional: true}, {project: g/p, job: c, ref: d, artifacts: true}]}
"""
WHOLE = [
    {"name": "a", "artifacts": False, "optional": False},
    {"name": "gone", "artifacts": True, "optional": True},
    {"project": "g/p", "ref": "d", "job": "c", "artifacts": True},
]


def test_needs_are_names_and_their_attributes_stand_beside():
    job = answered(config=NEEDS)["jobs"][1]

    assert (job["needs"], job["needs_attributes"]) == (["a", "gone"], WHOLE)


def test_needs_of_one_configuration_are_whole(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text(NEEDS)

    assert json.loads(explain("--format", "json")[1])["jobs"][1]["needs"] == WHOLE


def test_a_request_says_when_no_diff_is_known():
    config = "j: {script: s, rules: [{changes: [a]}]}"

    def clause(**more):
        return answered(config=config, **more)["trace"]["jobs"][0]["rules"][0]["clauses"][0]

    assert clause()["notes"] == ["no diff known: counts as changed; --changed PATH"]
    assert "notes" not in clause(changes=["a"])
