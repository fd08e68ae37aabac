"""Paths and numbers in an address are looked up as they are: a long one is never taken for its beginning."""

import pytest
from gitlab import GitlabGetError

LONGEST = 1000
"""Characters of the longest path that there can be."""


@pytest.fixture(scope="module")
def deep(admin, names, new_project):
    """A project whose path is as long as any, and the group of the longest path."""
    outer = admin.groups.create({"name": "Deep", "path": names("deep")})
    while len(outer.full_path) < 740:
        outer = admin.groups.create({"name": "Deep", "path": "d" * 200, "parent_id": outer.id})
    rest = LONGEST - len(outer.full_path) - 1
    inner = admin.groups.create({"name": "Deeper", "path": "e" * rest, "parent_id": outer.id})
    return new_project(namespace_id=outer.id, path="p" * rest), inner


@pytest.mark.parametrize("more", ["x", "/x", "x" * 24, "x" * 2000], ids=["x", "below", "24 more", "2,000 more"])
def test_what_is_longer_is_something_else(deep, root, more):
    project, group = deep
    for kind, path in (("projects", project.path_with_namespace), ("groups", group.full_path)):
        assert len(path) == LONGEST
        assert root.get(f"/{kind}/{path.replace('/', '%2F')}").json()["id"] in {project.id, group.id}
        assert root.get(f"/{kind}/{(path + more).replace('/', '%2F')}").status == 404


@pytest.mark.parametrize(("more", "status"), [("", 201), ("9", 404), ("9" * 24, 404)], ids=["as it is", "9", "24 more"])
def test_a_call_at_a_longer_path_or_number_is_not_the_shorter_ones(deep, root, more, status):
    project, _ = deep
    token = project.triggers.create({"description": "long"}).token
    for spelled in (project.path_with_namespace.replace("/", "%2F"), f"{'0' * 20}{project.id}"):
        at = f"/projects/{spelled}{more}/trigger/pipeline"
        assert root.post(at, form={"token": token, "ref": "main"}).status == status


def test_a_long_name_is_another_person(new_project, root, make_user):
    user, own = make_user("ada", username="u" * 255)
    project = new_project(own)
    project.trigger_pipeline("main", project.triggers.create({"description": "hers"}).token)

    for name, count in ((user.username, 1), (f"{user.username}x", 0)):
        assert len(root.get(f"/projects/{project.id}/pipelines", username=name).json()) == count


@pytest.mark.parametrize(
    ("before", "after", "there"), [("0" * 30, "", True), ("0" * 17, "9", False), ("", "9" * 30, False)]
)
def test_a_number_of_many_digits_is_that_number(new_project, make_group, admin, before, after, there):
    for found, manager in ((new_project(), admin.projects), (make_group(), admin.groups)):
        spelled = f"{before}{found.id}{after}"
        if there:
            assert manager.get(spelled).id == found.id
        else:
            with pytest.raises(GitlabGetError, match="404"):
                manager.get(spelled)
