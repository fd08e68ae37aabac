import json

import pytest

from tests.e2e.git.conftest import error, names, project_with_trigger

JOB = "{0}: {{script: make}}\n"
ACCESS = "Make sure any includes in the pipeline configuration are correctly defined."


def including(**location):
    return json.dumps({"include": [location], "own": {"script": "make"}})


@pytest.fixture(scope="module")
def shared(make):
    """A project that others include: `ci/a.yml` differs on main, on a branch, at a tag; it includes a neighbour."""
    nested = "include: [{local: ci/nested.yml}]\n"
    project = make({"ci/a.yml": JOB.format("old"), "ci/nested.yml": JOB.format("old-nested"), "ci/empty.yml": ""})
    project.repository.tag("v1", message="First")
    project.repository.commit({"ci/a.yml": nested + JOB.format("new"), "ci/nested.yml": JOB.format("nested")})
    project.repository.branch("side", {"ci/a.yml": JOB.format("side")})
    return project


@pytest.mark.parametrize(
    ("ref", "jobs"),
    [
        (None, ["nested", "new", "own"]),
        ("main", ["nested", "new", "own"]),
        ("side", ["own", "side"]),
        ("v1", ["old", "own"]),
        ("refs/heads/side", ["own", "side"]),
        ("SHA", ["old", "own"]),
    ],
)
def test_a_file_of_another_project_comes_from_the_ref(make, shared, ref, jobs):
    ref = shared.repository.git("rev-parse", "v1^{commit}") if ref == "SHA" else ref
    location = {"project": shared.details["path_with_namespace"].upper(), "file": "/ci/a.yml"}
    project = make(including(**location, **({"ref": ref} if ref else {})))

    assert names(project, project.triggered()) == jobs


def test_files_of_another_project_come_from_one_commit_and_one_visit(make, shared, host):
    path = shared.details["path_with_namespace"]
    project = make(json.dumps({"include": [{"project": path, "file": ["ci/a.yml", "ci/nested.yml"]}]}))
    project.triggered()
    host.requests.clear()

    assert names(project, project.triggered()) == ["nested", "new"]
    assert host.methods == ["GET", "POST"] * 2


@pytest.mark.parametrize(
    ("location", "phrase"),
    [
        ({"project": "root/nowhere", "file": "a.yml"}, f"Project `root/nowhere` not found or access denied! {ACCESS}"),
        ({"file": "ci/a.yml", "ref": "nope"}, "Project `PATH` reference `nope` does not exist!"),
        ({"file": "ci/a.yml", "ref": "f" * 40}, f"Project `PATH` reference `{'f' * 40}` does not exist!"),
        ({"file": "ci/a.yml", "ref": "main^"}, "Project `PATH` reference `main^` does not exist!"),
        ({"file": "ci/none.yml"}, "Project `PATH` file `ci/none.yml` does not exist!"),
        ({"file": "ci/empty.yml"}, "Project `PATH` file `ci/empty.yml` is empty!"),
    ],
)
def test_what_is_not_there_is_named_in_gitlabs_words(make, shared, location, phrase):
    path = shared.details["path_with_namespace"]

    assert error(make(including(**{"project": path} | location))) == phrase.replace("PATH", path)


@pytest.mark.parametrize(
    ("visibility", "level", "readable"),
    [
        ("private", None, False),
        ("private", "guest", False),
        ("private", "reporter", True),
        ("internal", None, True),
        ("public", None, True),
    ],
)
def test_the_pipelines_user_needs_to_read_the_other_repository(make, make_person, admin, visibility, level, readable):
    other = make({"a.yml": JOB.format("other")}, visibility=visibility)
    project, person = make(including(project=other.details["path_with_namespace"], file="a.yml")), make_person()
    person.join(admin, project.at, "maintainer")
    if level:
        person.join(admin, other.at, level)
    theirs = project_with_trigger(person, project.details)

    if readable:
        assert names(theirs, theirs.triggered()) == ["other", "own"]
    else:
        assert error(theirs).startswith(f"Project `{other.details['path_with_namespace']}` not found or access denied!")


def test_a_project_that_has_moved_is_not_found_at_its_old_path(make, admin):
    other = make({"a.yml": JOB.format("other")})
    old = other.details["path_with_namespace"]
    assert admin.put(other.at, json={"path": f"moved-{other.id}"}).status == 200

    assert error(make(including(project=old, file="a.yml"))).startswith(f"Project `{old}` not found")
    project = make(including(project=f"root/moved-{other.id}", file="a.yml"))
    assert names(project, project.triggered()) == ["other", "own"]


def test_files_of_another_project_decide_about_jobs(make, shared):
    path = shared.details["path_with_namespace"]
    rule = {"exists": {"paths": ["ci/nested.yml"], "project": path, "ref": "v1"}}
    absent = {"exists": {"paths": ["ci/none.yml"], "project": path}}
    job = {"script": "make"}
    project = make(json.dumps({"in": job | {"rules": [rule]}, "out": job | {"rules": [absent]}}))
    assert names(project, project.triggered()) == ["in"]

    lost = {"exists": {"paths": ["a"], "project": "root/nowhere"}}
    phrase = "Failed to parse rule for a: rules:exists:project `root/nowhere` not found or access denied"
    assert error(make(json.dumps({"a": job | {"rules": [lost]}, "b": job}))) == phrase


def test_a_component_is_a_file_of_its_project(make, instance):
    component = "spec: {inputs: {name: {}}}\n---\n$[[ inputs.name ]]: {script: make}\n"
    other = make({"templates/build.yml": component})
    other.repository.tag("1.0.0")
    server = instance.url.removeprefix("http://")
    address = f"{server}/{other.details['path_with_namespace']}/build@1.0.0"
    project = make(including(component=address, inputs={"name": "built"}))

    assert names(project, project.triggered()) == ["built", "own"]
    assert error(make(including(component=f"{address}.1"))) == f"Component '{address}.1' - content not found"
    elsewhere = address.replace(server, "gitlab.example.com")
    assert error(make(including(component=elsewhere))).endswith(" - the component path is not supported")


def test_changes_are_compared_to_any_revision(make):
    rules = [{"changes": {"paths": ["docs/*"], "compare_to": "BASE"}}]
    text = json.dumps({"always": {"script": "make"}, "docs": {"script": "make", "rules": rules}})
    project = make({".gitlab-ci.yml": text, "src.c": ""})
    base = project.repository.git("rev-parse", "HEAD")
    head = project.repository.commit({".gitlab-ci.yml": text.replace("BASE", base), "docs/a.md": "a"})
    project.repository.commit({".gitlab-ci.yml": text.replace("BASE", head), "src.c": "int main;"})
    project.repository.git("branch", "before", head)

    assert names(project, project.triggered("before")) == ["always", "docs"]
    assert names(project, project.triggered("main")) == ["always"]
