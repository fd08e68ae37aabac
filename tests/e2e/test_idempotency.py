"""Calls that come more than once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.talking import DETAILS

KEYS = [
    {"Idempotency-Key": "release-1"},
    {"X-Gitlab-Event-UUID": "13792a34-cac6-4fda-95a8-c58e00a3954e"},
    {"X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
    {"X-Gitea-Delivery": "f6266f16-1bf3-46a5-9ea4-602e06ead473"},
    {"X-Forgejo-Delivery": "f6266f16-1bf3-46a5-9ea4-602e06ead474"},
    {"X-Gogs-Delivery": "f6266f16-1bf3-46a5-9ea4-602e06ead475"},
]


@pytest.fixture(scope="module")
def project(make_project):
    return make_project()


def form(project, **more):
    return {"token": project.token, "ref": "main", **more}


def pipelines(project):
    return {pipeline["id"] for pipeline in project.read("/pipelines", per_page=100)}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: next(iter(key)))
def test_a_repeated_call_makes_no_second_pipeline_and_gets_the_same_answer(project, key):
    first = project.post_trigger(form(project), headers=key)
    before = pipelines(project)

    again = project.post_trigger(form(project), headers=key)

    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert (first.headers["Pullcord-Replayed"], again.headers["Pullcord-Replayed"]) == (None, "true")
    assert pipelines(project) == before


def test_a_call_without_a_key_stands_for_itself(project):
    assert project.post_trigger(form(project)).json()["id"] != project.post_trigger(form(project)).json()["id"]


def test_the_same_key_with_another_body_names_the_first_pipeline(project):
    key = {"Idempotency-Key": "release-2"}
    first = project.post_trigger(form(project), headers=key).json()

    other = project.post_trigger(form(project, **{"variables[A]": "1"}), headers=key | DETAILS)

    assert other.status == 409
    assert other.json()["pullcord"] == {"code": "idempotency_key_reused", "pipeline": first["id"]}
    assert str(first["id"]) in other.json()["message"]


def test_a_key_belongs_to_its_trigger(project, make_trigger):
    key = {"Idempotency-Key": "release-3"}
    other = make_trigger(project.at)["token"]

    first = project.post_trigger(form(project), headers=key).json()

    assert project.post_trigger({"token": other, "ref": "main"}, headers=key).json()["id"] != first["id"]


def test_one_event_may_call_for_two_refs(project):
    project.repository.branch("second", {"a": "b"})
    key = {"X-Gitlab-Event-UUID": "13792a34-cac6-4fda-95a8-c58e00a3954f"}

    answers = [project.post_trigger({"token": project.token, "ref": ref}, headers=key) for ref in ("main", "second")]

    assert [answer.json()["ref"] for answer in answers] == ["main", "second"]


@pytest.mark.parametrize(
    ("ref", "status"), [("gone", 400), ("broken", 422)], ids=["nothing stored", "stored as failed"]
)
def test_a_repeat_of_a_refused_call_is_evaluated_anew(project, ref, status):
    if ref == "broken":
        project.repository.branch("broken", {".gitlab-ci.yml": "a: {}"})
    key = {"Idempotency-Key": f"refused {ref}"}
    refused = [project.post_trigger({"token": project.token, "ref": ref}, headers=key) for _ in range(2)]
    project.repository.git("branch", "--force", ref, "main")

    created = project.post_trigger({"token": project.token, "ref": ref}, headers=key)
    again = project.post_trigger({"token": project.token, "ref": ref}, headers=key)

    assert [answer.status for answer in refused] == [status, status]
    assert [answer.headers["Pullcord-Replayed"] for answer in (*refused, created, again)] == [None, None, None, "true"]
    assert (created.status, again.body) == (201, created.body)


def test_calls_at_the_same_time_get_one_pipeline(project):
    key = {"Idempotency-Key": "race"}
    before = pipelines(project)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: project.post_trigger(form(project), headers=key), range(6)))

    assert len({answer.body for answer in answers}) == 1
    assert [answer.headers["Pullcord-Replayed"] for answer in answers].count(None) == 1
    assert len(pipelines(project) - before) == 1


def test_a_wrong_token_is_never_replayed(project):
    key = {"Idempotency-Key": "release-4"}
    project.post_trigger(form(project), headers=key)

    assert project.post_trigger({"token": "glptt-wrong", "ref": "main"}, headers=key).status == 404


def test_a_key_can_be_too_long(project):
    answer = project.post_trigger(form(project), headers={"Idempotency-Key": "k" * 256})

    assert answer.said == (400, {"error": "Idempotency-Key is too long"})
