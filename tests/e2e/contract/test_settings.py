"""What a project's settings make of the trigger API."""

import pytest

from tests.e2e.people import Person
from tests.e2e.projects import base

FORBIDDEN = (403, {"message": "403 Forbidden"})
NO_PROJECT = (404, {"message": "404 Project Not Found"})
NO_VARIABLES = (400, base("Insufficient permissions to set pipeline variables"))
PROTECTED = (
    "You do not have sufficient permission to run a pipeline on 'main'. Please select a different branch or contact "
    "your administrator for assistance."
)


@pytest.fixture
def make_settled(make_project, root):
    """A project with settings."""

    def make(*arguments, **settings):
        project = make_project(*arguments)
        reply = root.put(project.at, form=settings)
        assert reply.status == 200, reply.body
        return project

    return make


@pytest.fixture(scope="session")
def developer(make_person) -> Person:
    return make_person("developer")


@pytest.fixture
def trigger_of_a_developer(root, developer, make_trigger):
    def make(project):
        developer.join(root, project.at, "maintainer")
        trigger = make_trigger(project.at, developer)
        developer.become(root, project.at, "developer")
        return {"token": trigger["token"], "ref": "main"}

    return make


def protect(root, project, **parameters):
    reply = root.post(f"{project.at}/protected_branches", form={"name": "main", **parameters})
    assert reply.status == 201, reply.body


@pytest.mark.parametrize(
    ("levels", "may"),
    [
        ({"push_access_level": 40, "merge_access_level": 40}, False),
        ({"push_access_level": 30, "merge_access_level": 40}, True),
        ({"push_access_level": 40, "merge_access_level": 30}, True),
        ({"push_access_level": 0, "merge_access_level": 0}, False),
    ],
)
def test_a_protected_branch_is_for_who_may_push_or_merge(make_project, root, trigger_of_a_developer, levels, may):
    project = make_project()
    post_trigger = trigger_of_a_developer(project)
    protect(root, project, **levels)

    reply = project.post_trigger(post_trigger)

    assert reply.status == (201 if may else 400)
    if not may:
        assert reply.said == (400, base(PROTECTED))


def test_the_right_to_the_ref_comes_before_the_right_to_variables(make_project, root, trigger_of_a_developer):
    project = make_project()
    post_trigger = trigger_of_a_developer(project)
    protect(root, project)

    assert project.post_trigger(post_trigger | {"variables[A]": "1"}).said == (400, base(PROTECTED))


def test_without_ci_there_are_no_pipelines_and_no_triggers(make_settled, root):
    project = make_settled(builds_access_level="disabled")

    assert project.post_trigger({"token": project.token, "ref": "main"}).said == (400, base("Pipelines are disabled!"))
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", f"/{project.trigger['id']}")):
        assert root.call(method, f"{project.at}/triggers{path}", form={"description": "x"}).said == FORBIDDEN


@pytest.mark.parametrize(("role", "may"), [("developer", True), ("maintainer", False), ("owner", False)])
def test_who_may_send_variables_is_the_projects_choice(make_settled, trigger_of_a_developer, role, may):
    project = make_settled(ci_pipeline_variables_minimum_override_role=role)
    post_trigger = trigger_of_a_developer(project)

    assert project.post_trigger(post_trigger).status == 201
    reply = project.post_trigger(post_trigger | {"variables[A]": "1"})
    assert reply.status == 201 if may else reply.said == NO_VARIABLES


def test_no_one_allowed_means_no_one(make_settled):
    project = make_settled(
        "spec: {inputs: {a: {default: x}}}\n---\njob: {script: echo}\n",
        ci_pipeline_variables_minimum_override_role="no_one_allowed",
    )

    assert project.refused(variables={"A": "1"}) == NO_VARIABLES
    assert project.triggered(inputs={"a": "y"})["ref"] == "main"


@pytest.fixture(scope="module")
def closed(make_project, root, make_person):
    """A project whose pipelines are not public, one of them, a guest and a reporter."""
    project = make_project()
    assert root.put(project.at, form={"public_jobs": "false"}).status == 200
    guest, reporter = make_person("guest"), make_person("reporter")
    guest.join(root, project.at, "guest")
    reporter.join(root, project.at, "reporter")
    return project, project.triggered(), guest, reporter


@pytest.mark.parametrize("path", ["/pipelines", "/pipelines/{}", "/pipelines/{}/jobs"])
def test_pipelines_that_are_not_public_begin_with_the_reporter(closed, anyone, path):
    project, made, guest, reporter = closed
    address = f"{project.at}{path.format(made['id'])}"

    assert guest.get(address).said == FORBIDDEN
    assert reporter.get(address).status == 200
    assert anyone.get(address).said == NO_PROJECT


def test_an_archived_project_starts_nothing(make_project, root):
    project = make_project()
    assert root.post(f"{project.at}/archive").status == 201

    said = project.post_trigger({"token": project.token, "ref": "main"}).said

    assert said == (400, base("Insufficient permissions to create a new pipeline"))


def test_a_renamed_project_is_triggered_by_its_old_path_and_managed_by_its_new_one(make_project, root, anyone):
    project = make_project()
    old = project.details["path_with_namespace"].replace("/", "%2F")
    assert root.put(project.at, form={"path": f"{project.details['path']}-renamed"}).status == 200

    triggered = anyone.post(f"/projects/{old}/trigger/pipeline", form={"token": project.token, "ref": "main"})
    changed = root.post(f"/projects/{old}/triggers", form={"description": "x"})

    assert triggered.status == 201, triggered.body
    assert changed.said == (405, {"message": "Non GET methods are not allowed for moved projects"})
    assert root.get(f"/projects/{old}/triggers").status in {301, 302}


def test_a_deleted_project_takes_its_triggers_along(make_project, root):
    project = make_project()
    assert root.delete(project.at).status == 202

    assert project.post_trigger({"token": project.token, "ref": "main"}).said == (404, {"message": "404 Not Found"})


def test_a_request_variable_beats_the_projects_and_that_the_configurations(make_project, root):
    project = make_project("""\
variables: {X: yaml}
always:       {script: "true"}
from-project: {script: "true", rules: [{if: $X == "project"}]}
from-request: {script: "true", rules: [{if: $X == "request"}]}
from-yaml:    {script: "true", rules: [{if: $X == "yaml"}]}
""")

    def chosen(**more):
        return {job["name"] for job in project.jobs(project.triggered(**more))} - {"always"}

    assert chosen() == {"from-yaml"}
    assert root.post(f"{project.at}/variables", form={"key": "X", "value": "project"}).status == 201
    assert chosen() == {"from-project"}
    assert chosen(variables={"X": "request"}) == {"from-request"}
