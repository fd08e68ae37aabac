"""Making, listing, reading, describing and revoking trigger tokens."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

NO_TRIGGER = (404, {"message": "404 Not found"})
NO_PROJECT = (404, {"message": "404 Project Not Found"})
NOBODY = (401, {"message": "401 Unauthorized"})
EVERY = [("GET", ""), ("POST", ""), ("GET", "/{id}"), ("PUT", "/{id}"), ("DELETE", "/{id}")]


@pytest.fixture(scope="module")
def project(make_project):
    return make_project()


def iso(runtime):
    return runtime.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


TOMORROW = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_nobody_manages_triggers_anonymously(project, anyone, method, path):
    address = f"{project.at}/triggers{path.format(**project.trigger)}"

    assert anyone.call(method, address, form={"description": "x"}).said == NOBODY


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_who_somebody_is_comes_before_whether_there_is_a_project(anyone, method, path):
    assert anyone.call(method, f"/projects/0/triggers{path.format(id=1)}", form={"description": "x"}).said == NOBODY


@pytest.mark.parametrize(("method", "path"), EVERY)
@pytest.mark.parametrize("wanted", ["0", "123456789", "no%2Fsuch"])
def test_an_unknown_project_is_not_found(root, method, path, wanted):
    address = f"/projects/{wanted}/triggers{path.format(id=1)}"

    assert root.call(method, address, form={"description": "x"}).said == NO_PROJECT


@pytest.mark.parametrize(("method", "path"), [("GET", "/{}"), ("PUT", "/{}"), ("DELETE", "/{}")])
@pytest.mark.parametrize("number", ["-5", "0", "123456789", str(2**63), "9" * 40])
def test_an_unknown_trigger_is_not_found(project, root, method, path, number):
    assert root.call(method, f"{project.at}/triggers{path.format(number)}").said == NO_TRIGGER


@pytest.mark.parametrize(("method", "path"), EVERY[2:])
def test_a_trigger_of_another_project_is_not_found(project, widgets, root, method, path):
    assert root.call(method, f"{project.at}/triggers{path.format(**widgets.trigger)}").said == NO_TRIGGER


@pytest.mark.parametrize(("method", "path"), [("GET", "/{}"), ("PUT", "/{}"), ("DELETE", "/{}")])
@pytest.mark.parametrize("number", ["abc", "1e3", "%20", "0x1"])
def test_a_trigger_that_is_no_number_is_invalid(project, anyone, method, path, number):
    reply = anyone.call(method, f"{project.at}/triggers{path.format(number)}")

    assert reply.said == (400, {"error": "trigger_id is invalid"})


def test_a_new_trigger_has_a_whole_token_and_was_never_used(project, root):
    before = len(project.read("/triggers", per_page=100))

    reply = root.post(f"{project.at}/triggers", form={"description": "trigger"})

    made = reply.json()
    assert reply.status == 201
    assert re.fullmatch(r"glptt-[0-9a-f]{40}", made["token"])
    assert (made["description"], made["last_used"], made["expires_at"]) == ("trigger", None, None)
    assert made["owner"]["username"] == "root"
    assert made["created_at"] == made["updated_at"]
    assert len(project.read("/triggers", per_page=100)) == before + 1


def test_the_owner_can_read_the_token_again_and_again(project):
    shown = project.read(f"/triggers/{project.trigger['id']}")
    listed = next(one for one in project.read("/triggers", per_page=100) if one["id"] == project.trigger["id"])

    assert shown == listed == project.trigger


@pytest.mark.parametrize("sent", [{}, {"form": {}}, {"json": {}}, {"form": {"name": "x"}}])
def test_a_trigger_needs_a_description(project, root, sent):
    reply = root.post(f"{project.at}/triggers", **sent)

    assert reply.said == (400, {"error": "description is missing"})


def test_parameters_are_checked_before_who_somebody_is(project, anyone):
    assert anyone.post(f"{project.at}/triggers").said == (400, {"error": "description is missing"})


def test_a_description_may_be_empty(project, root):
    assert root.post(f"{project.at}/triggers", form={"description": ""}).json()["description"] == ""


def test_a_trigger_may_expire(project, root):
    runtime = iso(datetime.now(UTC) + timedelta(days=20))

    reply = root.post(f"{project.at}/triggers", form={"description": "x", "expires_at": runtime})

    assert (reply.status, reply.json()["expires_at"]) == (201, runtime)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("2026-12-24", "2026-12-24T00:00:00.000Z"), ("2026-12-24T10:00:00+02:00", "2026-12-24T08:00:00.000Z")],
)
def test_an_end_is_kept_in_utc(project, root, sent, kept):
    assert (
        root.post(f"{project.at}/triggers", form={"description": "x", "expires_at": sent}).json()["expires_at"] == kept
    )


@pytest.mark.parametrize("sent", ["", None])
def test_an_empty_end_is_none(project, root, sent):
    reply = root.post(f"{project.at}/triggers", json={"description": "x", "expires_at": sent})

    assert (reply.status, reply.json()["expires_at"]) == (201, None)


@pytest.mark.parametrize("sent", ["abc", "01/01/2050", "25/26/27", "2308", "2026-13-01", "2026-02-30", "[]"])
def test_an_end_that_is_no_time_is_invalid(project, root, sent):
    reply = root.post(f"{project.at}/triggers", form={"description": "x", "expires_at": sent})

    assert reply.said == (400, {"error": "expires_at is invalid"})


@pytest.mark.parametrize("days", [365, 366, 20 * 365])
def test_a_trigger_lives_less_than_a_year(project, root, days):
    runtime = iso(datetime.now(UTC) + timedelta(days=days))
    before = len(project.read("/triggers", per_page=100))

    status, reported = root.post(f"{project.at}/triggers", form={"description": "x", "expires_at": runtime}).said

    last = (datetime.now(UTC) + timedelta(days=365)).date().isoformat()
    assert status == 400
    assert reported == {"message": f'400 Bad request - {{"expires_at":["must be before {last}"]}}'}
    assert len(project.read("/triggers", per_page=100)) == before


def test_an_expired_trigger_is_hidden(project, root, make_trigger):
    trigger = make_trigger(project.at, expires_at="2020-01-01T00:00:00Z")

    assert trigger["id"] not in [one["id"] for one in project.read("/triggers", per_page=100)]
    for method in ("GET", "PUT", "DELETE"):
        assert root.call(method, f"{project.at}/triggers/{trigger['id']}").said == NO_TRIGGER


def test_a_description_can_be_changed_and_the_token_stays(project, root, make_trigger):
    trigger = make_trigger(project.at)

    reply = root.put(f"{project.at}/triggers/{trigger['id']}", form={"description": "new"})

    changed = reply.json()
    assert reply.status == 200
    assert changed["description"] == "new"
    assert changed["token"] == trigger["token"]
    assert changed["updated_at"] > trigger["updated_at"]
    assert project.read(f"/triggers/{trigger['id']}") == changed


def test_without_a_description_there_is_none_any_more(project, root, make_trigger):
    trigger = make_trigger(project.at)

    assert root.put(f"{project.at}/triggers/{trigger['id']}").json()["description"] is None


def test_a_revoked_trigger_is_gone_and_its_pipelines_stay(project, root, make_trigger):
    trigger = make_trigger(project.at)
    made = project.post_trigger({"token": trigger["token"], "ref": "main"}).json()

    reply = root.delete(f"{project.at}/triggers/{trigger['id']}")

    assert (reply.status, reply.body) == (204, b"")
    assert root.get(f"{project.at}/triggers/{trigger['id']}").said == NO_TRIGGER
    assert project.read(f"/pipelines/{made['id']}")["id"] == made["id"]


def test_a_trigger_that_changed_meanwhile_is_not_revoked(project, root, make_trigger):
    trigger = make_trigger(project.at)
    yesterday = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)

    reply = root.delete(f"{project.at}/triggers/{trigger['id']}", headers={"If-Unmodified-Since": yesterday})

    assert reply.said == (412, {"message": "412 Precondition Failed"})
    assert project.read(f"/triggers/{trigger['id']}") == trigger


@pytest.mark.parametrize("since", [TOMORROW, "nonsense", ""], ids=["tomorrow", "nonsense", "empty"])
def test_a_trigger_that_did_not_change_is_revoked(project, root, make_trigger, since):
    trigger = make_trigger(project.at)

    reply = root.delete(f"{project.at}/triggers/{trigger['id']}", headers={"If-Unmodified-Since": since})

    assert reply.status == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"PRIVATE-TOKEN": "{}"},
        {"private-token": "{}"},
        {"Private-Token": "{}"},
        {"Authorization": "Bearer {}"},
        {"authorization": "bearer {}"},
    ],
)
def test_a_personal_access_token_may_stand_in_several_headers(project, root, anyone, headers):
    sent = {name: value.format(root.token) for name, value in headers.items()}

    assert anyone.call("GET", f"{project.at}/triggers", headers=sent).status == 200


@pytest.mark.parametrize("name", ["private_token", "access_token"])
def test_a_personal_access_token_may_be_a_parameter(project, root, anyone, name):
    assert anyone.get(f"{project.at}/triggers", **{name: root.token}).status == 200


def test_a_trigger_token_is_no_persons(project, anyone):
    reply = anyone.call("GET", f"{project.at}/triggers", headers={"PRIVATE-TOKEN": project.token})

    assert reply.said == NOBODY


def test_taking_over_a_trigger_is_gone_from_gitlab_too(project, root):
    reply = root.post(f"{project.at}/triggers/{project.trigger['id']}/take_ownership")

    assert reply.said == (404, {"error": "404 Not Found"})
