"""Variables of projects, groups and the instance; protected branches and tags; what the remote has."""

import pytest


@pytest.fixture(scope="module", params=["project", "group", "instance"])
def owner(request, new_project, make_group, admin):
    """Whoever has variables."""
    return {"project": new_project, "group": make_group, "instance": lambda: admin}[request.param]()


def test_a_variable_is_made_read_changed_and_taken_away(owner, refused):
    made = owner.variables.create({"key": "REGION", "value": "north", "protected": True, "description": "where"})
    assert (made.value, made.protected, made.masked, made.raw) == ("north", True, False, False)
    assert (made.variable_type, made.description) == ("env_var", "where")
    taken = (400, {"key": ["(REGION) has already been taken"]})
    assert refused(owner.variables.create, {"key": "REGION", "value": "south"}) == taken

    made.value, made.variable_type, made.raw = "south\nand more", "file", True
    made.save()
    again = owner.variables.get("REGION")
    assert (again.value, again.variable_type, again.raw, again.protected) == ("south\nand more", "file", True, True)
    assert "REGION" in {variable.key for variable in owner.variables.list()}

    again.delete()
    assert refused(owner.variables.get, "REGION") == (404, "404 Variable Not Found")


@pytest.mark.parametrize(
    ("value", "raw", "may"),
    [
        ("eight888", False, True),
        ("seven77", False, False),
        ("with space", False, False),
        ("two\nlines8", False, False),
        ("dollar$sign", False, False),
        ("dollar$sign", True, True),
        ("with space", True, False),
    ],
)
def test_what_can_be_masked(owner, refused, names, value, raw, may):
    wanted = {"key": names("MASKED").replace("-", "_"), "value": value, "masked": True, "raw": raw}

    if may:
        owner.variables.create(wanted).delete()
    else:
        assert refused(owner.variables.create, wanted) == (400, {"value": ["is invalid"]})


def test_what_is_hidden_is_masked_and_never_reported(owner, refused):
    made = owner.variables.create(
        {"key": "HIDDEN", "value": "never to be seen".replace(" ", "-"), "masked_and_hidden": True}
    )

    assert (made.value, made.masked, made.hidden) == (None, True, True)
    assert owner.variables.get("HIDDEN").value is None
    assert refused(owner.variables.update, "HIDDEN", {"masked": False})[0] == 400
    made.delete()


@pytest.mark.parametrize("key", ["", "A-B", "Ä", "A" * 256])
def test_keys_that_cannot_be(owner, refused, key):
    status, reported = refused(owner.variables.create, {"key": key, "value": "x"})

    assert (status, list(reported)) == (400, ["key"])


def test_variables_of_one_key_are_reported_apart_by_environment(new_project, refused):
    variables = new_project().variables
    for scope in ("*", "production", "review/*"):
        variables.create({"key": "URL", "value": f"for {scope}", "environment_scope": scope})
    several = "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'"

    assert refused(variables.get, "URL") == (409, several)
    assert variables.get("URL", filter={"environment_scope": "production"}).value == "for production"
    variables.update("URL", {"value": "new"}, filter={"environment_scope": "review/*"})
    variables.delete("URL", filter={"environment_scope": "*"})
    assert [variable.value for variable in variables.list()] == ["for production", "new"]


def test_protected_branches(new_project, refused, make_user):
    project, (user, _) = new_project(), make_user("ada")
    branches = project.protectedbranches
    made = branches.create({"name": "release/*", "push_access_level": 0, "merge_access_level": 30})

    assert [level["access_level"] for level in made.push_access_levels] == [0]
    assert [level["access_level_description"] for level in made.merge_access_levels] == ["Developers + Maintainers"]
    assert refused(branches.create, {"name": "release/*"}) == (409, "Protected branch 'release/*' already exists")
    assert refused(branches.create, {"name": "x", "push_access_level": 35}) == (
        400,
        "push_access_level does not have a valid value",
    )

    branches.update("release/*", {"allow_force_push": True, "allowed_to_push": [{"user_id": user.id}]})
    changed = branches.get("release/*")
    assert changed.allow_force_push
    assert [level["user_id"] for level in changed.push_access_levels] == [None, user.id]
    gone = [{"id": level["id"], "_destroy": True} for level in changed.push_access_levels]
    branches.update("release/*", {"allowed_to_push": gone})
    assert branches.get("release/*").push_access_levels == []

    changed.delete()
    assert refused(branches.get, "release/*") == (404, "404 Not found")
    assert branches.list() == []


def test_protected_tags(new_project, refused):
    tags = new_project().protectedtags
    made = tags.create({"name": "v*"})

    assert [level["access_level"] for level in made.create_access_levels] == [40]
    assert refused(tags.create, {"name": "v*"}) == (422, "Name has already been taken")
    assert [tag.name for tag in tags.list()] == ["v*"]
    tags.delete("v*")
    assert refused(tags.get, "v*") == (404, "404 Not found")


def test_what_the_remote_has(new_project, make_repository, refused):
    repository = make_repository()
    repository.branch("feature/x", {"x.txt": "x"})
    repository.tag("v1.0")
    project = new_project(repository=repository)
    project.protectedbranches.create({"name": "feature/*"})

    assert [branch.name for branch in project.branches.list()] == ["feature/x", "main"]
    assert [branch.name for branch in project.branches.list(search="^feat")] == ["feature/x"]
    branch = project.branches.get("feature/x")
    assert (branch.protected, branch.default, branch.commit["id"]) == (True, False, project.commits.get("feature/x").id)
    assert [tag.name for tag in project.tags.list()] == ["v1.0"]
    assert project.tags.get("v1.0").commit["id"] == project.commits.get("main").id
    assert project.commits.get(project.commits.get("main").id).last_pipeline is None
    for change, name, what in (
        (project.branches, "no", "Branch"),
        (project.tags, "no", "Tag"),
        (project.commits, "no", "Commit"),
    ):
        assert refused(change.get, name) == (404, f"404 {what} Not Found")


def test_a_remote_that_is_gone_is_said_to_be(new_project, admin, refused, tmp_path):
    project = new_project()
    project.import_url = (tmp_path / "nothing").as_uri()
    project.save()

    status, message = refused(project.branches.list, retry_transient_errors=False)
    assert status == 503
    assert "Repository is unavailable" in message
