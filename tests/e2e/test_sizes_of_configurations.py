"""Configurations whose names no record can hold are wrong configurations, not faults."""


def test_an_endless_stage_that_does_not_exist_is_quoted_in_part(make_project):
    project = make_project(f"a: {{script: x, stage: {'s' * 480_000}}}")

    status, said = project.refused()

    assert status == 422
    assert len(said["message"]["base"][0]) < 11_000


def test_an_endless_stage_that_exists_is_refused(make_project):
    stage = "s" * 300_000
    project = make_project(f"stages: [{stage}]\na: {{script: x, stage: {stage}}}")

    assert project.refused() == (422, {"message": {"base": ["a job: stage is too long (maximum is 255 characters)"]}})


def test_endless_tags_are_refused(make_project):
    project = make_project(f"a: {{script: x, tags: [{'t' * 400_000}]}}")

    assert project.refused() == (422, {"message": {"base": ["a job: tags are too long (maximum is 10000 bytes)"]}})


def test_an_endless_script_is_no_fault(make_project):
    project = make_project(f"a: {{script: {'x' * 700_000}}}")

    assert project.triggered()["status"] == "created"
