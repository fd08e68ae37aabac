"""Reading what was triggered."""

import pytest

NO_PROJECT = (404, {"message": "404 Project Not Found"})
NOT_THERE = (404, {"message": "404 Not found"})
NOBODY = (401, {"message": "401 Unauthorized"})
OF_A_PIPELINE = ["/pipelines/{}", "/pipelines/{}/jobs", "/pipelines/{}/variables"]


@pytest.fixture(scope="module")
def made(widgets):
    return widgets.triggered(variables={"A": "1"})


def test_variables_are_read_with_their_kinds(widgets, made):
    variable, payload = widgets.variables(made)

    assert variable == {"variable_type": "env_var", "key": "A", "value": "1", "raw": False}
    assert payload["variable_type"] == "file"


def test_jobs_are_listed_newest_first(widgets, made):
    ids = [job["id"] for job in widgets.jobs(made)]

    assert ids == sorted(ids, reverse=True)
    assert {job["pipeline"]["id"] for job in widgets.jobs(made)} == {made["id"]}


@pytest.mark.parametrize("path", ["/pipelines", *OF_A_PIPELINE])
def test_a_private_project_does_not_exist_for_strangers(widgets, anyone, made, path):
    assert anyone.get(f"{widgets.at}{path.format(made['id'])}").said == NO_PROJECT


def test_a_job_demands_to_know_who_is_asking(widgets, anyone, made):
    assert anyone.get(f"{widgets.at}/jobs/{widgets.jobs(made)[0]['id']}").said == NOBODY


@pytest.mark.parametrize("path", [*OF_A_PIPELINE, "/jobs/{}"])
@pytest.mark.parametrize("number", ["-1", "0", "123456789", str(2**63)])
def test_an_unknown_number_is_not_found(widgets, root, path, number):
    assert root.get(f"{widgets.at}{path.format(number)}").said == NOT_THERE


@pytest.mark.parametrize("path", OF_A_PIPELINE)
def test_a_pipeline_of_another_project_is_not_found(gadgets, root, made, path):
    assert root.get(f"{gadgets.at}{path.format(made['id'])}").said == NOT_THERE


@pytest.mark.parametrize("path", OF_A_PIPELINE)
def test_a_pipeline_that_is_no_number_is_invalid(widgets, root, path):
    assert root.get(f"{widgets.at}{path.format('abc')}").said == (400, {"error": "pipeline_id is invalid"})


def test_a_public_project_shows_its_pipelines_but_not_its_variables(make_project, anyone):
    project = make_project(visibility="public")
    made = project.triggered()

    assert [one["id"] for one in anyone.get(f"{project.at}/pipelines").json()] == [made["id"]]
    assert anyone.get(f"{project.at}/pipelines/{made['id']}").status == 200
    assert len(anyone.get(f"{project.at}/pipelines/{made['id']}/jobs").json()) == 5
    assert anyone.get(f"{project.at}/pipelines/{made['id']}/variables").status in {401, 403}


def test_values_of_variables_are_nowhere_but_in_variables(widgets, root):
    secret = "a-value-that-nobody-else-should-see"
    made = widgets.triggered(variables={"SECRET": secret})
    jobs = root.get(f"{widgets.at}/pipelines/{made['id']}/jobs")
    shown = root.get(f"{widgets.at}/pipelines/{made['id']}")

    assert secret not in str(made)
    assert secret.encode() not in jobs.body + shown.body
    assert secret in str(widgets.variables(made))


def test_unknown_paths_are_no_routes(widgets, root):
    for path in ("/nothing", f"{widgets.at}/nothing", f"{widgets.at}/pipelines/1/nothing/else"):
        assert root.get(path).status == 404
