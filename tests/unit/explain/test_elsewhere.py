"""Includes from elsewhere: given by options, skipped, or of the project itself."""

import json
import subprocess

import pytest

from pullcord_local.explain.batch import answer_line

FAR = "include:\n  - {project: Group/far, file: ci.yml%s}\nj: {script: x}\n"


def git(folder, *words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


@pytest.fixture
def write(tmp_path):
    def run(path, text):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    return run


@pytest.fixture
def jobs(explain):
    """The names of the jobs, or the error, and the whole answer."""

    def run(*options):
        answer = json.loads(explain(*options, "--format", "json")[1])
        return answer["error"] or [job["name"] for job in answer["jobs"]], answer

    return run


@pytest.fixture
def repository(tmp_path, write):
    """A folder `far` whose repository has the tag v1 and versions, and whose files have changed since."""
    git(tmp_path, "init", "-q", "-b", "main", "far")
    for number, tag in enumerate(["1.2.9", "v1", "1.10.0", "2.0.0"]):
        write("far/ci.yml", f"of_{number}: {{script: x}}\n")
        write("far/templates/c.yml", f"of_{number}: {{script: x}}\n")
        git(tmp_path / "far", "add", "-A")
        git(tmp_path / "far", "commit", "-q", "-m", tag)
        git(tmp_path / "far", "tag", tag)
    write("far/ci.yml", "uncommitted: {script: x}\n")
    write("far/templates/c.yml", "uncommitted: {script: x}\n")
    return tmp_path / "far"


def test_a_project_is_read_from_the_folder_that_is_given(write, jobs):
    write(".gitlab-ci.yml", FAR % "")
    write("far/ci.yml", "include: more/*.yml\na: {script: x}\n")
    write("far/more/b.yml", "b: {script: x}\n")

    assert jobs("--include", "group/far=far")[0] == ["b", "a", "j"]
    assert jobs("--include", "group/other=far")[0].startswith("Project `Group/far` not found or access denied!")


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("ref", "job"), [("v1", "of_1"), ("main", "of_3"), ("1.2.9", "of_0"), ("2.0", "of_3"), ("", "uncommitted")]
)
def test_a_ref_is_read_from_the_repository_of_the_folder(write, jobs, ref, job):
    write(".gitlab-ci.yml", FAR % (f", ref: '{ref}'" if ref else ""))

    names, answer = jobs("--include", "group/far=far")

    assert (names, answer["notes"]) == ([job, "j"], [])


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("ref", ["v9", "--help", "main:ci.yml", "a b"])
def test_a_folder_without_the_ref_is_read_as_it_is_with_a_note(write, jobs, explain, ref):
    write(".gitlab-ci.yml", FAR % f", ref: '{ref}'")
    note = f"far has no ref {ref}: its files are read as they are"

    names, answer = jobs("--include", "group/far=far")

    assert (names, answer["notes"]) == (["uncommitted", "j"], [note])
    assert f"note: {note}" in explain("--include", "group/far=far")[1].splitlines()


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("version", "job"), [("~latest", "of_3"), ("1", "of_2"), ("1.2", "of_0"), ("1.10.0", "of_2"), ("v1", "of_1")]
)
def test_a_component_of_a_given_project_has_the_newest_version_that_fits(write, jobs, version, job):
    write(".gitlab-ci.yml", f"include: [{{component: gitlab.example.com/group/far/c@{version}}}]\nj: {{script: x}}\n")

    assert jobs("--include", "group/far=far")[0] == [job, "j"]


def test_a_remote_include_and_a_template_are_read_from_what_is_given(write, jobs):
    url = "https://example.com/raw?ref=main/ci.yml"
    write(".gitlab-ci.yml", f"include: [{{remote: '{url}'}}, {{template: Jobs/A.gitlab-ci.yml}}]\nj: {{script: x}}")
    write("remote.yml", "a: {script: x}")
    write("templates/Jobs/A.gitlab-ci.yml", "b: {script: x}")

    assert jobs("--remote", f"{url}=remote.yml", "--templates", "templates")[0] == ["a", "b", "j"]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--include", "far"), "--include far: not of the form group/project=DIR"),
        (("--include", "far=."), "--include far=.: not of the form group/project=DIR"),
        (("--include", "g/far="), "--include g/far=: not of the form group/project=DIR"),
        (("--include", "g/far=nowhere"), "--include g/far=nowhere: there is no such folder"),
        (("--include", "g/far=.", "--include", "G/far=."), "--include names g/far twice"),
        (("--remote", "https://a.example"), "--remote https://a.example: not of the form URL=FILE"),
        (("--remote", "https://a.example=nowhere"), "--remote https://a.example=nowhere: there is no such file"),
        (("--templates", "nowhere"), "--templates nowhere: there is no such folder"),
    ],
)
def test_an_option_that_names_nothing_to_read_is_wrong_use(write, explain, options, complaint):
    write(".gitlab-ci.yml", "j: {script: x}")

    assert explain(*options) == (2, "", f"pullcord explain: {complaint}\n")


def test_includes_that_are_not_at_hand_are_skipped_when_asked_for(write, jobs, explain):
    write(".gitlab-ci.yml", FAR % "" + "k: {script: x, needs: [far]}\n")

    names, answer = jobs("--skip-missing-includes")
    status, printed, _ = explain("--skip-missing-includes")

    assert (names, status) == (["j", "k"], 0)
    assert answer["warnings"][0] == {
        "message": "`Group/far:ci.yml` is not at hand: the include is skipped",
        "location": {"file": ".gitlab-ci.yml", "line": 2, "column": 5},
    }
    assert "skipped: 1 include, see the warnings" in printed
    assert "warning: `Group/far:ci.yml` is not at hand: the include is skipped\n  --> .gitlab-ci.yml:2:5" in printed
    assert printed.splitlines()[-1] == "hint: options that give what is skipped: --include group/far=DIR"
    assert "warning: job `far` is in none of the files at hand; it is not among the needs of: k" in printed


def test_without_that_option_both_ways_out_are_named(write, jobs, explain):
    write(".gitlab-ci.yml", FAR % "")

    status, printed, _ = explain()

    assert status == 1
    assert "it does not have ci.yml of project group/far: --include group/far=DIR" in printed
    assert "--skip-missing-includes goes on without what is not at hand" in printed
    assert len(jobs()[1]["hints"]) == 2


def test_files_of_a_project_that_is_skipped_do_not_exist_for_rules(write, jobs):
    rule = "rules: [{exists: {paths: [a], project: group/far}}]"
    write(".gitlab-ci.yml", FAR % "" + f"k: {{script: x, {rule}}}\n")

    names, answer = jobs("--skip-missing-includes")

    assert names == ["j"]
    assert answer["notes"] == ["project group/far is not at hand: rules:exists finds nothing in it"]


@pytest.mark.parametrize("path", ["templates/own.yml", "templates/own/template.yml"])
@pytest.mark.parametrize(
    "component",
    [
        "$CI_SERVER_FQDN/$CI_PROJECT_PATH/own@$CI_COMMIT_SHA",
        "$CI_SERVER_FQDN/$CI_PROJECT_PATH/own@$CI_COMMIT_REF_NAME",
        "gitlab.example.com/My-Group/my-project/own@main",
        "$CI_SERVER_FQDN/$CI_PROJECT_PATH/own@~latest",
        "$CI_SERVER_FQDN/$CI_PROJECT_PATH/own@1.0.0",
    ],
)
def test_components_of_the_project_are_read_from_its_work_tree(write, jobs, component, path):
    config = f"include: [{{component: {component}, inputs: {{name: a}}}}]\nj: {{script: x}}\n"
    text = "spec: {inputs: {name: {}}}\n---\n'$[[ inputs.name ]]': {script: x}\n"
    write(".gitlab-ci.yml", config)
    write(path, text)
    request = {"config": config, "files": {path: text}}

    answer = json.loads(answer_line(json.dumps(request).encode()))

    assert jobs()[0] == ["a", "j"]
    assert [job["name"] for job in answer["jobs"]] == ["a", "j"]


def test_a_version_of_an_own_component_that_git_has_is_read_from_git(repository, jobs, monkeypatch):
    (repository / ".gitlab-ci.yml").write_text(
        "include: [{component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/c@1.2.9}, "
        "{component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/c@$CI_COMMIT_SHA}]\n"
    )

    assert jobs("far/.gitlab-ci.yml")[0] == ["of_0", "uncommitted"]


def test_the_project_and_its_instance_can_be_set(write, jobs):
    write(".gitlab-ci.yml", "include: [{component: git.corp/a/b/own@main}]\nj: {script: x}\n")
    write("templates/own.yml", "a: {script: x}\n")

    assert jobs("--set", "CI_SERVER_FQDN=git.corp", "--set", "CI_PROJECT_PATH=a/b")[0] == ["a", "j"]


def test_a_component_of_another_instance_is_said_to_be_one(write, jobs, explain):
    write(".gitlab-ci.yml", "include: [{component: other.example/g/p/c@1}]\nj: {script: x}\n")
    hint = (
        "component other.example/g/p/c@1 lies on another instance: other.example is not gitlab.example.com "
        "(--set CI_SERVER_FQDN=other.example)"
    )

    assert hint in jobs()[1]["hints"]
    assert f"hint: {hint}" in explain()[1].splitlines()
    assert jobs("--skip-missing-includes")[0] == ["j"]
    assert hint in jobs("--skip-missing-includes")[1]["hints"]


def test_an_error_in_a_given_file_is_shown_under_its_line(write, explain):
    write(".gitlab-ci.yml", FAR % "")
    write("far/ci.yml", "a:\n  script: x\n  foo: 1\n")

    _, printed, _ = explain("--include", "group/far=far")

    assert "--> Group/far:ci.yml:3:3\n     foo: 1\n" in printed


@pytest.mark.parametrize("more", [{"skip_missing_includes": True}, {}])
def test_requests_may_skip_includes_as_well(more):
    line = json.dumps({"config": FAR % ""} | more).encode()

    answer = json.loads(answer_line(line, skip_missing=not more))

    assert [job["name"] for job in answer["jobs"]] == ["j"]
    assert answer["warnings"][0]["location"]["line"] == 2
