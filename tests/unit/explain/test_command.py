import io
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

CONFIGURATION = """stages: [build, test]
compile:
  stage: build
  script: make
check:
  script: make check
  rules:
    - if: $CI_COMMIT_TAG
      when: never
    - if: $CI_COMMIT_BRANCH == "main"
nightly:
  script: make nightly
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
"""


@pytest.fixture
def configured(tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text(CONFIGURATION)
    return tmp_path


def test_a_person_sees_the_jobs_by_stage_and_the_rule_that_decided(configured, explain):
    status, printed, _ = explain()

    assert status == 0
    assert printed.splitlines() == [
        "A pipeline would be created for branch main (push) (.gitlab-ci.yml)",
        "",
        "STAGE  JOB      WHEN        WHY",
        "build  compile  on_success  no rules: in branch and tag pipelines",
        'test   check    on_success  .gitlab-ci.yml:10 if $CI_COMMIT_BRANCH == "main"',
        "",
        "NOT IN THE PIPELINE",
        "  nightly  .gitlab-ci.yml:13 no rule matches: if $CI_PIPELINE_SOURCE == \"schedule\" (CI_PIPELINE_SOURCE = 'push')",
    ]


@pytest.mark.parametrize(
    "options", [("--tag", "v1"), ("--ref", "v1", "--tag"), ("--ref", "v1", "--tag", ".gitlab-ci.yml")]
)
def test_a_tag_can_be_named_in_either_way(configured, explain, options):
    status, printed, _ = explain(*options)

    assert status == 0
    assert "for tag v1 (push)" in printed
    assert "check    .gitlab-ci.yml:8 when: never, if $CI_COMMIT_TAG" in printed


def test_an_error_is_shown_under_its_line(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text("a:\n  script: x\n  needs: [b]\n")

    status, printed, _ = explain()

    assert status == 1
    assert "error: 'a' job needs 'b' job" in printed or "error: a job: undefined need: b" in printed
    assert "--> .gitlab-ci.yml:3:" in printed
    assert "\n     needs: [b]\n" in printed


def test_a_name_that_looks_like_a_slip_is_pointed_out(tmp_path, explain):
    text = (
        "spec: {inputs: {region: {default: x}}}\n---\na: {script: x, rules: [{if: $CI_COMIT_BRANCH}]}\nb: {script: x}"
    )
    (tmp_path / "ci.yml").write_text(text)

    assert "$CI_COMIT_BRANCH is not defined anywhere; did you mean $CI_COMMIT_BRANCH?" in explain("ci.yml")[1]
    assert "there is no input `regoin`; did you mean `region`?" in explain("ci.yml", "--input", "regoin=x")[1]


def test_includes_come_from_the_work_tree_and_the_others_are_named(tmp_path, explain):
    (tmp_path / ".git").mkdir()
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci" / "a.yml").write_text("a: {script: a}")
    (tmp_path / "ci" / "main.yml").write_text("include: /ci/a.yml")
    (tmp_path / "ci" / "far.yml").write_text("include: {project: g/p, file: x.yml}")

    assert "includes: ci/a.yml" in explain("ci/main.yml")[1]
    status, printed, _ = explain("ci/far.yml")
    assert status == 1
    assert "Project `g/p` not found" in printed
    assert "it does not have x.yml of project g/p" in printed


def test_nothing_outside_the_work_tree_is_included(tmp_path, explain):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.yml").write_text("a: {script: a}")
    (tmp_path / "inside" / "ci.yml").write_text("include: ../secret.yml")

    assert "Local file `../secret.yml` does not exist!" in explain("inside/ci.yml")[1]


def test_options_reach_the_rules(tmp_path, explain):
    text = """
a: {script: x, rules: [{if: '$NAME == "value"'}]}
b: {script: x, rules: [{changes: [docs/*]}]}
c: {script: x, rules: [{if: $CI_MERGE_REQUEST_IID}]}
"""
    (tmp_path / ".gitlab-ci.yml").write_text(text)
    options = ("--variable", "NAME=value", "--changed", "docs/a", "--source", "merge_request_event", "--format", "json")

    answer = json.loads(explain(*options)[1])

    assert [job["name"] for job in answer["jobs"]] == ["a", "b", "c"]
    assert answer["trace"]["jobs"][0]["rules"][0]["clauses"][0]["seen"] == {"NAME": "value"}
    assert answer["jobs"][1]["location"] == {"file": ".gitlab-ci.yml", "line": 3, "column": 1}


def test_standard_input_is_validated_as_it_stands(explain, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"a: [")))

    assert "error: (<unknown>): did not find expected node content" in explain("-")[1]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("missing.yml",), "cannot read missing.yml: No such file or directory"),
        (("--variable", "NAME"), "'NAME' is not of the form K=V"),
        (("--ref", "a", "--tag", "b", ".gitlab-ci.yml"), "--ref and --tag name different refs"),
        (("--tag",), "--tag needs a name, here or as --ref"),
    ],
)
def test_wrong_use_is_status_two(configured, explain, options, complaint):
    status, printed, complaints = explain(*options)

    assert (status, printed, complaints) == (2, "", f"pullcord explain: {complaint}\n")


def test_control_characters_do_not_reach_the_terminal(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text('"evil\\e[31m": {script: x}\n')

    printed = explain()[1]

    assert "\x1b" not in printed
    assert "evil·[31m" in printed


@pytest.mark.parametrize(("text", "status"), [(b"a: {script: x}", 0), (b"a: {script: x, when: never}", 1)])
def test_the_program_leaves_with_its_answer_written_and_its_status(text, status):
    program = [
        sys.executable,
        "-c",
        "from pullcord_local import cli; cli.program()",
        "explain",
        "-",
        "--format",
        "json",
    ]

    done = subprocess.run(program, input=text, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (status, b"")
    assert json.loads(done.stdout)["outcome"] == ("invalid" if status else "planned")


def test_nothing_slow_is_imported():
    slow = {"boto3", "botocore", "moto", "dulwich", "rich", "pydantic", "cryptography", "asyncio", "ssl", "hashlib"}
    program = (
        "import sys; from pullcord_local import cli; status = cli.main(['explain', '-', '--format', 'json']); "
        "print(sorted(set(sys.modules)), file=sys.stderr); sys.exit(status)"
    )

    done = subprocess.run([sys.executable, "-c", program], input=b"a: {script: x}", capture_output=True, check=True)

    assert not slow & set(eval(done.stderr))
