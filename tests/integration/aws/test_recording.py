"""Recording: all of a pipeline or nothing, once."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

SIZES = [1, 31, 32, 99, 100, 500]
"""Up to 31 jobs stand in their pipeline's item, up to 99 come in one transaction with it."""


def configuration(jobs):
    return "".join(f'job-{number}: {{script: "true"}}\n' for number in range(jobs))


@pytest.fixture(scope="module")
def sized(make_project):
    """A project for each number of jobs."""
    projects = {}

    def get(jobs):
        if jobs not in projects:
            projects[jobs] = make_project(configuration(jobs))
        return projects[jobs]

    return get


@pytest.fixture
def all_jobs():
    def walk(project, pipeline):
        found, page = [], 1
        while page:
            reply = project.owner.get(f"{project.at}/pipelines/{pipeline['id']}/jobs", per_page=100, page=page)
            found += reply.json()
            page = reply.headers["X-Next-Page"]
        return found

    return walk


@pytest.fixture
def record(service):
    """Runs RecordJobs once more for a pipeline, with another number, as a repeated task would."""

    def again(project, pipeline):
        event = {"request": str(pipeline["id"]), "project": str(project.id), "iid": "999"}
        outcome = service.cloud.functions.invoke("pullcord-RecordJobsFunction", json.dumps(event).encode())
        assert not outcome.failed, outcome.payload
        return json.loads(outcome.payload)

    return again


@pytest.mark.parametrize("jobs", SIZES)
def test_a_pipeline_of_any_size_is_recorded_whole(sized, all_jobs, jobs):
    project = sized(jobs)

    found = all_jobs(project, project.triggered())

    assert {job["name"] for job in found} == {f"job-{number}" for number in range(jobs)}
    assert len({job["id"] for job in found}) == len(found) == jobs


@pytest.mark.parametrize("jobs", SIZES)
def test_nothing_of_a_recorded_pipeline_has_an_end(sized, rows, jobs):
    project = sized(jobs)
    made = project.triggered()

    own = [row for row in rows("Pipelines") if belongs(row, project, made)]
    assert jobs_in(own) == jobs
    assert not [row["sk"] for row in own if "ttl" in row]


def test_what_a_pipeline_was_made_from_is_kept_for_a_year_and_the_request_for_a_day(sized, rows):
    made = sized(1).triggered()

    of_request = {row["sk"]["S"]: row for row in rows("Pipelines") if row["pk"]["S"] == f"request#{made['id']}"}
    days = {name: (int(row["ttl"]["N"]) - time.time()) / 86_400 for name, row in of_request.items()}
    assert days == {"request": pytest.approx(1, abs=0.01), "plan": pytest.approx(365, abs=0.01)}


def belongs(row, project, pipeline):
    """Whether an item is this pipeline or of it."""
    ids = {row.get(name, {}).get("N") for name in ("id", "pipeline_id")}
    own = row["pk"]["S"] == f"project#{project.id}" and row["sk"]["S"].startswith(("pipeline#", "job#"))
    return own and str(pipeline["id"]) in ids


def jobs_in(own):
    """How many jobs these items are and hold."""
    return sum(len(row.get("jobs", {}).get("L", ())) + row["sk"]["S"].startswith("job#") for row in own)


@pytest.mark.parametrize("jobs", [1, 117])
def test_recording_again_changes_nothing(sized, rows, record, jobs):
    project = sized(jobs)
    made = project.triggered()
    before = sorted(map(repr, rows("Pipelines")))

    assert record(project, made)["pipeline"]["iid"] == made["iid"]

    assert sorted(map(repr, rows("Pipelines"))) == before


def recorded_in(project, watch):
    """How many calls RecordJobs makes for a pipeline of the project when it is warm."""
    project.triggered()
    watch.forget()
    project.triggered()
    return len(watch.of("RecordJobsFunction"))


def died(project, watch, after):
    """Whether a pull fails in which RecordJobs dies after that many calls."""
    watch.die("RecordJobsFunction", after)
    return failed(project, watch)


def failed(project, watch):
    """Whether a pull fails, with the watch as it is."""
    address = urlsplit(project.owner.url)
    connection = HTTPConnection(address.hostname, address.port, timeout=30)
    target = f"/api/v4{project.at}/trigger/pipeline?{urlencode({'token': project.token, 'ref': 'main'})}"
    connection.request("POST", target)
    status = connection.getresponse().status
    connection.close()
    watch.forget()
    assert status in {201, 500}
    return status == 500


@pytest.mark.parametrize("jobs", [1, 117])
def test_who_dies_while_recording_leaves_a_whole_pipeline_or_none(sized, all_jobs, watch, jobs):
    project = sized(jobs)
    steps = recorded_in(project, watch)
    assert steps >= 2

    for after in range(steps):
        known = [pipeline["id"] for pipeline in project.read("/pipelines", per_page=100)]
        used = project.read(f"/triggers/{project.trigger['id']}")["last_used"]

        assert died(project, watch, after)

        appeared = [one for one in project.read("/pipelines", per_page=100) if one["id"] not in known]
        for pipeline in appeared:
            assert len(all_jobs(project, pipeline)) == jobs
        if not appeared:
            assert project.read(f"/triggers/{project.trigger['id']}")["last_used"] == used
    assert not died(project, watch, steps)


def test_what_a_dead_recording_left_behind_has_an_end(sized, watch, rows):
    project = sized(117)
    known = {row["sk"]["S"] for row in rows("Pipelines") if row["pk"]["S"] == f"project#{project.id}"}

    watch.breaks = lambda asked: asked == ("RecordJobsFunction", "TransactWriteItems")
    assert failed(project, watch)

    left = [
        row for row in rows("Pipelines") if row["pk"]["S"] == f"project#{project.id}" and row["sk"]["S"] not in known
    ]
    assert left
    assert all("ttl" in row for row in left)
    for row in left:
        assert project.owner.get(f"{project.at}/jobs/{row['id']['N']}").status == 404


def test_recording_again_finishes_what_died_at_the_very_end(sized, watch, rows, record):
    project = sized(117)
    steps = recorded_in(project, watch)

    assert died(project, watch, steps - 1)

    made = project.read("/pipelines")[0]
    record(project, made)
    own = [row for row in rows("Pipelines") if belongs(row, project, made)]
    assert len(own) == 1 + 117
    assert not [row["sk"] for row in own if "ttl" in row]


def test_recording_again_does_not_begin_jobs_anew(sized, operator, outputs, all_jobs, record):
    project = sized(117)
    made = project.triggered()
    for job in all_jobs(project, made):
        operator.update_item(
            TableName=outputs["PipelinesTable"],
            Key={"pk": {"S": f"project#{project.id}"}, "sk": {"S": f"job#{job['id']:016d}"}},
            UpdateExpression="SET #status = :status",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={":status": {"S": "running"}},
        )

    record(project, made)

    assert {job["status"] for job in all_jobs(project, made)} == {"running"}


def test_two_calls_at_once_are_two_pipelines_with_numbers_of_their_own(sized):
    project = sized(1)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: project.triggered(), range(12)))

    assert len({pipeline["id"] for pipeline in made}) == 12
    assert len({pipeline["iid"] for pipeline in made}) == 12
