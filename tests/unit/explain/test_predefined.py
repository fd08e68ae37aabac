"""Predefined variables by kind of pipeline."""

import json

import pytest

from pullcord_local.explain.kinds import SOURCES
from pullcord_local.explain.names import OF_JOBS, OF_PIPELINES
from pullcord_local.explain.notes import OF_RUNNING_JOBS
from pullcord_local.explain.predefined import predefined
from pullcord_local.explain.situation import Situation

ONLY = {
    "CI_MERGE_REQUEST_": {"merge_request_event"},
    "CI_EXTERNAL_PULL_REQUEST_": {"external_pull_request_event"},
    "CI_PIPELINE_SCHEDULE_DESCRIPTION": {"schedule"},
    "CI_PIPELINE_TRIGGERED": {"trigger"},
    "CHAT_": {"chat"},
    "CI_OPEN_MERGE_REQUESTS": {"merge_request_event"},
}
"""Variables, or beginnings of their names, and the only sources that have them."""

OF_TAGS = {"CI_COMMIT_TAG", "CI_COMMIT_TAG_MESSAGE", "CI_RELEASE_DESCRIPTION"}
RARE = {
    "CI_COMMIT_USER_LOGIN", "CI_DEBUG_SERVICES", "CI_DEBUG_TRACE", "CI_DEFAULT_BRANCH_SLUG", "CI_DEPLOY_FREEZE",
    "CI_GITLAB_FIPS_MODE", "CI_HAS_OPEN_REQUIREMENTS", "CI_KUBERNETES_ACTIVE", "CI_PIPELINE_NAME", "KUBECONFIG",
    "TRIGGER_PAYLOAD",
}  # fmt: skip
"""Variables that are undefined unless they are set."""

KINDS = [(source, False) for source in SOURCES] + [("push", True), ("schedule", True), ("trigger", True)]


def expected(name, source, *, tag):
    if name in OF_TAGS:
        return tag
    if name == "CI_COMMIT_BRANCH":
        return not tag and source != "merge_request_event"
    allowed = next((sources for beginning, sources in ONLY.items() if name.startswith(beginning)), {source})
    return source in allowed and name not in RARE


@pytest.mark.parametrize(("source", "tag"), KINDS)
def test_a_pipeline_has_exactly_the_variables_of_its_kind(source, tag):
    known = predefined(Situation(source=source, tag=tag))
    wanted = {name for name in OF_PIPELINES if expected(name, source, tag=tag)}

    assert {*known.before, *known.pipeline} == wanted
    assert not known.before.keys() & known.pipeline.keys()


@pytest.mark.parametrize("source", SOURCES)
def test_each_value_that_is_made_up_is_a_placeholder(source):
    known = predefined(Situation(source=source))
    follows = {
        "CI", "GITLAB_CI", "CI_PIPELINE_SOURCE", "CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME", "CI_COMMIT_REF_SLUG",
        "CI_CONFIG_PATH", "CI_PIPELINE_TRIGGERED", "CI_TEMPLATE_REGISTRY_HOST", "CI_SERVER_NAME", "CI_SERVER_PORT",
        "CI_SERVER_PROTOCOL", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME",
        "CI_COMMIT_BEFORE_SHA",
    }  # fmt: skip

    assert {*known.before, *known.pipeline} - known.placeholders.keys() - follows == set()


@pytest.mark.parametrize("name", sorted(OF_PIPELINES - {"CI_PIPELINE_SOURCE"}))
def test_every_variable_can_be_set_and_is_then_no_placeholder(name):
    known = predefined(Situation(source="merge_request_event", predefined={name: "given"}))

    assert {**known.before, **known.pipeline}[name] == "given"
    assert name not in known.placeholders


@pytest.mark.parametrize(
    ("name", "value", "follows"),
    [
        ("CI_PROJECT_PATH", "a/b/c", {"CI_PROJECT_NAME": "c", "CI_PROJECT_NAMESPACE": "a/b", "CI_PROJECT_ROOT_NAMESPACE": "a"}),
        ("CI_SERVER_FQDN", "git.example:8443", {"CI_SERVER_URL": "https://git.example:8443", "CI_SERVER_PORT": "8443"}),
        ("CI_SERVER_URL", "http://git.example", {"CI_SERVER_HOST": "git.example", "CI_SERVER_PROTOCOL": "http"}),
        ("CI_DEFAULT_BRANCH", "trunk", {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "trunk"}),
        ("CI_COMMIT_SHA", "ab" * 20, {"CI_COMMIT_SHORT_SHA": "abababab"}),
        ("CI_COMMIT_MESSAGE", "Title\n\nBody", {"CI_COMMIT_TITLE": "Title", "CI_COMMIT_DESCRIPTION": "Body"}),
        ("CI_MERGE_REQUEST_IID", "7", {"CI_MERGE_REQUEST_REF_PATH": "refs/merge-requests/7/head",
                                       "CI_OPEN_MERGE_REQUESTS": "my-group/my-project!7"}),
        ("CI_MERGE_REQUEST_EVENT_TYPE", "merged_result", {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "2" * 40}),
        ("CI_MERGE_REQUEST_EVENT_TYPE", "detached", {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": ""}),
    ],
)  # fmt: skip
def test_what_follows_from_a_variable_that_is_set_follows_it(name, value, follows):
    situation = Situation(source="merge_request_event", predefined={name: value}).with_overrides()

    assert follows.items() <= predefined(situation).before.items()


@pytest.mark.parametrize("name", ["CI_PIPELINE_IID", "GITLAB_USER_LOGIN", "CI_MERGE_REQUEST_LABELS"])
def test_includes_see_only_what_is_known_before_the_pipeline(tmp_path, explain, name):
    (tmp_path / "a.yml").write_text("a: {script: x, rules: [{when: always}]}")
    text = f"include: [{{local: a.yml, rules: [{{if: ${name}}}]}}]\nj: {{script: x, rules: [{{if: ${name}}}]}}\n"
    (tmp_path / ".gitlab-ci.yml").write_text(text)

    answer = json.loads(explain("--source", "merge_request_event", "--set", f"{name}=1", "--format", "json")[1])

    assert [job["name"] for job in answer["jobs"]] == (["a", "j"] if "MERGE" in name else ["j"])


def test_no_rule_sees_what_is_not_known_before_a_job_runs(tmp_path, explain):
    conditions = "".join(f"'{name}': {{script: x, rules: [{{if: ${name}}}]}}\n" for name in sorted(OF_RUNNING_JOBS))
    (tmp_path / ".gitlab-ci.yml").write_text("j: {script: x}\n" + conditions)

    status, printed, _ = explain()

    assert status == 0
    assert f"note: not known before a job runs: {', '.join(sorted(OF_RUNNING_JOBS))}" in printed.splitlines()


@pytest.mark.parametrize("name", sorted(OF_JOBS | {"CI_JOB_ID", "CI_MERGE_REQUEST_LABLES", "MY_VARIABLE"}))
def test_other_variables_cannot_be_set(tmp_path, explain, name):
    (tmp_path / ".gitlab-ci.yml").write_text("j: {script: x}")

    status, printed, complaint = explain("--set", f"{name}=x")

    assert (status, printed) == (2, "")
    assert name in complaint
    assert ("did you mean CI_MERGE_REQUEST_LABELS?" in complaint) == ("LABLES" in name)
