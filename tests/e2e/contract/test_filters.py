"""Lists of pipelines and jobs, filtered."""

import pytest

NOBODY = (401, {"message": "401 Unauthorized"})


@pytest.fixture(scope="module")
def project(make_project, make_repository):
    repository = make_repository('workflow: {name: "Run $NUMBER"}\njob: {script: "true"}\n')
    repository.branch("other")
    repository.branch("broken", {".gitlab-ci.yml": "job: {}\n"})
    repository.tag("v1.0")
    return make_project(repository=repository)


@pytest.fixture(scope="module")
def made(project):
    """Pipelines by what makes them different; the broken one is stored and failed."""
    found = {ref: project.triggered(ref, variables={"NUMBER": ref}) for ref in ("main", "other", "v1.0")}
    assert project.refused("broken")[0] == 422
    return found | {"broken": project.read("/pipelines")[0]}


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ({}, ["broken", "v1.0", "other", "main"]),
        ({"sort": "asc"}, ["main", "other", "v1.0", "broken"]),
        ({"order_by": "ref", "sort": "asc"}, ["broken", "main", "other", "v1.0"]),
        ({"ref": "other"}, ["other"]),
        ({"ref": "invalid-ref"}, []),
        ({"username": "root"}, ["broken", "v1.0", "other", "main"]),
        ({"username": "nobody"}, []),
        ({"source": "trigger"}, ["broken", "v1.0", "other", "main"]),
        ({"source": "push"}, []),
        ({"status": "failed"}, ["broken"]),
        ({"status": "created"}, ["v1.0", "other", "main"]),
        ({"scope": "finished"}, ["broken"]),
        ({"scope": "running"}, []),
        ({"yaml_errors": "true"}, ["broken"]),
        ({"yaml_errors": "false"}, ["v1.0", "other", "main"]),
        ({"name": "Run other"}, ["other"]),
        ({"name": "no such name"}, []),
        ({"created_after": "2020-01-01T00:00:00Z", "ref": "main"}, ["main"]),
        ({"created_before": "2020-01-01T00:00:00Z"}, []),
        ({"updated_before": "2020-01-01"}, []),
        ({"ref": "other", "status": "failed"}, []),
    ],
)
def test_pipelines_are_filtered(project, root, made, query, refs):
    reply = root.get(f"{project.at}/pipelines", **query)

    assert reply.status == 200, reply.body
    assert [pipeline["ref"] for pipeline in reply.json()] == refs
    assert reply.headers["X-Page"] == "1"


def test_a_commit_is_a_filter(project, root, made):
    shas = {pipeline["sha"] for pipeline in root.get(f"{project.at}/pipelines", sha=made["broken"]["sha"]).json()}

    assert shas == {made["broken"]["sha"]}


@pytest.mark.parametrize(("scope", "refs"), [("tags", ["v1.0"]), ("branches", ["broken", "other", "main"])])
def test_branches_and_tags_show_the_newest_pipeline_of_each(project, root, made, scope, refs):
    assert [pipeline["ref"] for pipeline in root.get(f"{project.at}/pipelines", scope=scope).json()] == refs


@pytest.mark.parametrize("name", ["scope", "status", "source", "order_by", "sort"])
def test_a_value_that_a_filter_does_not_have_is_refused(project, root, name):
    reply = root.get(f"{project.at}/pipelines", **{name: "nonsense"})

    assert reply.said == (400, {"error": f"{name} does not have a valid value"})


@pytest.mark.parametrize(("name", "value"), [("yaml_errors", "perhaps"), ("created_after", "yesterday")])
def test_a_value_of_another_kind_is_refused(project, root, name, value):
    assert root.get(f"{project.at}/pipelines", **{name: value}).said == (400, {"error": f"{name} is invalid"})


def test_jobs_of_a_project_are_listed_newest_first_and_not_counted(project, root, made):
    reply = root.get(f"{project.at}/jobs", per_page=2)

    ids = [job["id"] for job in reply.json()]
    assert len(ids) == 2
    assert ids == sorted(ids, reverse=True)
    assert "X-Total" not in reply.headers
    assert 'rel="last"' not in reply.headers["Link"]


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ({"scope": "created"}, True),
        ({"scope": "running"}, False),
        ({"scope[]": "created"}, True),
        ({"scope[]": "failed"}, False),
    ],
)
def test_jobs_are_filtered_by_their_status(project, root, made, scope, found):
    for path in ("/jobs", f"/pipelines/{made['main']['id']}/jobs"):
        assert bool(root.get(f"{project.at}{path}", **scope).json()) is found


@pytest.mark.parametrize("scope", [{"scope": "nonsense"}, {"scope[]": "nonsense"}, {"scope": "success,failed"}])
def test_a_status_that_no_job_has_is_refused(project, root, made, scope):
    for path in ("/jobs", f"/pipelines/{made['main']['id']}/jobs"):
        assert root.get(f"{project.at}{path}", **scope).said == (400, {"error": "scope does not have a valid value"})


def test_a_map_of_statuses_is_refused(project, root, made):
    assert root.get(f"{project.at}/pipelines/{made['main']['id']}/jobs", **{"scope[a]": "b"}).status == 400


def test_a_projects_jobs_demand_to_know_who_is_asking(project, anyone):
    assert anyone.get(f"{project.at}/jobs").said == NOBODY
