"""Numbers of what is administered: small, one after the other, and as numbers in paths."""

MAX_OF_32_BITS = 2**31 - 1


def test_numbers_fit_into_32_bits(make_user, make_group, new_project, admin):
    user, _ = make_user("ada")
    group, project = make_group(), new_project()
    trigger = project.triggers.create({"description": "small"})
    token = user.personal_access_tokens.create({"name": "small", "scopes": ["api"]})
    branch = project.protectedbranches.create({"name": "main", "push_access_level": 40})
    namespace = admin.namespaces.get(user.username)
    levels = [level["id"] for level in (*branch.push_access_levels, *branch.merge_access_levels)]

    numbers = [user.id, group.id, project.id, trigger.id, token.id, branch.id, namespace.id, *levels]
    assert all(0 < number < MAX_OF_32_BITS for number in numbers)


def test_each_kind_is_counted_by_itself(make_group, new_project):
    groups, projects = [make_group().id for _ in range(2)], [new_project().id for _ in range(2)]

    assert groups[1] - groups[0] == projects[1] - projects[0] == 1


def test_a_group_and_a_users_own_namespace_never_share_a_number(make_user, make_group, new_project, admin):
    user, own = make_user("ada")
    group = make_group()
    namespace = admin.namespaces.get(user.username)

    assert group.id == namespace.id + 1
    assert new_project(own, namespace_id=namespace.id).namespace["full_path"] == user.username
    assert new_project(namespace_id=group.id).namespace["full_path"] == group.full_path


def test_a_refused_creation_takes_no_number(new_project, admin, refused):
    first = new_project()
    refused(admin.projects.create, {"name": "-", "import_url": first.import_url})

    assert new_project().id == first.id + 1


def test_digits_mean_a_number_and_never_a_path(make_group, admin, refused):
    other = make_group()
    group = admin.groups.create({"name": "Digits", "path": str(other.id + 1_000_000)})
    same = admin.groups.create({"name": "Same", "path": str(other.id)})

    assert admin.groups.get(other.id).id == admin.namespaces.get(str(other.id)).id == other.id
    assert refused(admin.groups.get, group.path) == (404, "404 Group Not Found")
    assert refused(admin.namespaces.get, group.path) == (404, "404 Namespace Not Found")
    assert admin.groups.get(same.id).full_path == str(other.id)
