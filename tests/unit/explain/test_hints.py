import pytest

JOB = "  script: x\n"


@pytest.fixture
def hints(tmp_path, explain):
    def run(text, *options):
        (tmp_path / ".gitlab-ci.yml").write_text(text)
        _, printed, _ = explain(*options)
        return [line.removeprefix("hint: ") for line in printed.splitlines() if line.startswith("hint: ")]

    return run


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (f"job:\n{JOB}  scirpt: y\n", "there is no keyword `scirpt`; did you mean `script`?"),
        (f"stages: [build]\njob:\n{JOB}  stage: biuld\n", "there is no stage `biuld`; did you mean `build`?"),
        (f"compile:\n{JOB}job:\n{JOB}  needs: [complie]\n", "there is no job `complie`; did you mean `compile`?"),
        (f".base: {{tags: [a]}}\njob:\n{JOB}  extends: .bsae\n", "there is no job `.bsae`; did you mean `.base`?"),
        (f"variables: {{DEPLOY_TO: x}}\njob:\n{JOB}  rules: [{{if: $DEPLOI_TO}}]\n",
         "$DEPLOI_TO is not defined anywhere; did you mean $DEPLOY_TO?"),
        (f"job:\n{JOB}  rules: [{{if: $CI_COMIT_TAG}}]\n",
         "$CI_COMIT_TAG is not defined anywhere; did you mean $CI_COMMIT_TAG?"),
    ],
)  # fmt: skip
def test_a_name_that_looks_like_a_slip_is_pointed_out(hints, text, hint):
    assert hints(text) == [hint]


def test_a_given_variable_that_nothing_uses_is_pointed_out(hints):
    text = f"job:\n{JOB}  rules: [{{if: $DEPLOY_TO}}, {{when: always}}]\n"

    assert hints(text, "--variable", "DEPLOY_T=x") == [
        "$DEPLOY_TO is not defined anywhere; did you mean $DEPLOY_T?",
        "no rule uses the variable DEPLOY_T; did you mean DEPLOY_TO?",
    ]


def test_an_input_that_looks_like_a_slip_is_pointed_out(hints):
    text = f"spec: {{inputs: {{colour: {{default: red}}}}}}\n---\njob:\n{JOB}"

    assert hints(text, "--input", "color=red") == ["there is no input `color`; did you mean `colour`?"]


@pytest.mark.parametrize("text", [f"job:\n{JOB}", f"job:\n{JOB}  rules: [{{if: $UNHEARD_OF}}, {{when: always}}]\n"])
def test_where_nothing_looks_like_a_slip_nothing_is_said(hints, text):
    assert hints(text, "--variable", "ELSEWHERE=1") == []


def test_the_key_of_only_that_keeps_a_job_out_is_named_with_its_value(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text(f"other:\n{JOB}job:\n{JOB}  only: {{variables: [$KEY]}}\n")

    _, printed, _ = explain()

    assert printed.splitlines()[-1] == "  job  .gitlab-ci.yml:5 only: variables $KEY (KEY is undefined)"


def test_jobs_without_rules_are_in_every_pipeline_where_the_workflow_has_rules(tmp_path, explain):
    (tmp_path / ".gitlab-ci.yml").write_text(f"workflow: {{rules: [{{when: always}}]}}\njob:\n{JOB}")

    _, printed, _ = explain("--source", "merge_request_event")

    assert "no rules: in every pipeline" in printed
