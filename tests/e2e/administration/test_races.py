"""Several want the same thing at the same moment: one gets it, the others are told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

SEVERAL = 6


def together(change):
    with ThreadPoolExecutor(SEVERAL) as pool:
        return list(pool.map(change, range(SEVERAL)))


def test_a_name_is_given_once(root):
    def create(number):
        wanted = {"username": "wanted-by-all", "name": "Ada", "email": f"racer-{number}@example.com"}
        return root.post("/users", json=wanted | {"password": "not a secret"}).said

    reported = together(create)

    assert sorted(status for status, _ in reported) == [201, *[409] * (SEVERAL - 1)]
    assert {body["message"] for status, body in reported if status == 409} == {"Username has already been taken"}


def test_a_path_is_given_once(root, make_repository):
    url = make_repository().url

    reported = together(lambda _: root.post("/projects", json={"name": "wanted-by-all", "import_url": url}).status)

    assert sorted(reported) == [201, *[400] * (SEVERAL - 1)]


def test_every_project_gets_a_number_of_its_own(root, make_repository):
    url = make_repository().url

    def create(number):
        return root.post("/projects", json={"name": f"racer-{number}", "import_url": url}).json()["id"]

    assert len(set(together(create))) == SEVERAL


def test_no_variable_is_lost(root, new_project):
    at = f"/projects/{new_project().id}/variables"

    reported = together(lambda number: root.post(at, json={"key": f"KEY_{number}", "value": "1"}).status)

    made = {f"KEY_{number}" for number, status in enumerate(reported) if status == 201}
    assert made
    assert {one["key"] for one in root.get(at).json()} == made
    assert set(reported) <= {201, 409}


def test_a_member_is_added_once(root, new_project, make_user):
    at, (user, _) = f"/projects/{new_project().id}/members", make_user("ada")

    reported = together(lambda _: root.post(at, json={"user_id": user.id, "access_level": 30}).status)

    assert sorted(reported) == [201, *[409] * (SEVERAL - 1)]


def test_owners_who_leave_at_once_leave_an_owner(root, make_group, make_user):
    at = f"/groups/{make_group().id}/members"
    users = [root.get("/user").json()["id"], *(make_user("ada")[0].id for _ in range(SEVERAL - 1))]
    for user in users[1:]:
        assert root.post(at, json={"user_id": user, "access_level": 50}).status == 201

    reported = together(lambda number: root.delete(f"{at}/{users[number]}").status)

    assert set(reported) <= {204, 403, 409}
    assert len(root.get(at).json()) == reported.count(403) + reported.count(409) > 0


def test_a_token_is_rotated_once(root, make_user):
    user, _ = make_user("ada")
    token = user.personal_access_tokens.create({"name": "wanted by all", "scopes": ["api"]})

    reported = together(lambda _: root.post(f"/personal_access_tokens/{token.id}/rotate").status)

    assert sorted(reported) == [200, *[400] * (SEVERAL - 1)]
