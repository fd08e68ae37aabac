"""Remotes of projects: none at first, set and taken away later, their default branches, and addresses that are none."""

import pytest

from tests.e2e.projects import base


@pytest.fixture
def empty(root, names):
    """A project without a remote, and a trigger token of it."""
    project = root.post("/projects", form={"name": names("empty")}).json()
    at = f"/projects/{project['id']}"
    return at, root.post(f"{at}/triggers", form={"description": "early"}).json()["token"]


@pytest.mark.parametrize("more", [{}, {"import_url": ""}, {"import_url": None}])
def test_a_project_may_be_created_without_a_remote(root, names, more):
    created = root.post("/projects", json={"name": names("empty"), **more})

    assert created.status == 201
    wanted = {"empty_repo": True, "default_branch": None, "import_url": None, "import_status": "none"}
    assert {name: created.json()[name] for name in wanted} == wanted
    assert root.get(f"/projects/{created.json()['id']}").json()["empty_repo"] is True


def test_a_project_without_a_remote_has_nothing_to_read(root, empty):
    at, _ = empty

    for path in ("/repository/branches", "/repository/tags", "/pipelines", "/jobs"):
        assert root.get(f"{at}{path}").said == (200, []), path
    for path, what in (("branches/main", "Branch"), ("tags/v1", "Tag"), ("commits/main", "Commit")):
        status, body = root.get(f"{at}/repository/{path}").said
        assert (status, body["message"]) == (404, f"404 {what} Not Found")


def test_a_project_without_a_remote_has_no_ref_to_run_on(anyone, empty):
    at, token = empty

    for ref in ("main", "refs/heads/main", "HEAD"):
        assert anyone.post(f"{at}/trigger/pipeline", form={"token": token, "ref": ref}).said == (
            400,
            base("Reference not found"),
        )


def test_a_remote_is_set_later_and_taken_away_again(root, anyone, empty, make_repository):
    at, token = empty
    call = {"token": token, "ref": "main"}
    changed = root.put(at, json={"import_url": make_repository().url}).json()
    assert (changed["empty_repo"], changed["default_branch"], changed["import_status"]) == (False, "main", "finished")
    assert anyone.post(f"{at}/trigger/pipeline", form=call).status == 201

    assert root.put(at, json={"description": "kept"}).json()["empty_repo"] is False
    changed = root.put(at, form={"import_url": ""}).json()
    assert (changed["empty_repo"], changed["default_branch"], changed["import_url"]) == (True, None, None)
    assert anyone.post(f"{at}/trigger/pipeline", form=call).said == (400, base("Reference not found"))
    assert root.get(f"{at}/repository/branches").said == (200, [])


def test_the_default_branch_is_that_of_the_remote_unless_it_is_set(root, new_project, make_repository):
    repository = make_repository()
    project = new_project(repository=repository)
    at = f"/projects/{project.id}"
    assert (project.default_branch, project.empty_repo) == ("main", False)
    repository.git("branch", "--move", "main", "trunk")

    assert root.get(at).json()["default_branch"] == "trunk"
    listed = root.get("/projects", search=project.name).json()
    assert [one["default_branch"] for one in listed] == ["trunk"]
    assert root.put(at, json={"default_branch": "stable"}).json()["default_branch"] == "stable"
    assert root.get(at).json()["default_branch"] == "stable"
    assert root.put(at, json={"default_branch": ""}).json()["default_branch"] == "trunk"


def test_a_detached_head_is_no_default_branch(root, new_project, make_repository):
    repository = make_repository()
    project = new_project(repository=repository)
    repository.git("checkout", "--quiet", "--detach")

    assert root.get(f"/projects/{project.id}").json()["default_branch"] is None


def test_a_remote_that_is_gone_keeps_the_branch_that_was_read_last(root, new_project, make_repository):
    repository = make_repository()
    project = new_project(repository=repository)
    (repository.folder / ".git").rename(repository.folder / "gone")

    assert root.get(f"/projects/{project.id}").json()["default_branch"] == "main"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/path", "Only allowed schemes are "),
        ("../repo", "Only allowed schemes are "),
        ("git@host:a/b.git", "Only allowed schemes are "),
        ("ssh://git@host/a", "Only allowed schemes are "),
        ("ftp://host/a", "Only allowed schemes are "),
        ("https:/x", "URI is invalid: "),
        ("https://", "Hostname or IP address invalid: "),
        ("https://host/a b", "URI is invalid: "),
        ("https://host/a\tb", "URI is invalid: "),
        ("https://host/" + "a" * 5000, "it is too long (maximum is 2048 characters)."),
    ],
)
def test_a_text_that_is_no_address_is_refused_with_advice(root, names, new_project, url, reason):
    created = root.post("/projects", json={"name": names("wrong"), "import_url": url})
    changed = root.put(f"/projects/{new_project().id}", json={"import_url": url})

    for answer in (created, changed):
        (phrase,) = answer.json()["message"]["import_url"]
        assert answer.status == 400
        assert phrase.startswith(f"is blocked: {reason}")
        assert "https://git.example.com/group/project.git" in phrase


@pytest.mark.parametrize(
    ("sent", "name", "path"),
    [
        ({"name": "Ünïcode näme"}, "Ünïcode näme", "unicode-name"),
        ({"name": "Straße"}, "Straße", "strasse"),
        ({"name": "Foo_Bar"}, "Foo_Bar", "Foo_Bar"),
        ({"path": "only-a-path"}, "only-a-path", "only-a-path"),
        ({"name": "Both", "path": "other"}, "Both", "other"),
    ],
)
def test_name_and_path_are_derived_from_each_other(make_user, root, sent, name, path):
    _, own = make_user("ada")
    created = own.projects.create(sent)

    assert (created.name, created.path) == (name, path)


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"name": "app (new)"}, {"name"}),
        ({"path": "a--b"}, {"path"}),
        ({"path": "_x"}, {"path"}),
        ({"name": "日本語"}, {"path"}),
        ({"name": "#", "path": "-"}, {"name", "path"}),
    ],
)
def test_names_and_paths_that_cannot_be(root, sent, fields):
    answer = root.post("/projects", json=sent)

    assert (answer.status, set(answer.json()["message"])) == (400, fields)


def test_whether_a_namespace_exists(make_user, make_group, root, names):
    _, own = make_user("ada")
    group = make_group()
    inner = root.post("/groups", json={"name": "Inner", "path": "inner", "parent_id": group.id}).json()

    def exists(path, **query):
        return own.http_get(f"/namespaces/{path}/exists", query_data=query)

    assert exists(group.path.upper()) == {"exists": True, "suggests": [f"{group.path.upper()}1"]}
    assert exists(names("nobody")) == exists("inner") == {"exists": False, "suggests": []}
    assert exists("inner", parent_id=group.id)["exists"] is True
    assert exists("inner", parent_id=inner["id"])["exists"] is False
    assert root.get("/namespaces/x/exists", parent_id="x").said[0] == 400
