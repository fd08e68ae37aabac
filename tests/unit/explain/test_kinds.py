"""Kind of pipeline that options and requests ask for; what contradicts itself or does not exist is wrong use."""

import json

import pytest

from pullcord_local.explain.batch import answer_line
from pullcord_local.explain.kinds import SOURCES

JOB = "j: {script: x, rules: [{when: always}]}"


@pytest.fixture
def configured(tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text(JOB)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (("--ref", "refs/heads/x"), "branch x (push)"),
        (("--ref", "refs/tags/x"), "tag x (push)"),
        (("--ref", "refs/tags/x", "--tag"), "tag x (push)"),
        (("--ref", "refs/tags/x", "--tag", "x", ".gitlab-ci.yml"), "tag x (push)"),
        (("--tag", "refs/tags/x"), "tag x (push)"),
        (("--ref", "feature/refs/heads"), "branch feature/refs/heads (push)"),
        (("--ref", "refs/heads/refs/tags/x"), "branch refs/tags/x (push)"),
        (("--set", "CI_PIPELINE_SOURCE=web"), "branch main (web)"),
        (("--source", "web", "--set", "CI_PIPELINE_SOURCE=web"), "branch main (web)"),
        (("--source", "merge_request_event", "--ref", "refs/heads/x"), "a merge request of x"),
        *[(("--source", source, "--ref", "x"), f"({source})") for source in SOURCES if source != "merge_request_event"],
    ],
)
def test_options_name_the_kind_of_pipeline(explain, options, kind):
    status, printed, _ = explain(*options)

    assert status == 0
    assert kind in printed.splitlines()[0]


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--source", "bogus"), "unknown source 'bogus'; sources: push, web, trigger, "),
        (("--source", "merge_request"), "'merge_request'; did you mean merge_request_event? sources: push,"),
        (("--source", "mr"), "did you mean merge_request_event?"),
        (("--source", "Push"), "did you mean push?"),
        (("--source", "scheduled"), "did you mean schedule?"),
        (("--source="), "unknown source ''"),
        (("--set", "CI_PIPELINE_SOURCE=bogus"), "unknown source 'bogus'"),
        (("--source", "web", "--set", "CI_PIPELINE_SOURCE=api"), "name different sources"),
        (("--source", "merge_request_event", "--tag", "v1"), "source merge_request_event is for a branch, never for a tag"),
        (("--source", "merge_request_event", "--ref", "refs/tags/v1"), "never for a tag"),
        (("--source", "external_pull_request_event", "--tag", "v1"), "never for a tag"),
        (("--ref", "refs/heads/x", "--tag"), "--tag contradicts the branch refs/heads/x"),
        (("--tag", "refs/heads/x"), "--tag contradicts the branch refs/heads/x"),
        (("--ref", "refs/heads/x", "--tag", "x", ".gitlab-ci.yml"), "--tag contradicts the branch refs/heads/x"),
        (("--ref="), "--ref: the ref is empty"),
        (("--ref", " "), "--ref: the ref is empty"),
        (("--tag="), "--tag: the ref is empty"),
        (("--ref", "refs/heads/"), "is neither refs/heads/NAME nor refs/tags/NAME"),
        (("--ref", "refs/remotes/origin/x"), "is neither refs/heads/NAME nor refs/tags/NAME"),
        (("--ref", "refs/merge-requests/1/head"), "name the source branch, with source merge_request_event"),
        (("--variable", "A B=1"), "'A B' has other characters than letters, digits and _"),
        (("--variable", "=1"), "'=1' is not of the form K=V"),
        (("--input", "a=1", "--input", "a=2"), "--input names a twice"),
        (("--set", "CI_COMMIT_SHA"), "'CI_COMMIT_SHA' is not of the form NAME=VALUE"),
        (("--set", "CI_COMMIT_SHA=1", "--set", "CI_COMMIT_SHA=2"), "--set names CI_COMMIT_SHA twice"),
        (("--changed="), "--changed '' is no path from the root of the repository"),
        (("--changed", "/etc/passwd"), "--changed '/etc/passwd' is no path"),
        (("--changed", "../a"), "--changed '../a' is no path"),
        (("a\0b",), "cannot read a\0b"),
        (("--batch", "--ref", "x"), "--batch has this in its requests: --ref"),
        (("--batch", "a.yml"), "--batch has this in its requests: FILE"),
        (("--batch", "--include", "g/p=.", "--set", "CI=1"), "--batch has this in its requests: --set, --include"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_or_does_not_exist_is_wrong_use(explain, options, complaint):
    status, printed, complaints = explain(*([options] if isinstance(options, str) else options))

    assert (status, printed) == (2, "")
    assert complaint in complaints


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        ({"source": "bogus"}, "wrong request: unknown source 'bogus'; sources: push, "),
        ({"source": "merge_request"}, "did you mean merge_request_event?"),
        ({"source": "merge_request_event", "tag": True}, "is for a branch, never for a tag"),
        ({"source": "merge_request_event", "ref": "refs/tags/v1"}, "is for a branch, never for a tag"),
        ({"ref": "refs/heads/x", "tag": True}, "wrong request: refs/heads/x is no tag"),
        ({"ref": ""}, "wrong request: the ref is empty"),
        ({"tag": "v1"}, "wrong request: tag should be true or false"),
        ({"skip_missing_includes": 1}, "wrong request: skip_missing_includes should be true or false"),
    ],
)
def test_a_request_that_contradicts_itself_is_answered_with_an_error(request_, error):
    answer = json.loads(answer_line(json.dumps({"id": 1, "config": JOB} | request_).encode()))

    assert (answer["id"], answer["outcome"]) == (1, "invalid")
    assert error in answer["error"]


@pytest.mark.parametrize(("ref", "names"), [("refs/heads/x", ["CI_COMMIT_BRANCH"]), ("refs/tags/x", ["CI_COMMIT_TAG"])])
def test_a_request_may_have_a_whole_ref(ref, names):
    config = "".join(
        f"{name}: {{script: x, rules: [{{if: ${name} == 'x'}}]}}\n" for name in ("CI_COMMIT_BRANCH", "CI_COMMIT_TAG")
    )

    answer = json.loads(answer_line(json.dumps({"config": config, "ref": ref}).encode()))

    assert [job["name"] for job in answer["jobs"]] == names
