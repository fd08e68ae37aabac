"""What administration leaves in the tables: no secret in the clear, and nothing of what was deleted."""

import pytest

from tests.e2e.people import Person
from tests.e2e.talking import Caller
from tests.integration.aws.conftest import ROOT_TOKEN

SECRET = "a value that nobody else may see"


@pytest.fixture
def root(service):
    return Caller(service.url, ROOT_TOKEN)


def places(rows):
    return {(item["pk"]["S"], item["sk"]["S"]) for table in ("Pipelines", "Tokens") for item in rows(table)}


def made(caller, at, /, **wanted):
    reply = caller.post(at, json=wanted)
    assert reply.status in {200, 201}, reply.body
    return reply.json()


def test_values_of_variables_are_sealed(root, rows, widgets):
    at = f"/projects/{widgets.id}/variables"
    made(root, at, key="SEALED", value=SECRET)

    assert SECRET not in str(rows("Pipelines"))
    assert root.get(f"{at}/SEALED").json()["value"] == SECRET


def test_a_sealed_value_opens_nowhere_else(root, operator, outputs, make_project):
    one, other = make_project(), make_project()
    made(root, f"/projects/{one.id}/variables", key="SEALED", value=SECRET)
    table, place = outputs["PipelinesTable"], {"pk": {"S": f"project#{one.id}"}, "sk": {"S": "variables"}}
    item = operator.get_item(TableName=table, Key=place)["Item"]
    operator.put_item(TableName=table, Item=item | {"pk": {"S": f"project#{other.id}"}})

    with pytest.raises(AssertionError, match="500"):
        root.get(f"/projects/{other.id}/variables")
    operator.delete_item(TableName=table, Key=place | {"pk": {"S": f"project#{other.id}"}})


def test_nothing_stays_of_a_project_a_group_and_a_user_that_were_deleted(root, rows, widgets):
    before = places(rows)
    ada = Person.made_by(root, "ada-who-goes")
    group = made(ada, "/groups", name="Acme", path="acme-that-goes")
    inner = made(ada, "/groups", name="Tools", path="tools", parent_id=group["id"])
    project = made(ada, "/projects", name="gadgets", namespace_id=inner["id"], import_url=widgets.repository.url)
    own = made(ada, "/projects", name="own", import_url=widgets.repository.url)
    for at in (f"/projects/{project['id']}", f"/groups/{group['id']}"):
        made(ada, f"{at}/members", user_id=1, access_level=50)
        made(ada, f"{at}/variables", key="KEY", value="1")
    made(ada, f"/projects/{project['id']}/protected_branches", name="main")
    for at in (project["id"], own["id"], widgets.id):
        if at == widgets.id:
            ada.join(root, f"/projects/{at}", "maintainer")
        token = made(ada, f"/projects/{at}/triggers", description="hers")["token"]
        reply = root.post(f"/projects/{at}/trigger/pipeline", json={"token": token, "ref": "main"})
        assert reply.status == 201, reply.body

    assert root.delete(f"/groups/{group['id']}").status == 202
    assert root.delete(f"/users/{ada.id}").status == 204

    left = places(rows) - before
    of_widgets = {pk for pk, _ in left if pk.startswith("request#")}
    assert len(of_widgets) == 1
    kept = {pk for pk, _ in left} - of_widgets - {f"project#{widgets.id}"}
    assert {pk.partition("#")[0] for pk in kept} <= {"counter"}
    assert before <= places(rows)
