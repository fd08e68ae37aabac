"""The requests of an evaluation to other hosts and projects, and the time that they may take."""

import json
import time
from copy import replace

import pytest

from pullcord.deadline import deadline
from pullcord.git.web import Page
from pullcord.git_logins import sealed_config_login
from pullcord.projects import Project
from pullcord.usecases.pipelines.evaluate_rules import COMPILE_SECONDS, HOST_SECONDS, evaluate_rules
from tests.unit.usecases.fakes import ADA, WIDGETS, Peppers
from tests.unit.usecases.hosts import IDS, GitHosts, Repository, evaluate_deps, request_context
from tests.unit.usecases.stores import Directory

LAMBDA_TIMEOUT = 20
TOOLS = Project(8, "Tools", "tools", 3, "acme", "https://git.example.test/tools.git", visibility="internal")
INCLUDING = "include: [{project: acme/tools, file: [a.yml, b.yml]}, {project: Acme/Tools, file: c.yml, ref: main}]\n"


def result_of(deps):
    evaluate_rules(IDS, deps)
    return deps.results.result(42)


def test_the_time_limit_is_shorter_than_the_functions_timeout():
    assert HOST_SECONDS + COMPILE_SECONDS <= 15 < LAMBDA_TIMEOUT


def test_an_evaluation_that_takes_too_long_is_stopped_and_refused():
    repository = Repository({".gitlab-ci.yml": "build: {script: make}\n"})
    answers = []
    repository.paths = repository.read = lambda *_: answers.append(time.sleep(30))
    deps = evaluate_deps(request_context(), repository, deadline=lambda _seconds, refusal: deadline(0.1, refusal))

    refusal = result_of(deps)

    assert refusal["message"] == "Request timed out when fetching configuration files."
    assert refusal["code"] == "evaluation_timeout"
    assert not answers


def test_another_project_is_opened_once_and_each_ref_is_looked_up_once():
    tools = Repository({f"{name}.yml": f"{name}: {{script: make}}\n" for name in "abc"})
    hosts = GitHosts({WIDGETS.import_url: Repository({".gitlab-ci.yml": INCLUDING}), TOOLS.import_url: tools})
    directory = Directory.of(WIDGETS, TOOLS)
    plan = result_of(evaluate_deps(request_context(), None, hosts=hosts, directory=directory))

    assert [job["name"] for job in plan["jobs"]] == ["a", "b", "c"]
    assert hosts.asked == [(WIDGETS.import_url, None), (TOOLS.import_url, None)]
    assert tools.asked == ["HEAD", "main"]


def test_the_pipelines_own_project_is_not_opened_again():
    own = Repository(
        {".gitlab-ci.yml": "include: [{project: acme/widgets, file: a.yml}]\n", "a.yml": "a: {script: x}\n"}
    )
    hosts = GitHosts({WIDGETS.import_url: own})
    plan = result_of(evaluate_deps(request_context(), None, hosts=hosts, directory=Directory(levels={ADA.id: 40})))

    assert [job["name"] for job in plan["jobs"]] == ["a"]
    assert len(hosts.asked) == 1


def test_head_is_used_if_the_default_branch_was_deleted():
    tools = Repository({"a.yml": "a: {script: x}\n"}, refs={"trunk": "branch"})
    project = Project(8, "Tools", "tools", 3, "acme", TOOLS.import_url, default_branch="master", visibility="public")
    text = "include: [{project: acme/tools, file: a.yml}]\n"
    hosts = GitHosts({WIDGETS.import_url: Repository({".gitlab-ci.yml": text}), TOOLS.import_url: tools})
    plan = result_of(evaluate_deps(request_context(), None, hosts=hosts, directory=Directory.of(WIDGETS, project)))

    assert [job["name"] for job in plan["jobs"]] == ["a"]
    assert tools.asked == ["master", "HEAD"]


ADDRESS = "https://ci.example.com/a.yml"


@pytest.mark.parametrize("stored_by", ["this version", "an earlier version"])
@pytest.mark.parametrize(
    ("page", "outcome"), [(Page("build: {script: echo}\n"), "created"), (Page(failure="status", status=404), "failed")]
)
def test_a_configuration_is_fetched_with_its_login_which_nobody_is_told(stored_by, page, outcome):
    project = replace(WIDGETS, ci_config_path="https://ada:s3cret@ci.example.com/a.yml")
    if stored_by == "this version":
        sealed = sealed_config_login(("ada", "s3cret"), project.id, ADDRESS, Peppers(), bytes)
        project = replace(project, ci_config_path=ADDRESS, ci_config_login=sealed)
    hosts = GitHosts({WIDGETS.import_url: Repository({"README": ""})}, {ADDRESS: [page]})
    plan = result_of(evaluate_deps(request_context(project=project), None, hosts=hosts))

    assert hosts.asked == [(WIDGETS.import_url, None), (ADDRESS, ("ada", "s3cret"))]
    assert plan["pipeline"]["status"] == outcome
    assert "s3cret" not in json.dumps(plan, default=str)
