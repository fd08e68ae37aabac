"""Everything that the service is for, as deeds that need all permissions together: one function a deed.

A deed raises AssertionError when it does not come about. Each makes what it acts upon, so it can be done again.
"""

import json
import secrets

from botocore.exceptions import ClientError

HOOK = "/ref/main/trigger/pipeline"
MANY_JOBS = "\n".join(f"job-{number}: {{script: make}}" for number in range(101))


def start_once(world):
    world.invoke("BootstrapFunction")


def call_by_number(world):
    world.project().triggered(variables={"DEPLOY_TO": "staging"})


def call_by_path(world):
    project = world.project()
    path = project.details["path_with_namespace"].replace("/", "%2F")
    world.done(world.anyone.post(f"/projects/{path}/trigger/pipeline", form={"token": project.token, "ref": "main"}))


def call_once(world):
    project = world.project()
    for _ in range(2):
        sent = {"token": project.token, "ref": "main"}
        assert project.post_trigger(form=sent, headers={"Idempotency-Key": "release"}).status == 201


def call_with_much(world):
    project = world.project()
    pipeline = project.triggered(variables={f"PART_{part}": secrets.token_urlsafe(9_000) for part in range(40)})
    assert len(project.variables(pipeline)) > 40


def call_from_a_git_host(world):
    project, requests = world.hosted(), world.host.requests
    requests.clear()
    project.triggered()
    first = len(requests)
    requests.clear()
    world.restart("EvaluateRulesFunction")
    project.triggered()
    assert len(requests) < first, "the files of a commit are to be kept"


def plan_much(world):
    project = world.project(f"build: {{script: make {secrets.token_urlsafe(320_000)}}}")
    assert len(project.jobs(project.triggered())) == 1


def refuse_with_much(world):
    rule = f"$BRANCH == '{secrets.token_urlsafe(320_000)}'"
    build = f'build: {{script: make, rules: [{{if: "{rule}"}}]}}'
    project = world.project(f"{build}\ntest: {{script: make test, needs: [build]}}")
    assert project.refused()[0] == 422


def call_in_vain(world):
    assert world.project().refused("gone")[0] == 400


def record_many_jobs(world):
    project = world.project(MANY_JOBS)
    assert len(project.read(f"/pipelines/{project.triggered()['id']}/jobs", page=2, per_page=100)) == 1


def read_what_was_triggered(world):
    project = world.project()
    pipeline = project.triggered(variables={"DEPLOY_TO": "staging"})
    job = project.jobs(pipeline)[0]
    for path in ("/pipelines", f"/pipelines/{pipeline['id']}", "/jobs", f"/jobs/{job['id']}"):
        assert project.read(path)
    assert project.variables(pipeline)


def manage_triggers(world):
    project = world.project()
    trigger = world.trigger(project.at)
    one = f"{project.at}/triggers/{trigger['id']}"
    assert len(world.done(world.root.get(f"{project.at}/triggers"))) == 2
    assert world.done(world.root.put(one, form={"description": "other"}))["description"] == "other"
    assert world.done(world.root.get(one))["description"] == "other"
    assert world.root.delete(one).status == 204
    assert world.root.get(one).status == 404


def ask_who_and_what(world):
    for path in ("/user", "/version", "/metadata"):
        world.done(world.root.get(path))


def go_by_paths_with_slashes(world):
    project = world.project()
    at = f"/projects/{project.details['path_with_namespace']}"
    world.done(world.anyone.post(f"{at}{HOOK}", query={"token": project.token}))
    for path in ("", "/triggers", "/pipelines", "/members", "/repository/branches"):
        world.done(world.root.get(f"{at}{path}"))
    assert world.done(world.root.get("//users"))
    assert world.root.get("/projects/nobody/has/this").status == 404
    assert world.root.get("/groups/nobody/has/this").status == 404


def manage_people(world):
    person = world.person()
    one = f"/users/{person.id}"
    assert world.done(world.root.get("/users", username=person.details["username"]))
    assert world.done(world.root.get(one))["state"] == "active"
    assert world.done(world.root.put(one, form={"name": "Other", "email": f"{person.id}@example.org"}))
    for change in ("block", "unblock"):
        assert world.root.post(f"{one}/{change}").status == 201


def manage_personal_tokens(world):
    person = world.person()
    (token,) = world.done(world.root.get("/personal_access_tokens", user_id=person.id))
    assert world.done(person.get(f"/personal_access_tokens/{token['id']}"))["active"]
    rotated = world.done(person.post("/personal_access_tokens/self/rotate"))
    assert world.root.delete(f"/personal_access_tokens/{rotated['id']}").status == 204


def delete_a_person(world):
    person = world.person()
    project = world.project()
    person.join(world.root, project.at, "maintainer")
    world.trigger(project.at, person)
    own = world.done(person.post("/projects", form={"name": world.name("own"), "import_url": project.repository.url}))
    trigger = world.trigger(f"/projects/{own['id']}", person)
    sent = {"token": trigger["token"], "ref": "main"}
    world.done(world.anyone.post(f"/projects/{own['id']}/trigger/pipeline", form=sent))
    assert world.root.delete(f"/users/{person.id}").status == 204
    assert world.root.get(f"/users/{person.id}").status == 404


def manage_members(world):
    project, person = world.project(), world.person()
    person.join(world.root, project.at, "developer")
    assert len(world.done(world.root.get(f"{project.at}/members"))) == 2
    person.become(world.root, project.at, "maintainer")
    assert world.done(world.root.get(f"{project.at}/members/{person.id}"))["access_level"] == 40
    person.leave(world.root, project.at)


def manage_a_project(world):
    project = world.project()
    project.triggered()
    world.done(world.root.put(project.at, form={"description": "other", "path": world.name("moved")}))
    for change in ("archive", "unarchive"):
        world.done(world.root.post(f"{project.at}/{change}"))
    assert world.done(world.root.get("/projects", membership="true"))
    world.done(world.root.get(f"{project.at}/job_token_scope"))
    assert world.root.delete(project.at).status in {202, 204}
    assert world.root.get(project.at).status == 404


def group(world, **more):
    name = world.name("group")
    return world.done(world.root.post("/groups", form={"name": name, "path": name, **more}))


def manage_a_group(world):
    outer, person = group(world), world.person()
    inner = group(world, parent_id=outer["id"])
    at = f"/groups/{inner['id']}"
    world.done(world.root.put(at, form={"name": "other", "path": world.name("moved")}))
    person.join(world.root, at, "maintainer")
    project = world.project(namespace_id=inner["id"])
    project.triggered()
    for path in ("/groups", f"/groups/{outer['id']}/subgroups", f"{at}/projects", "/namespaces", f"{at}/members"):
        assert world.done(world.root.get(path))
    person.become(world.root, at, "owner")
    person.leave(world.root, at)
    assert world.root.delete(f"/groups/{outer['id']}").status in {202, 204}
    assert world.root.get(at).status == 404


def manage_variables(world):
    project, owner = world.project(), group(world)
    for at in (f"{project.at}/variables", f"/groups/{owner['id']}/variables", "/admin/ci/variables"):
        key = world.name("KEY").replace("-", "_")
        world.done(world.root.post(at, form={"key": key, "value": "1"}))
        assert world.done(world.root.get(f"{at}/{key}"))["value"] == "1"
        world.done(world.root.put(f"{at}/{key}", form={"value": "2"}))
        assert world.root.delete(f"{at}/{key}").status == 204


def protect_refs(world):
    project = world.project()
    for kind in ("branches", "tags"):
        at = f"{project.at}/protected_{kind}"
        world.done(world.root.post(at, form={"name": "release-*"}))
        assert world.done(world.root.get(at))
        assert world.root.delete(f"{at}/release-*").status == 204


def browse_the_repository(world):
    project, requests = world.hosted(), world.host.requests
    asked = []
    for _ in range(2):
        requests.clear()
        world.restart("RepositoryFunction")
        assert world.done(world.root.get(f"{project.at}/repository/branches"))
        asked.append(len(requests))
    assert asked[1] < asked[0], "what is known of a commit is to be kept"
    world.done(world.root.get(f"{project.at}/repository/commits/main"))


def include_another_project(world):
    other = world.project({".gitlab-ci.yml": "x: {script: make}", "more.yml": "more: {script: make more}"})
    path = other.details["path_with_namespace"]
    project = world.project(f"include: [{{project: {path}, file: more.yml}}]\nx: {{script: make}}")
    assert len(project.jobs(project.triggered())) == 2


def begin_with_another_token(world):
    for token in ("glpat-another-0123456789", world.root.token):
        world.operate("secretsmanager").put_secret_value(SecretId=world.out("RootTokenSecret"), SecretString=token)
        world.invoke("BootstrapFunction")
    world.done(world.root.get("/user"))


def evaluate_again(world):
    project = world.project()
    pipeline = project.triggered()
    ids = {"request": str(pipeline["id"]), "project": str(project.id), "user": "1", "groups": []}
    world.invoke("EvaluateRulesFunction", json.dumps(ids).encode())
    recording = {"request": ids["request"], "project": ids["project"], "iid": "1"}
    world.invoke("RecordJobsFunction", json.dumps(recording).encode())


def rotate_the_pepper(world):
    # A second rotation has to wait until no function has the old keyring; here they are ended instead.
    rotation = {"pk": {"S": "rotation"}, "sk": {"S": "pepper"}}
    for _ in range(2):
        world.operate("dynamodb").delete_item(TableName=world.out("TokensTable"), Key=rotation)
        try:
            world.operate("secretsmanager").rotate_secret(SecretId=world.out("PeppersSecret"))
        except ClientError as error:
            raise AssertionError(str(error)) from error
    world.forget()
    world.lasting.triggered()


DEEDS = [deed for name, deed in [*globals().items()] if getattr(deed, "__module__", "") == __name__ and name != "group"]
