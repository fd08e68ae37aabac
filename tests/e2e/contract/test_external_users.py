"""External users see what is public or shared with them, and create neither groups nor projects of their own."""

import json

import pytest

from tests.e2e.people import Person

NOT_FOUND = {"project": "404 Project Not Found", "group": "404 Group Not Found"}
NO_PROJECTS = "You cannot create projects in your personal namespace. Contact your GitLab administrator."


@pytest.fixture(scope="module")
def inside(root, make_project):
    """An internal group with an internal project that has a pipeline."""
    reply = root.post("/groups", json={"name": "Inside", "path": "inside", "visibility": "internal"})
    assert reply.status == 201, reply.body
    project = make_project(namespace_id=reply.json()["id"], visibility="internal")
    project.triggered()
    return project


@pytest.fixture(scope="module")
def insider(make_person):
    return make_person("insider")


@pytest.fixture(scope="module")
def outsider(make_person):
    return make_person("outsider", external=True)


def paths(project):
    """What every user may read who is not external, and the kind of thing that is missing for others."""
    pipeline = project.read("/pipelines")[0]["id"]
    job = project.read(f"/pipelines/{pipeline}/jobs")[0]["id"]
    encoded = project.details["path_with_namespace"].replace("/", "%2F")
    for at in (project.at, f"/projects/{encoded}"):
        for below in ("", "/repository/branches", "/repository/branches/main", "/repository/tags", "/members"):
            yield "project", f"{at}{below}"
    for below in (
        "/repository/commits/main", "/members/all", "/pipelines", f"/pipelines/{pipeline}", f"/pipelines/{pipeline}/jobs",
        "/jobs", f"/jobs/{job}",
    ):  # fmt: skip
        yield "project", f"{project.at}{below}"
    for below in ("", "/projects", "/subgroups", "/descendant_groups", "/members", "/members/all"):
        yield "group", f"/groups/inside{below}"


def test_what_is_internal_is_not_there_for_external_users(inside, insider, outsider):
    for kind, path in paths(inside):
        assert insider.get(path).status == 200, path
        assert outsider.get(path).said == (404, {"message": NOT_FOUND[kind]}), path


def test_lists_leave_out_what_is_internal(inside, insider, outsider):
    for path, number in (("/projects", inside.id), ("/groups", inside.details["namespace"]["id"])):
        listed = {
            one: {row["id"] for row in one.get(path, per_page=100, search="inside").json()}
            for one in (insider, outsider)
        }
        assert number in listed[insider]
        assert number not in listed[outsider]


def test_a_member_sees_what_is_shared_with_them(inside, root, make_person):
    member = make_person("member", external=True)
    member.join(root, inside.at, "reporter")

    for kind, path in paths(inside):
        if kind == "project":
            assert member.get(path).status == 200, path
    member.leave(root, inside.at)
    assert member.get(inside.at).status == 404


@pytest.mark.parametrize(("external", "status"), [(False, 201), (True, 422)])
def test_a_pipeline_of_an_external_user_includes_nothing_internal(
    inside, root, make_person, make_project, external, status
):
    inside.repository.commit({"shared.yml": "shared: {script: make}\n"})
    location = {"project": inside.details["path_with_namespace"], "file": "shared.yml"}
    project = make_project(json.dumps({"include": [location], "own": {"script": "make"}}))
    owner = make_person("includer", external=external)
    owner.join(root, project.at, "maintainer")
    token = owner.post(f"{project.at}/triggers", form={"description": "mine"}).json()["token"]

    assert project.post_trigger({"token": token, "ref": "main"}).status == status


def test_external_users_create_nothing_of_their_own(outsider, make_repository, root):
    url = make_repository().url

    assert outsider.post("/groups", json={"name": "Own", "path": "own-of-an-outsider"}).said == (
        403, {"message": "403 Forbidden"}
    )  # fmt: skip
    assert outsider.post("/projects", json={"name": "own", "import_url": url}).said == (403, {"error": [NO_PROJECTS]})
    group = root.post("/groups", json={"name": "Shared", "path": "shared-with-an-outsider"}).json()["id"]
    outsider.join(root, f"/groups/{group}", "maintainer")
    wanted = {"name": "inner", "import_url": url, "namespace_id": group}
    assert outsider.post("/projects", json=wanted).status == 201
    assert outsider.post("/groups", json={"name": "Inner", "path": "inner-group", "parent_id": group}).status == 201


@pytest.mark.parametrize("external", [True, False])
def test_a_user_is_shown_as_they_are_held(root, external):
    name = f"shown-{external}".lower()
    person = Person.made_by(root, name, external=external, can_create_group=True)
    expected = {
        "external": external,
        "can_create_group": not external,
        "can_create_project": not external,
        "projects_limit": 0 if external else 100_000,
    }

    for shown in (person.details, person.get("/user").json(), root.get(f"/users/{person.id}").json()):
        assert {key: shown[key] for key in expected} == expected
    assert root.put(f"/users/{person.id}", json={"external": not external}).json()["external"] is not external
    assert person.get("/user").json()["can_create_group"] is external


# One answer for what is missing and for what may not be known


def test_a_namespace_that_is_hidden_is_as_one_that_is_missing(root, insider, make_repository):
    group = root.post("/groups", json={"name": "Hidden", "path": "hidden-group"}).json()["id"]
    url, others = make_repository().url, root.get("/user").json()["id"]
    own = next(one["id"] for one in root.get("/namespaces").json() if one["kind"] == "user")

    for number in (group, own, 987_654_321, 0):
        reply = insider.post("/projects", json={"name": "wanted", "import_url": url, "namespace_id": number})
        assert reply.said == (400, {"message": {"namespace": ["is not valid"]}}), number
    for number in (group, 987_654_321):
        reply = insider.post("/groups", json={"name": "Wanted", "path": "wanted", "parent_id": number})
        assert reply.said == (404, {"message": "404 Group Not Found"})
    assert others


def test_a_project_that_is_hidden_is_as_one_that_is_missing(insider, make_project):
    project = make_project()
    mine = f"/projects/{project.id}"

    for path in ("", "/triggers", "/variables", "/members", "/pipelines", "/job_token_scope", "/repository/branches"):
        missing = insider.get(f"/projects/987654321{path}").said
        assert insider.get(f"{mine}{path}").said == missing == (404, {"message": "404 Project Not Found"})
