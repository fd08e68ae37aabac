"""What evaluating asks of other hosts and projects, and for how long."""

import time

from pullcord.deadline import deadline
from pullcord.projects import Project
from pullcord.usecases.pipelines.evaluate_rules import MORE_SECONDS, SECONDS, evaluate_rules
from tests.unit.usecases.fakes import ADA, IDS, WIDGETS, Directory, GitHosts, Repository, Results, evaluation, subject

LAMBDA_ENDS_AFTER = 20
TOOLS = Project(8, "Tools", "tools", 3, "acme", "https://git.example.test/tools.git", visibility="internal")
INCLUDING = "include: [{project: acme/tools, file: [a.yml, b.yml]}, {project: Acme/Tools, file: c.yml, ref: main}]\n"


def left(deps):
    evaluate_rules(IDS, deps)
    return deps.results.left[42][1]


def test_the_end_leaves_time_to_say_so():
    assert SECONDS + MORE_SECONDS <= 15 < LAMBDA_ENDS_AFTER


def test_an_evaluation_without_end_is_ended_and_nothing_is_planned():
    repository = Repository({".gitlab-ci.yml": "build: {script: make}\n"})
    answers = []
    repository.paths = repository.read = lambda *_: answers.append(time.sleep(30))
    deps = evaluation(subject(), repository, Results(), deadline=lambda _seconds, refusal: deadline(0.1, refusal))

    refusal = left(deps)

    assert refusal["message"] == "Request timed out when fetching configuration files."
    assert refusal["code"] == "evaluation_timeout"
    assert not answers


def test_another_project_is_looked_up_and_opened_once_and_each_ref_found_once():
    tools = Repository({f"{name}.yml": f"{name}: {{script: make}}\n" for name in "abc"})
    hosts = GitHosts({WIDGETS.import_url: Repository({".gitlab-ci.yml": INCLUDING}), TOOLS.import_url: tools})
    directory = Directory([WIDGETS, TOOLS])
    plan = left(evaluation(subject(), None, Results(), hosts=hosts, directory=directory))

    assert [job["name"] for job in plan["jobs"]] == ["a", "b", "c"]
    assert hosts.asked == [(WIDGETS.import_url, None), (TOOLS.import_url, None)]
    assert tools.asked == ["HEAD", "main"]


def test_the_pipelines_own_project_is_not_opened_again():
    own = Repository(
        {".gitlab-ci.yml": "include: [{project: acme/widgets, file: a.yml}]\n", "a.yml": "a: {script: x}\n"}
    )
    hosts = GitHosts({WIDGETS.import_url: own})
    plan = left(evaluation(subject(), None, Results(), hosts=hosts, directory=Directory(levels={ADA.id: 40})))

    assert [job["name"] for job in plan["jobs"]] == ["a"]
    assert len(hosts.asked) == 1


def test_a_default_branch_that_is_gone_gives_way_to_head():
    tools = Repository({"a.yml": "a: {script: x}\n"}, refs={"trunk": "branch"})
    project = Project(8, "Tools", "tools", 3, "acme", TOOLS.import_url, default_branch="master", visibility="public")
    text = "include: [{project: acme/tools, file: a.yml}]\n"
    hosts = GitHosts({WIDGETS.import_url: Repository({".gitlab-ci.yml": text}), TOOLS.import_url: tools})
    plan = left(evaluation(subject(), None, Results(), hosts=hosts, directory=Directory([WIDGETS, project])))

    assert [job["name"] for job in plan["jobs"]] == ["a"]
    assert tools.asked == ["master", "HEAD"]
