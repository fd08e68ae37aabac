"""Paths with an encoded slash, which may reach a function in two ways."""

import json

import pytest

from pullcord_local.gateway.http_api import HttpApi
from pullcord_local.gateway.routes import Routes
from pullcord_local.http_server import Request
from pullcord_local.lambdas.invocation import Outcome

URI = "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/arn:aws:lambda:x:1:function:{}/invocations"


def route(function):
    return {"x-amazon-apigateway-integration": {"uri": URI.format(function), "payloadFormatVersion": "2.0"}}


ROUTES = Routes({"paths": {"/p/{id}": {"get": route("one")}, "/p/{id}/{name}": {"get": route("two")}}})


@pytest.fixture
def seen():
    def send(target, *, decode):
        def invoke(function, payload):
            event = json.loads(payload)
            answer = [function, event["rawPath"], event["pathParameters"], event["requestContext"]["http"]["path"]]
            return Outcome(json.dumps(answer).encode())

        api = HttpApi("api", ROUTES, invoke, decode_slashes=decode)
        return json.loads(api.handle(Request("GET", target, [("host", "h")], b"")).body)

    return send


def test_by_default_the_path_stays_encoded(seen):
    assert seen("/p/a%2Fb%20c", decode=False) == ["one", "/p/a%2Fb%20c", {"id": "a/b c"}, "/p/a%2Fb%20c"]


def test_a_decoded_slash_separates_segments(seen):
    assert seen("/p/a%2Fb%20c", decode=True) == ["two", "/p/a/b c", {"id": "a", "name": "b c"}, "/p/a/b c"]


def test_a_path_is_decoded_once_and_cut_at_a_question_mark(seen):
    assert seen("/p/a%252Fb", decode=True) == ["one", "/p/a%2Fb", {"id": "a%2Fb"}, "/p/a%2Fb"]
    assert seen("/p/a%3Fb=c?d", decode=True)[1] == "/p/a"


def test_a_path_without_a_route_is_not_found():
    api = HttpApi("api", ROUTES, lambda _function, _payload: Outcome(b"{}"))
    answer = api.handle(Request("GET", "/q", [("host", "h")], b""))
    assert (answer.status, answer.body) == (404, b'{"message":"Not Found"}')
