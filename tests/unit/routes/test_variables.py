"""Routes of CI/CD variables of projects, groups and the instance."""

import pytest

from pullcord.errors import BadParameters, Conflict, Forbidden, Invalid, NotFound
from pullcord.variables import SettingsVariable
from pullcord.wire import variable_json
from tests.unit.routes.service import ROOT, Service, names

URL = SettingsVariable("URL", "for all")
URL_OF_PRODUCTION = SettingsVariable("URL", "for production", environment_scope="production")
KEY = SettingsVariable("KEY", "hidden-value", masked=True, hidden=True)
OWNERS = [("project", {"project": "7"}), ("group", {"group": "acme"}), ("instance", {})]
ENVIRONMENT = "filter[environment_scope]=production"


def service_of(kind, *variables):
    service = Service(user=ROOT, level=None) if kind == "instance" else Service()
    service.variables.rows = variables
    return service


def expected(kind, variable):
    return variable_json.variable(variable, scoped=kind != "instance")


@pytest.mark.parametrize(("kind", "owner"), OWNERS)
def test_variables_are_listed_with_pagination_and_without_hidden_values(kind, owner):
    service = service_of(kind, URL, KEY)

    answer = service.call(f"list_{kind}_variables", query="per_page=1&page=2", **owner)

    assert (answer.status, answer.body) == (200, [expected(kind, KEY)])
    assert (answer.body[0]["value"], answer.headers["X-Total"], answer.headers["X-Prev-Page"]) == (None, "2", "1")
    assert ("environment_scope" in answer.body[0]) is (kind != "instance")


@pytest.mark.parametrize(("kind", "owner"), OWNERS)
def test_a_variable_is_created(kind, owner):
    service = service_of(kind)

    answer = service.call(f"create_{kind}_variable", {"key": "A", "value": "1", "protected": True}, **owner)

    created = SettingsVariable("A", "1", protected=True)
    assert (answer.status, answer.body) == (201, expected(kind, created))
    assert service.variables.rows == (created,)


@pytest.mark.parametrize(("kind", "owner"), OWNERS)
def test_a_variable_is_read_changed_and_deleted(kind, owner):
    service = service_of(kind, URL)

    read = service.call(f"get_{kind}_variable", key="URL", **owner)
    changed = service.call(f"update_{kind}_variable", {"value": "new"}, key="URL", **owner)
    deleted = service.call(f"delete_{kind}_variable", key="URL", **owner)

    assert (read.status, read.body) == (200, expected(kind, URL))
    assert (changed.status, changed.body) == (200, expected(kind, URL._replace(value="new")))
    assert (deleted.status, deleted.body, service.variables.rows) == (204, None, ())
    with pytest.raises(NotFound, match="404 Variable Not Found"):
        service.call(f"get_{kind}_variable", key="URL", **owner)


@pytest.mark.parametrize(("kind", "owner"), OWNERS[:2])
def test_the_environment_scope_distinguishes_variables_of_one_key(kind, owner):
    service = service_of(kind, URL, URL_OF_PRODUCTION)

    with pytest.raises(Conflict):
        service.call(f"get_{kind}_variable", key="URL", **owner)
    read = service.call(f"get_{kind}_variable", query=ENVIRONMENT, key="URL", **owner)
    changed = service.call(f"update_{kind}_variable", {"raw": True}, query=ENVIRONMENT, key="URL", **owner)
    service.call(f"delete_{kind}_variable", query=ENVIRONMENT, key="URL", **owner)

    assert read.body["value"] == changed.body["value"] == "for production"
    assert changed.body["raw"] is True
    assert service.variables.rows == (URL,)


def test_a_variable_of_the_instance_has_no_environment():
    service = service_of("instance")

    service.call("create_instance_variable", {"key": "A", "value": "1", "environment_scope": "production"})

    assert service.variables.rows == (SettingsVariable("A", "1"),)


@pytest.mark.parametrize(("kind", "owner"), OWNERS)
def test_an_invalid_variable_is_refused(kind, owner):
    service = service_of(kind, URL)

    with pytest.raises(Invalid):
        service.call(f"create_{kind}_variable", {"key": "URL", "value": "taken"}, **owner)
    with pytest.raises(Invalid):
        service.call(f"update_{kind}_variable", {"value": "short", "masked": True}, key="URL", **owner)
    with pytest.raises(BadParameters, match="value is missing"):
        service.call(f"create_{kind}_variable", {"key": "A"}, **owner)
    assert service.variables.rows == (URL,)


@pytest.mark.parametrize(
    ("kind", "owner", "level"),
    [("project", {"project": "7"}, 30), ("group", {"group": "30"}, 40), ("instance", {}, 50)],
)
def test_callers_without_the_right_neither_read_nor_change_variables(kind, owner, level):
    service = Service(level=level)
    service.variables.rows = (URL,)

    for operation, body, parts in (
        ("list_{}_variables", {}, {}),
        ("create_{}_variable", {"key": "A", "value": "1"}, {}),
        ("get_{}_variable", {}, {"key": "URL"}),
        ("update_{}_variable", {"value": "new"}, {"key": "URL"}),
        ("delete_{}_variable", {}, {"key": "URL"}),
    ):
        with pytest.raises(Forbidden):
            service.call(operation.format(kind), body, **parts, **owner)
    assert service.variables.rows == (URL,)


def test_variables_keep_their_order():
    assert names(service_of("project", URL, KEY).call("list_project_variables", project="7"), "key") == ["URL", "KEY"]
