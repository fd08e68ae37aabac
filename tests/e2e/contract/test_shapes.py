"""The JSON that clients read: every key, every type."""

from tests.e2e.contract.shapes import JOB, PIPELINE, PIPELINE_BASIC, TRIGGER, VARIABLE, fits


def test_a_triggered_pipeline(widgets):
    fits(widgets.triggered(), PIPELINE)


def test_a_pipeline_that_is_read_has_a_name_too(widgets):
    made = widgets.triggered()

    shown = widgets.read(f"/pipelines/{made['id']}")

    fits(shown, {**PIPELINE, "name": type(None)})
    assert {name: shown[name] for name in made if name != "pullcord"} == {
        name: made[name] for name in made if name != "pullcord"
    }


def test_a_named_pipeline(make_project):
    project = make_project('workflow: {name: "Run of $CI_COMMIT_REF_NAME"}\njob: {script: "true"}\n')

    shown = project.read(f"/pipelines/{project.triggered()['id']}")

    assert shown["name"] == "Run of main"


def test_the_status_in_detail(widgets):
    made = widgets.triggered()

    assert made["detailed_status"] == {
        "icon": "status_created",
        "text": "Created",
        "label": "created",
        "group": "created",
        "tooltip": "created",
        "has_details": False,
        "details_path": f"/{widgets.details['path_with_namespace']}/-/pipelines/{made['id']}",
        "illustration": None,
        "favicon": "/assets/favicon_created.png",
    }


def test_addresses_are_of_this_service(widgets, service):
    made = widgets.triggered()

    assert made["web_url"] == f"{service.url}/{widgets.details['path_with_namespace']}/-/pipelines/{made['id']}"
    assert made["user"]["web_url"] == f"{service.url}/root"


def test_pipelines_in_a_list(widgets):
    widgets.triggered()

    fits(widgets.read("/pipelines"), [{**PIPELINE_BASIC, "name": type(None)}])


def test_a_stored_failure(make_project):
    project = make_project("job: {}\n")
    project.refused()

    shown = project.read(f"/pipelines/{project.read('/pipelines')[0]['id']}")

    fits(shown, {**PIPELINE, "name": type(None), "yaml_errors": str})
    assert shown["detailed_status"]["text"] == "Failed"


def test_jobs(widgets):
    jobs = widgets.jobs(widgets.triggered())

    fits(jobs, [JOB])
    unit = next(job for job in jobs if job["name"] == "unit")
    assert unit["tag_list"] == ["arm64", "linux"]
    assert unit["stage"] == "test"
    fits(widgets.read(f"/jobs/{unit['id']}"), JOB)
    assert widgets.read(f"/jobs/{unit['id']}") == unit


def test_the_commit_of_a_job(widgets):
    commit = widgets.jobs(widgets.triggered())[0]["commit"]

    assert (commit["title"], commit["message"]) == ("Add widgets", "Add widgets\n")
    assert (commit["author_name"], commit["committer_email"]) == ("Ada Example", "grace@example.com")
    assert commit["id"].startswith(commit["short_id"])


def test_variables_of_a_pipeline(widgets):
    fits(widgets.variables(widgets.triggered(variables={"A": "1"})), [VARIABLE])


def test_triggers(widgets, make_trigger):
    fits(make_trigger(widgets.at), TRIGGER)
    fits(widgets.read("/triggers"), [TRIGGER])
    fits(widgets.read(f"/triggers/{widgets.trigger['id']}"), TRIGGER)
