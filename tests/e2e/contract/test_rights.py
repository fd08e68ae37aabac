"""Who may do what: one person for each of GitLab's levels."""

import pytest

from tests.e2e.people import LEVELS, new_token
from tests.e2e.projects import base

FORBIDDEN = (403, {"message": "403 Forbidden"})
NO_PROJECT = (404, {"message": "404 Project Not Found"})
NOT_YOURS = {"message": "403 Forbidden - The current user is not authorized to update the pipeline trigger token"}
NO_RIGHT = (400, base("Insufficient permissions to create a new pipeline"))
BELOW_MAINTAINER = ["guest", "planner", "reporter", "developer"]


def owned_by(person, project, root, make_trigger, level):
    """A trigger of somebody who is a maintainer while they make it, and then has that level."""
    person.join(root, project.at, "maintainer")
    trigger = make_trigger(project.at, person)
    if level != "maintainer":
        person.become(root, project.at, level)
    return trigger


@pytest.mark.parametrize("level", BELOW_MAINTAINER)
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("GET", "/{id}"), ("DELETE", "/{id}")])
def test_below_maintainer_nobody_manages_triggers(company, crew, level, method, path):
    address = f"{company.at}/triggers{path.format(**company.trigger)}"

    assert crew[level].call(method, address, form={"description": "x"}).said == FORBIDDEN


@pytest.mark.parametrize("level", ["maintainer", "owner"])
def test_from_maintainer_on_one_manages_triggers(company, crew, level):
    me, triggers = crew[level], f"{company.at}/triggers"

    made = me.post(triggers, form={"description": "mine"})

    one = f"{triggers}/{made.json()['id']}"
    assert (made.status, made.json()["owner"]["id"]) == (201, me.id)
    assert me.get(one).json() == made.json()
    assert me.put(one, form={"description": "changed"}).json()["description"] == "changed"
    assert made.json()["id"] in [trigger["id"] for trigger in me.get(triggers, per_page=100).json()]
    assert me.delete(one).status == 204


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", ""), ("GET", "/{id}"), ("PUT", "/{id}")])
def test_for_strangers_a_private_project_does_not_exist(company, crew, method, path):
    address = f"{company.at}/triggers{path.format(**company.trigger)}"

    assert crew["stranger"].call(method, address, form={"description": "x"}).said == NO_PROJECT


def test_a_foreign_token_is_shown_in_four_characters(company, crew):
    foreign = company.trigger
    short = foreign["token"].removeprefix("glptt-")[:4]

    for level in ("maintainer", "owner"):
        assert crew[level].get(f"{company.at}/triggers/{foreign['id']}").json() == {**foreign, "token": short}
        listed = crew[level].get(f"{company.at}/triggers", per_page=100).json()
        assert short in [trigger["token"] for trigger in listed]
        assert foreign["token"] not in [trigger["token"] for trigger in listed]


def test_an_administrator_sees_every_token(company, crew, root, make_trigger):
    trigger = make_trigger(company.at, crew["maintainer"])

    assert root.get(f"{company.at}/triggers/{trigger['id']}").json()["token"] == trigger["token"]


def test_only_the_owner_and_an_administrator_describe_a_trigger(company, crew, root, make_trigger):
    trigger = make_trigger(company.at, crew["maintainer"])
    one = f"{company.at}/triggers/{trigger['id']}"

    assert crew["owner"].put(one, form={"description": "x"}).said == (403, NOT_YOURS)
    assert crew["maintainer"].put(one, form={"description": "y"}).status == 200
    assert root.put(one, form={"description": "z"}).status == 200


def test_a_trigger_is_looked_up_before_the_right_to_describe_it(company, crew):
    developer, triggers = crew["developer"], f"{company.at}/triggers"

    assert developer.put(f"{triggers}/1", form={"description": "x"}).said == (404, {"message": "404 Not found"})
    assert developer.put(f"{triggers}/{company.trigger['id']}", form={"description": "x"}).said == (403, NOT_YOURS)


def test_a_developer_does_not_describe_the_trigger_that_they_own(company, make_person, root, make_trigger):
    person = make_person("demoted")
    trigger = owned_by(person, company, root, make_trigger, "developer")

    assert person.put(f"{company.at}/triggers/{trigger['id']}", form={"description": "x"}).said == (403, NOT_YOURS)


def test_a_maintainer_revokes_anybodys_trigger(company, crew, make_trigger):
    trigger = make_trigger(company.at, crew["owner"])

    assert crew["maintainer"].delete(f"{company.at}/triggers/{trigger['id']}").status == 204


@pytest.mark.parametrize("level", ["developer", "maintainer"])
def test_a_pipeline_runs_as_the_owner_of_the_trigger(company, make_person, root, make_trigger, level):
    person = make_person("runner")
    trigger = owned_by(person, company, root, make_trigger, level)

    made = company.post_trigger({"token": trigger["token"], "ref": "main"})

    assert made.status == 201, made.body
    assert made.json()["user"]["id"] == person.id


@pytest.mark.parametrize("level", ["guest", "planner", "reporter"])
def test_an_owner_below_developer_has_a_trigger_without_effect(company, make_person, root, make_trigger, level):
    trigger = owned_by(make_person("demoted"), company, root, make_trigger, level)

    with company.nothing_stored():
        assert company.post_trigger({"token": trigger["token"], "ref": "main"}).said == NO_RIGHT


def test_an_owner_who_left_has_a_trigger_without_effect(company, make_person, root, make_trigger):
    person = make_person("leaver")
    trigger = owned_by(person, company, root, make_trigger, "maintainer")
    person.leave(root, company.at)

    assert company.post_trigger({"token": trigger["token"], "ref": "main"}).said == NO_RIGHT
    assert trigger["id"] in [one["id"] for one in company.read("/triggers", per_page=100)]


def test_without_the_right_nobody_learns_whether_there_is_a_ref(company, make_person, root, make_trigger):
    trigger = owned_by(make_person("demoted"), company, root, make_trigger, "reporter")

    assert company.post_trigger({"token": trigger["token"], "ref": "gone"}).said == NO_RIGHT


def test_a_blocked_owner_has_a_trigger_without_effect(company, make_person, root, make_trigger):
    person = make_person("blocked")
    trigger = owned_by(person, company, root, make_trigger, "maintainer")
    assert root.post(f"/users/{person.id}/block").status == 201

    assert company.post_trigger({"token": trigger["token"], "ref": "main"}).said == NO_RIGHT


def test_a_developer_may_send_no_variables(company, make_person, root, make_trigger):
    trigger = owned_by(make_person("developer"), company, root, make_trigger, "developer")

    refused = company.post_trigger({"token": trigger["token"], "ref": "main", "variables[A]": "1"})

    assert refused.said == (400, base("Insufficient permissions to set pipeline variables"))
    assert company.post_trigger({"token": trigger["token"], "ref": "main"}).status == 201


@pytest.mark.parametrize("level", LEVELS)
def test_who_may_read_pipelines_of_a_project_with_public_pipelines(company, crew, level):
    made = company.triggered()

    for path in ("/pipelines", f"/pipelines/{made['id']}", f"/pipelines/{made['id']}/jobs"):
        assert crew[level].get(f"{company.at}{path}").status == 200


@pytest.mark.parametrize("level", BELOW_MAINTAINER)
def test_variables_of_others_are_for_maintainers(company, crew, level):
    made = company.triggered(variables={"A": "1"})

    assert crew[level].get(f"{company.at}/pipelines/{made['id']}/variables").said == FORBIDDEN
    assert len(crew["maintainer"].get(f"{company.at}/pipelines/{made['id']}/variables").json()) == 2


def test_variables_of_ones_own_pipeline_are_for_developers(company, make_person, root, make_trigger):
    person = make_person("starter")
    trigger = owned_by(person, company, root, make_trigger, "developer")
    made = company.post_trigger({"token": trigger["token"], "ref": "main"}).json()
    variables = f"{company.at}/pipelines/{made['id']}/variables"

    assert [variable["key"] for variable in person.get(variables).json()] == ["TRIGGER_PAYLOAD"]
    person.become(root, company.at, "reporter")
    assert person.get(variables).said == FORBIDDEN


def test_a_token_with_read_api_reads_and_changes_nothing(company, crew, root):
    token = new_token(root, crew["maintainer"].id, ("read_api",))["token"]
    headers = {"PRIVATE-TOKEN": token}

    assert company.anyone.call("GET", f"{company.at}/triggers", headers=headers).status == 200
    refused = company.anyone.call("POST", f"{company.at}/triggers", form={"description": "x"}, headers=headers)
    assert refused.status == 403
    assert refused.json()["error"] == "insufficient_scope"


def test_a_revoked_token_of_a_person_opens_nothing(company, crew, root, anyone):
    token = new_token(root, crew["maintainer"].id)
    assert root.delete(f"/personal_access_tokens/{token['id']}").status == 204

    reply = anyone.call("GET", f"{company.at}/triggers", headers={"PRIVATE-TOKEN": token["token"]})

    reported = {
        "error": "invalid_token",
        "error_description": "Token was revoked. You have to re-authorize from the user.",
    }
    assert reply.said == (401, reported)
