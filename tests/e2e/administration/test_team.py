"""A whole team set up with python-gitlab, and what each of them may then do."""

import pytest

CONFIGURATION = """
deploy:
  script: deploy
  rules:
    - if: $DEPLOY_KEY == "the key of production"
check:
  script: check
  rules:
    - if: $CI_COMMIT_BRANCH && $REGION == "north"
"""
PROTECTED = "You do not have sufficient permission to run a pipeline on '{}'. Please select a different branch or "
PROTECTED += "contact your administrator for assistance."


@pytest.fixture(scope="module")
def repository(make_repository):
    made = make_repository(CONFIGURATION)
    made.branch("feature/x", {"x.txt": "x"})
    made.tag("v1.0")
    return made


@pytest.fixture(scope="module")
def maintainer(make_user):
    return make_user("grace")


@pytest.fixture(scope="module")
def developer(make_user):
    return make_user("ada")


@pytest.fixture(scope="module")
def group(make_group, maintainer, developer):
    made = make_group(maintainer[1])
    made.members.create({"user_id": developer[0].id, "access_level": 30})
    made.variables.create({"key": "REGION", "value": "north"})
    return made


@pytest.fixture(scope="module")
def project(new_project, repository, group, maintainer):
    made = new_project(maintainer[1], repository=repository, namespace_id=group.id)
    made.protectedbranches.create({"name": "main", "push_access_level": 40, "merge_access_level": 40})
    made.protectedtags.create({"name": "v*", "create_access_level": 40})
    made.variables.create({"key": "DEPLOY_KEY", "value": "the key of production", "protected": True})
    return made


@pytest.fixture(scope="module")
def token(project, maintainer):
    return project.triggers.create({"description": "of the maintainer"}).token


@pytest.fixture(scope="module")
def token_of_developer(project, developer):
    """Made while they were a maintainer."""
    member = project.members.create({"user_id": developer[0].id, "access_level": 40})
    made = developer[1].projects.get(project.id).triggers.create({"description": "of the developer"}).token
    member.delete()
    return made


def jobs(project, pipeline):
    return [job.name for job in project.pipelines.get(pipeline.id).jobs.list()]


def test_the_maintainer_runs_on_the_protected_branch_with_its_secrets(project, token):
    assert jobs(project, project.trigger_pipeline("main", token)) == ["check", "deploy"]


def test_secrets_stay_away_from_other_branches_and_variables_of_the_group_do_not(project, token):
    assert jobs(project, project.trigger_pipeline("feature/x", token)) == ["check"]


def test_the_maintainer_runs_on_the_protected_tag(project, token):
    assert jobs(project, project.trigger_pipeline("v1.0", token)) == ["deploy"]


@pytest.mark.parametrize("ref", ["main", "v1.0"])
def test_the_developer_does_not_run_on_what_is_protected(project, token_of_developer, refused, ref):
    assert refused(project.trigger_pipeline, ref, token_of_developer) == (400, {"base": [PROTECTED.format(ref)]})


def test_the_developer_runs_elsewhere(project, token_of_developer):
    assert jobs(project, project.trigger_pipeline("feature/x", token_of_developer)) == ["check"]


def test_a_developer_who_is_named_runs_on_the_protected_branch(project, developer, token_of_developer):
    protected = project.protectedbranches.create({"name": "feat*", "allowed_to_push": [{"user_id": developer[0].id}]})

    assert project.trigger_pipeline("feature/x", token_of_developer).ref == "feature/x"

    protected.delete()


@pytest.mark.parametrize(
    ("role", "may"), [("developer", True), ("maintainer", False), ("owner", False), ("no_one_allowed", False)]
)
def test_the_project_says_who_sends_variables(project, token_of_developer, refused, role, may):
    project.ci_pipeline_variables_minimum_override_role = role
    project.save()
    sent = {"ref": "feature/x", "token": token_of_developer, "variables": {"A": "1"}}

    if may:
        assert project.trigger_pipeline(**sent).status == "created"
    else:
        expected = (400, {"base": ["Insufficient permissions to set pipeline variables"]})
        assert refused(project.trigger_pipeline, **sent) == expected


def test_the_developer_sees_no_settings(project, developer, refused):
    seen = developer[1].projects.get(project.id)

    for change in (seen.triggers.list, seen.variables.list, seen.protectedbranches.list, seen.protectedtags.list):
        assert refused(change) == (403, "403 Forbidden")


def test_a_stranger_sees_nothing(project, group, make_user, refused):
    _, stranger = make_user("eve")

    assert refused(stranger.projects.get, project.id) == (404, "404 Project Not Found")
    assert refused(stranger.projects.get, project.path_with_namespace) == (404, "404 Project Not Found")
    assert refused(stranger.groups.get, group.id) == (404, "404 Group Not Found")
    assert [one.id for one in stranger.projects.list(get_all=True) if one.id == project.id] == []


def test_the_last_pipeline_of_a_commit_is_the_newest(project, token):
    made = project.trigger_pipeline("main", token)

    assert project.commits.get("main").last_pipeline["id"] == made.id


def test_a_blocked_owner_of_a_token_starts_nothing(project, admin, make_user, group, refused):
    user, own = make_user("bob")
    group.members.create({"user_id": user.id, "access_level": 40})
    token = own.projects.get(project.id).triggers.create({"description": "of the blocked one"}).token
    assert project.trigger_pipeline("main", token).status == "created"

    assert admin.users.get(user.id).block() is True
    assert refused(project.trigger_pipeline, "main", token) == (
        400,
        {"base": ["Insufficient permissions to create a new pipeline"]},
    )
    assert refused(own.projects.get, project.id) == (403, "403 Forbidden - Your account has been blocked.")

    assert admin.users.get(user.id).unblock() is True
    assert project.trigger_pipeline("main", token).status == "created"
