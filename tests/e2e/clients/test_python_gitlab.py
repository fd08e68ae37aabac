"""python-gitlab, live, from an empty project to the variables of its pipeline."""

import gitlab
import pytest

CONFIGURATION = """\
spec: {inputs: {env: {default: none}, count: {type: number, default: 1}}}
---
build:
  script: echo $[[ inputs.env ]]
  parallel: $[[ inputs.count ]]
"""


@pytest.fixture(scope="module")
def client(service):
    return gitlab.Gitlab(service.url, private_token=service.root_token)


@pytest.fixture(scope="module")
def project(client, make_repository):
    return client.projects.create({"name": "python-gitlab", "import_url": make_repository(CONFIGURATION).url})


@pytest.fixture(scope="module")
def token(project):
    return project.triggers.create({"description": "live"}).token


def test_it_finds_out_who_it_is_and_whom_it_talks_to(client):
    client.auth()

    assert client.user.username == "root"
    assert client.version()[0].startswith("19.")


def test_it_finds_the_project_by_number_and_by_path(client, project):
    assert client.projects.get(project.id).path_with_namespace == "root/python-gitlab"
    assert client.projects.get("root/python-gitlab").id == project.id


def test_it_makes_reads_describes_and_revokes_triggers(project):
    made = project.triggers.create({"description": "one"})
    made.description = "two"
    made.save()

    assert project.triggers.get(made.id).description == "two"
    made.delete()
    with pytest.raises(gitlab.GitlabGetError) as caught:
        project.triggers.get(made.id)
    assert (caught.value.response_code, caught.value.error_message) == (404, "404 Not found")


def test_it_walks_through_pages_of_triggers(project):
    made = {project.triggers.create({"description": str(number)}).id for number in range(5)}

    assert made <= {trigger.id for trigger in project.triggers.list(iterator=True, per_page=2)}
    assert len(project.triggers.list(per_page=2, page=2)) == 2
    assert made <= {trigger.id for trigger in project.triggers.list(get_all=True, per_page=3)}


def test_it_triggers_a_pipeline_with_variables_and_inputs(project, token):
    made = project.trigger_pipeline("main", token, variables={"MSG": "a b&c=é"}, inputs={"env": "prod", "count": 2})

    assert (made.ref, made.source) == ("main", "trigger")
    assert [job.name for job in made.jobs.list(get_all=True)] == ["build 2/2", "build 1/2"]
    variables = {variable.key: variable.value for variable in made.variables.list(get_all=True)}
    assert variables["MSG"] == "a b&c=é"
    assert '"inputs":{"env":"prod","count":2}' in variables["TRIGGER_PAYLOAD"]


def test_it_triggers_a_pipeline_without_credentials(service, project, token):
    anonymous = gitlab.Gitlab(service.url)

    made = anonymous.projects.get(project.id, lazy=True).trigger_pipeline("main", token)

    assert project.pipelines.get(made.id).status == "created"


def test_it_reads_pipelines_and_jobs(project, token):
    made = [project.trigger_pipeline("main", token) for _ in range(3)]

    listed = [pipeline.id for pipeline in project.pipelines.list(iterator=True, per_page=2)]
    assert listed[:3] == [pipeline.id for pipeline in reversed(made)]
    job = project.pipelines.get(made[0].id).jobs.list(get_all=True)[0]
    assert project.jobs.get(job.id).pipeline["id"] == made[0].id


@pytest.mark.parametrize(
    ("ref", "wrong", "status", "message"),
    [("gone", False, 400, {"base": ["Reference not found"]}), ("main", True, 404, "404 Not Found")],
)
def test_it_understands_refusals(project, token, ref, wrong, status, message):
    with pytest.raises(gitlab.GitlabCreateError) as caught:
        project.trigger_pipeline(ref, "wrong" if wrong else token)

    assert caught.value.response_code == status
    assert caught.value.error_message == message


def test_it_is_reported_that_its_token_is_nobodys(service):
    with pytest.raises(gitlab.GitlabAuthenticationError):
        gitlab.Gitlab(service.url, private_token="glpat-wrong").auth()
