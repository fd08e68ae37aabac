"""Several want the same thing at the same moment: one gets it, the others are told, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

SEVERAL = 6


def together(wish):
    with ThreadPoolExecutor(SEVERAL) as pool:
        return list(pool.map(wish, range(SEVERAL)))


def test_a_name_is_given_once(root):
    def create(number):
        wanted = {"username": "wanted-by-all", "name": "Ada", "email": f"racer-{number}@example.com"}
        return root.post("/users", json=wanted | {"password": "not a secret"}).said

    told = together(create)

    assert sorted(status for status, _ in told) == [201, *[409] * (SEVERAL - 1)]
    assert {body["message"] for status, body in told if status == 409} == {"Username has already been taken"}


def test_a_path_is_given_once(root, make_repository):
    url = make_repository().url

    told = together(lambda _: root.post("/projects", json={"name": "wanted-by-all", "import_url": url}).status)

    assert sorted(told) == [201, *[400] * (SEVERAL - 1)]


def test_no_variable_is_lost(root, new_project):
    at = f"/projects/{new_project().id}/variables"

    told = together(lambda number: root.post(at, json={"key": f"KEY_{number}", "value": "1"}).status)

    made = {f"KEY_{number}" for number, status in enumerate(told) if status == 201}
    assert made
    assert {one["key"] for one in root.get(at).json()} == made
    assert set(told) <= {201, 409}


def test_a_member_is_added_once(root, new_project, make_user):
    at, (user, _) = f"/projects/{new_project().id}/members", make_user("ada")

    told = together(lambda _: root.post(at, json={"user_id": user.id, "access_level": 30}).status)

    assert sorted(told) == [201, *[409] * (SEVERAL - 1)]


def test_a_token_is_rotated_once(root, make_user):
    user, _ = make_user("ada")
    token = user.personal_access_tokens.create({"name": "wanted by all", "scopes": ["api"]})

    told = together(lambda _: root.post(f"/personal_access_tokens/{token.id}/rotate").status)

    assert sorted(told) == [200, *[400] * (SEVERAL - 1)]
