"""Groups, what is in them, and who is in them."""

import pytest


def test_a_group_in_a_group_has_the_path_and_the_members_of_both(make_user, make_group, admin):
    user, own = make_user("ada")
    outer = make_group(own)
    inner = own.groups.create({"name": "Tools", "path": "tools", "parent_id": outer.id})

    assert (inner.full_path, inner.full_name) == (f"{outer.path}/tools", "Acme / Tools")
    assert [member.id for member in inner.members.list()] == [user.id]
    assert [(member.id, member.access_level) for member in inner.members_all.list()] == [(user.id, 50)]
    assert [one.id for one in outer.subgroups.list()] == [inner.id]
    assert admin.groups.get(inner.full_path.upper()).id == inner.id


def test_a_path_is_taken_once_by_groups_users_and_projects(make_user, make_group, admin, refused):
    group, (user, _) = make_group(), make_user("ada")
    taken = 'Failed to save group {:path=>["has already been taken"]}'

    assert refused(admin.groups.create, {"name": "Other", "path": group.path.upper()}) == (400, taken)
    assert refused(admin.groups.create, {"name": "Other", "path": user.username}) == (400, taken)


def test_maintainers_make_projects_and_subgroups_and_developers_do_not(make_user, make_group, new_project, refused):
    group, (user, own) = make_group(), make_user("ada")
    member = group.members.create({"user_id": user.id, "access_level": 30})
    wanted = {"name": "Inner", "path": "inner", "parent_id": group.id}

    assert refused(new_project, own, namespace_id=group.id) == (400, {"namespace": ["is not valid"]})
    assert refused(own.groups.create, wanted) == (403, "403 Forbidden")

    member.access_level = 40
    member.save()
    assert new_project(own, namespace_id=group.id).namespace["id"] == group.id
    assert own.groups.create(wanted).parent_id == group.id
    assert refused(own.groups.get(group.id).delete) == (403, "403 Forbidden")


def test_a_group_moves_with_all_that_is_in_it(make_group, new_project, admin, names):
    group = make_group()
    inner = admin.groups.create({"name": "Tools", "path": "tools", "parent_id": group.id})
    project = new_project(namespace_id=inner.id)
    token = project.triggers.create({"description": "stays"}).token
    old, group.path, group.name = project.path_with_namespace, names("moved"), "Moved"
    group.save()

    moved = admin.projects.get(project.id)
    assert moved.path_with_namespace == f"{group.path}/tools/{project.path}"
    assert moved.name_with_namespace == f"Moved / Tools / {project.name}"
    assert admin.projects.get(old).id == project.id
    assert admin.projects.get(old, lazy=True).trigger_pipeline("main", token).status == "created"
    assert admin.groups.get(f"{group.path}/tools").id == inner.id


def test_a_group_goes_with_all_that_is_in_it(make_group, new_project, admin, refused):
    group = make_group()
    inner = admin.groups.create({"name": "Tools", "path": "tools", "parent_id": group.id})
    project = new_project(namespace_id=inner.id)
    token = project.triggers.create({"description": "goes"}).token
    group.delete()

    assert refused(admin.groups.get, group.id) == (404, "404 Group Not Found")
    assert refused(admin.groups.get, inner.full_path) == (404, "404 Group Not Found")
    assert refused(admin.projects.get, project.id) == (404, "404 Project Not Found")
    assert refused(project.trigger_pipeline, "main", token) == (404, "404 Not Found")
    assert admin.groups.create({"name": "Acme", "path": group.path}).id != group.id


def test_projects_are_no_more_visible_than_their_group(make_group, new_project, refused):
    internal = make_group(visibility="internal")
    expected = (400, {"visibility_level": ["public is not allowed in a internal group."]})

    assert refused(new_project, namespace_id=internal.id, visibility="public") == expected
    assert new_project(namespace_id=internal.id, visibility="internal").visibility == "internal"


def test_a_group_is_no_less_visible_than_what_is_in_it(make_group, new_project, admin, refused):
    group = make_group(visibility="public")
    inner = admin.groups.create({"name": "Tools", "path": "tools", "parent_id": group.id, "visibility": "internal"})
    project = new_project(namespace_id=group.id, visibility="internal")
    projects = "private is not allowed since this group contains projects with higher visibility."
    groups = "private is not allowed since there are sub-groups with higher visibility."

    def set_visibility(one, visibility):
        one.visibility = visibility
        one.save()

    assert refused(set_visibility, group, "private") == (400, {"visibility_level": [projects, groups]})
    set_visibility(project, "private")
    assert refused(set_visibility, group, "private") == (400, {"visibility_level": [groups]})
    set_visibility(inner, "private")
    set_visibility(group, "private")
    assert admin.groups.get(group.id).visibility == "private"
    assert refused(set_visibility, project, "internal") == (
        400, {"visibility_level": ["internal is not allowed in a private group."]}
    )  # fmt: skip


def test_a_member_is_added_once_and_not_below_the_group_above(make_user, make_group, admin, refused):
    group, (user, _) = make_group(), make_user("ada")
    inner = admin.groups.create({"name": "Tools", "path": "tools", "parent_id": group.id})
    group.members.create({"user_id": user.id, "access_level": 30})

    assert refused(group.members.create, {"user_id": user.id, "access_level": 40}) == (409, "Member already exists")
    status, message = refused(inner.members.create, {"user_id": user.id, "access_level": 20})
    assert (status, list(message)) == (400, ["access_level"])
    assert refused(group.members.create, {"user_id": 12345, "access_level": 40}) == (404, "404 User Not Found")


def test_a_membership_ends(make_user, make_group, admin, refused):
    group, (user, own) = make_group(), make_user("ada")
    member = group.members.create({"user_id": user.id, "access_level": 30, "expires_at": "2099-12-31"})

    assert (member.expires_at, own.groups.get(group.id).id) == ("2099-12-31", group.id)
    past = {"user_id": 1, "access_level": 30, "expires_at": "2020-01-01"}
    assert refused(group.members.create, past)[0] in {400, 409}

    group.members.delete(user.id)
    assert refused(own.groups.get, group.id) == (404, "404 Group Not Found")


def test_nobody_grants_more_than_they_have_and_the_last_owner_stays(make_user, make_group, new_project, refused):
    (owner, own), (user, its) = make_user("ada"), make_user("bob")
    group = make_group(own)
    project = new_project(own, namespace_id=group.id)
    project.members.create({"user_id": user.id, "access_level": 40})
    other, _ = make_user("eve")
    seen = its.projects.get(project.id)

    assert refused(seen.members.create, {"user_id": other.id, "access_level": 50}) == (403, "403 Forbidden")
    assert seen.members.create({"user_id": other.id, "access_level": 40}).access_level == 40
    assert refused(group.members.delete, owner.id) == (403, "403 Forbidden")
    for change in ({"access_level": 40}, {"access_level": 50, "expires_at": "2099-12-31"}):
        assert refused(group.members.update, owner.id, change) == (403, "403 Forbidden")
    group.members.create({"user_id": other.id, "access_level": 50})
    group.members.update(owner.id, {"access_level": 50, "expires_at": "2099-12-31"})
    assert refused(group.members.delete, other.id) == (403, "403 Forbidden")
    assert refused(its.groups.get(group.id, lazy=True).members.list) == (404, "404 Group Not Found")


@pytest.mark.parametrize("level", [35, 60, 0])
def test_a_level_that_is_none(make_group, make_user, refused, level):
    group, (user, _) = make_group(), make_user("ada")
    expected = (400, {"access_level": ["is not included in the list"]})

    assert refused(group.members.create, {"user_id": user.id, "access_level": level}) == expected


def test_namespaces_are_where_one_may_have_projects(make_user, make_group):
    user, own = make_user("ada")
    group = make_group(own)

    assert {one.full_path for one in own.namespaces.list()} == {user.username, group.path}
    assert own.namespaces.get(group.path).kind == "group"
