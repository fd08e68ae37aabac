"""Projects: found in lists, changed, moved, archived, deleted; and whose jobs may call them."""

import pytest


def test_lists_show_what_one_may_see(make_user, make_group, new_project, client):
    user, own = make_user("ada")
    group = make_group()
    group.members.create({"user_id": user.id, "access_level": 30})
    inherited, mine = new_project(namespace_id=group.id), new_project(own)
    public, hidden = new_project(visibility="public"), new_project()

    def ids(lister, **filters):
        return {one.id for one in lister.projects.list(get_all=True, **filters)}

    assert {inherited.id, mine.id, public.id} <= ids(own)
    assert hidden.id not in ids(own)
    assert ids(own, membership=True) == {inherited.id, mine.id}
    assert ids(own, owned=True) == {mine.id}
    assert ids(own, search=public.name) == {public.id}
    assert public.id in ids(client())
    assert not ids(client()) & {inherited.id, mine.id, hidden.id}


def test_a_list_is_paged(make_user, new_project):
    _, own = make_user("ada")
    made = [new_project(own).id for _ in range(3)]

    assert [one.id for one in own.projects.list(membership=True, per_page=2, page=2)] == made[:1]
    assert [one.id for one in own.projects.list(membership=True, per_page=2, get_all=True)] == made[::-1]
    assert [one.id for one in own.projects.list(membership=True, order_by="id", sort="asc", get_all=True)] == made


def test_settings_change(new_project):
    project = new_project()
    project.description, project.ci_config_path, project.default_branch = "of brass", "ci/main.yml", "trunk"
    project.builds_access_level, project.public_jobs, project.visibility = "private", False, "public"
    project.save()

    again = project.manager.get(project.id)
    assert (again.description, again.ci_config_path, again.default_branch) == ("of brass", "ci/main.yml", "trunk")
    assert (again.builds_access_level, again.public_jobs, again.visibility) == ("private", False, "public")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"path": "a b"}, {"path"}),
        ({"name": "-"}, {"name"}),
        ({"import_url": "ftp://example.com/x.git"}, {"import_url"}),
    ],
)
def test_settings_that_cannot_be(new_project, refused, sent, message):
    project = new_project()

    status, reported = refused(project.manager.update, project.id, sent)
    assert (status, set(reported)) == (400, message)


def test_owners_alone_rename_open_and_archive(make_user, new_project, refused):
    project, (user, own) = new_project(), make_user("ada")
    project.members.create({"user_id": user.id, "access_level": 40})
    seen = own.projects.get(project.id)

    for sent in ({"name": "other"}, {"visibility": "public"}):
        assert refused(own.projects.update, project.id, sent) == (403, "403 Forbidden")
    assert refused(seen.archive) == (403, "403 Forbidden")
    assert refused(seen.delete) == (403, "403 Forbidden")
    assert own.projects.update(project.id, {"description": "kept by a maintainer"})["id"] == project.id


def test_a_project_that_moved_is_found_by_reading_and_by_triggers_alone(new_project, admin, refused, root):
    project = new_project()
    token, old = project.triggers.create({"description": "stays"}).token, project.path_with_namespace
    project.path = f"{project.path}-new"
    project.save()

    reply = root.get(f"/projects/{old.replace('/', '%2F')}/triggers", per_page=5)
    assert reply.status == 301
    assert reply.headers["Location"].endswith(f"/api/v4/projects/{project.id}/triggers?per_page=5")
    assert admin.projects.get(old).path_with_namespace == f"{old}-new"
    there = admin.projects.get(old, lazy=True)
    assert refused(there.archive) == (405, "Non GET methods are not allowed for moved projects")
    assert there.trigger_pipeline("main", token).status == "created"


def test_a_path_that_was_left_may_be_taken(new_project, admin):
    project = new_project()
    old = project.path
    project.path = f"{old}-new"
    project.save()
    other = new_project(path=old)

    assert admin.projects.get(other.path_with_namespace).id == other.id
    assert admin.projects.get(f"{other.path_with_namespace}-new").id == project.id


def test_a_path_is_taken_once(new_project, refused):
    project, other = new_project(), new_project()
    taken = (400, {"path": ["has already been taken"], "name": ["has already been taken"]})

    assert refused(new_project, path=project.path.upper()) == taken
    assert refused(project.manager.update, other.id, {"path": project.path}) == taken


def test_nothing_runs_in_an_archived_project(new_project, refused):
    project = new_project()
    token = project.triggers.create({"description": "waits"}).token
    project.archive()

    assert refused(project.trigger_pipeline, "main", token)[0] == 400
    assert project.manager.get(project.id).archived

    project.unarchive()
    assert project.trigger_pipeline("main", token).status == "created"


def test_a_deleted_project_leaves_nothing_that_opens(new_project, admin, refused, root):
    project = new_project()
    token = project.triggers.create({"description": "goes"}).token
    pipeline = project.trigger_pipeline("main", token)
    reply = root.delete(f"/projects/{project.id}")

    assert reply.said == (202, {"message": "202 Accepted"})
    assert refused(project.trigger_pipeline, "main", token) == (404, "404 Not Found")
    assert refused(project.pipelines.get, pipeline.id) == (404, "404 Project Not Found")
    assert refused(admin.projects.get, project.path_with_namespace) == (404, "404 Project Not Found")
    assert new_project(path=project.path).id != project.id


def test_job_tokens_of_allowed_projects(new_project, make_group, refused, make_user):
    project, other, group = new_project(), new_project(), make_group()
    scope = project.job_token_scope.get()
    assert (scope.inbound_enabled, scope.outbound_enabled) == (True, False)

    scope.allowlist.create({"target_project_id": other.id})
    scope.groups_allowlist.create({"target_group_id": group.id})
    assert [one.id for one in scope.allowlist.list()] == [project.id, other.id]
    assert [one.id for one in scope.groups_allowlist.list()] == [group.id]
    again = refused(scope.allowlist.create, {"target_project_id": other.id})
    assert again == (400, "400 Bad request - Target project is already in the job token scope")

    scope.allowlist.delete(other.id)
    scope.enabled = False
    scope.save()
    assert [one.id for one in scope.allowlist.list()] == [project.id]
    assert project.job_token_scope.get().inbound_enabled is False
