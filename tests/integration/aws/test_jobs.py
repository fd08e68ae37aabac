"""Jobs of pipelines with few and with many, in one project: they are stored differently and read alike."""

import pytest

CONFIGURATION = """\
single: {script: make, tags: [linux], allow_failure: true}
many:
  script: make
  parallel: 40
  rules: [{if: $MANY}]
downstream: {trigger: {project: acme/other}}
"""


@pytest.fixture(scope="module")
def project(make_project):
    return make_project(CONFIGURATION)


@pytest.fixture(scope="module")
def made(project):
    """Pipelines with 1, 41, 1 and 41 jobs and a bridge each."""
    return [project.triggered(variables=sent) for sent in ({}, {"MANY": "1"}, {}, {"MANY": "1"})]


@pytest.fixture
def listed(project, made):
    """All jobs of the project, page by page as the links lead."""

    def follow(**query):
        found, path = [], f"{project.at}/jobs"
        while path:
            reply = project.owner.get(path, **query)
            found += reply.json()
            links = [link for link in reply.headers.get("Link", "").split(", ") if link.endswith('rel="next"')]
            path, query = (links[0][1 : links[0].index(">")].partition("/api/v4")[2] if links else None), {}
        return found

    return follow


@pytest.mark.parametrize("query", [{}, {"pagination": "keyset"}, {"pagination": "keyset", "sort": "asc"}])
def test_a_projects_jobs_are_listed_once_each_in_order(listed, made, query):
    jobs = listed(per_page=7, **query)

    numbers = [job["id"] for job in jobs]
    assert numbers == sorted(numbers, reverse=query.get("sort") != "asc")
    newest_first = [pipeline["id"] for pipeline in reversed(made)]
    in_order = list(dict.fromkeys(job["pipeline"]["id"] for job in jobs))
    assert in_order == (newest_first if query.get("sort") != "asc" else newest_first[::-1])
    assert [sum(job["pipeline"]["id"] == number for job in jobs) for number in newest_first] == [41, 1, 41, 1]


def test_a_job_is_found_by_its_number_and_reads_as_in_the_lists(project, listed, made):
    for pipeline in made:
        for job in project.read(f"/pipelines/{pipeline['id']}/jobs", per_page=100):
            assert project.read(f"/jobs/{job['id']}") == job
            assert job["pipeline"]["id"] == pipeline["id"]
    assert {job["id"]: job for job in listed(per_page=100)} == {
        job["id"]: job for pipeline in made for job in project.read(f"/pipelines/{pipeline['id']}/jobs", per_page=100)
    }


def test_what_a_job_says_is_the_same_whatever_company_it_has(project, made):
    singles = [
        job
        for pipeline in made
        for job in project.read(f"/pipelines/{pipeline['id']}/jobs", per_page=100)
        if job["name"] == "single"
    ]

    own = {"id", "pipeline", "created_at", "web_url"}
    first, *others = [{name: value for name, value in job.items() if name not in own} for job in singles]
    assert (first["tag_list"], first["allow_failure"], first["status"]) == (["linux"], True, "created")
    assert others == [first] * 3


def test_numbers_that_no_job_has_are_not_found(project, made):
    few, many = made[0]["id"], made[1]["id"]
    bridge = few + 2
    for number in (0, 1, few, bridge, few + 3, few + 31, few + 32, many, many + 1):
        assert project.owner.get(f"{project.at}/jobs/{number}").status == 404


def test_a_job_of_another_project_is_not_found(make_project, project, made):
    other = make_project(CONFIGURATION)
    job = project.read(f"/pipelines/{made[0]['id']}/jobs")[0]

    assert other.owner.get(f"{other.at}/jobs/{job['id']}").status == 404


def test_many_short_jobs_stand_in_their_pipelines_item_but_not_long_ones(make_project, rows):
    for name, inside in (("short", True), ("long" * 60, False)):
        project = make_project("".join(f"{name}-{number}: {{script: x}}\n" for number in range(20)))
        pipeline = project.triggered()

        assert len(project.read(f"/pipelines/{pipeline['id']}/jobs", per_page=100)) == 20
        own = [row for row in rows("Pipelines") if row["pk"]["S"] == f"project#{project.id}"]
        assert any(row["sk"]["S"].startswith("job#") for row in own) is not inside
