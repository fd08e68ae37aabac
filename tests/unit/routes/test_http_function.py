"""A Lambda function: the routes of the list, bound to the methods of handlers, and answers as API Gateway takes them."""

import json

import pytest

from pullcord.routes.http_function import handler_of, http_function
from pullcord.routes.table import ROUTES, Route, of_function
from pullcord.version import VERSION


def test_an_answer_has_status_body_and_headers(request_of):
    answer = request_of("GET", "projects/7/triggers")

    assert (answer["statusCode"], answer["body"]) == (200, '["é"]')
    assert answer["headers"]["Content-Type"] == "application/json"
    assert answer["headers"]["X-Total"] == "1"
    assert answer["headers"]["Pullcord-Request-Id"] == "a-request"
    assert answer["headers"]["Pullcord-Version"] == VERSION


def test_the_parts_of_a_path_are_decoded_whatever_its_form(request_of, handlers):
    for path in ("7", "acme%2Fwidgets", "acme/widgets", "acme%2Fsmall%20widgets"):
        request_of("GET", f"projects/{path}/triggers")

    assert handlers.parts == [("7",), ("acme/widgets",), ("acme/widgets",), ("acme/small widgets",)]


def test_an_answer_may_have_no_body(request_of):
    answer = request_of("DELETE", "projects/7/triggers/1")

    assert (answer["statusCode"], answer.get("body") or "") == (204, "")


def test_a_head_request_has_the_headers_of_its_get_and_no_body(request_of):
    answer = request_of("HEAD", "projects/7/triggers")

    assert (answer["statusCode"], answer["headers"]["X-Total"], answer["body"]) == (200, "1", "")


def test_a_refusal_is_an_answer(request_of):
    answer = request_of("POST", "projects/7/triggers")

    assert (answer["statusCode"], json.loads(answer["body"])) == (403, {"message": "403 Forbidden - no"})
    assert answer["headers"]["Pullcord-Code"] == "forbidden"


@pytest.mark.parametrize(("asked", "told"), [("true", True), (" TRUE ", True), ("false", False), ("", False)])
def test_a_refusal_has_details_for_who_asks_for_them(request_of, asked, told):
    answer = request_of("POST", "projects/7/triggers", **{"pullcord-details": asked})

    details = {"code": "forbidden", "needs": "maintainer"}
    assert json.loads(answer["body"]).get("pullcord") == (details if told else None)


def test_a_fault_is_a_500_that_repeats_nothing(request_of, caplog):
    answer = request_of("PUT", "projects/7/triggers/1")

    assert (answer["statusCode"], json.loads(answer["body"])) == (500, {"message": "500 Internal Server Error"})
    assert answer["headers"]["Pullcord-Code"] == "fault"
    assert "a text of the caller's" not in answer["body"] + caplog.text


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("", "https://ci.example.test/api/v4/projects/7/triggers/1"),
        ("page=2", "https://ci.example.test/api/v4/projects/7/triggers/1?page=2"),
    ],
)
def test_a_reader_of_a_moved_project_is_redirected_to_its_number(request_of, query, location):
    answer = request_of("GET", "projects/acme%2Fold/triggers/1", query=query)

    assert (answer["statusCode"], answer["headers"]["Location"]) == (301, location)


@pytest.mark.parametrize(("method", "path"), [("GET", "nothing"), ("PATCH", "projects/7/triggers"), ("GET", "user")])
def test_a_call_of_another_function_or_of_none_is_not_found(request_of, method, path):
    answer = request_of(method, path)

    assert (answer["statusCode"], json.loads(answer["body"])) == (404, {"error": "404 Not Found"})
    assert answer["headers"]["Pullcord-Code"] == "no_such_route"


def test_a_function_without_a_handler_for_an_operation_cannot_be_made():
    with pytest.raises(LookupError, match="no handler for trigger_pipeline"):
        http_function("trigger", object())


def test_a_qualifier_chooses_between_handlers_of_one_class():
    class Members:
        def __init__(self, qualifier):
            self.qualifier = qualifier

        def list_members(self):
            return self.qualifier

    both = (Members("project_"), Members("group_"))

    def route(operation):
        return Route("GET", "/", "settings", operation, ())

    assert handler_of(route("list_project_members"), both)() == "project_"
    assert handler_of(route("list_group_members"), both)() == "group_"
    with pytest.raises(LookupError):
        handler_of(route("list_members"), both)


def test_every_route_belongs_to_one_function():
    functions = {route.function for route in ROUTES}

    assert [route for name in functions for route in of_function(name)] != []
    assert sum(len(of_function(name)) for name in functions) == len(ROUTES)
    assert of_function("router") == []


def test_operations_and_paths_are_unique():
    assert len({route.operation for route in ROUTES}) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize(
    ("item", "times", "status"),
    [
        ("x", 5_990_000, 200),
        ("x", 6_010_000, 413),
        ("\x01", 850_000, 200),
        ("\x01", 870_000, 413),
        ("é", 2_900_000, 200),
    ],
)
def test_an_answer_that_lambda_could_not_send_is_refused(request_of, handlers, item, times, status):
    handlers.listed = [item * times]

    answer = request_of("GET", "projects/7/triggers")

    assert answer["statusCode"] == status
    assert len(json.dumps(answer, ensure_ascii=False).encode()) < 6 * 1024 * 1024
