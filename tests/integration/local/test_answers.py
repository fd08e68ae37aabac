"""HTTP responses for functions' results, including malformed results."""

import json

import pytest

from pullcord_local.gateway.response import response
from pullcord_local.lambdas.invocation import Outcome


def answered(answer):
    return response(Outcome(answer if isinstance(answer, bytes) else json.dumps(answer).encode()))


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        ({"statusCode": 200}, 200, b""),
        ({"statusCode": "404", "body": "gone"}, 404, b"gone"),
        ({"statusCode": 200, "body": {"a": 1}}, 200, b'{"a": 1}'),
        ({"statusCode": 200, "body": "AP8=", "isBase64Encoded": True}, 200, b"\x00\xff"),
        ({"a": "ä"}, 200, '{"a":"ä"}'.encode()),
        ([1, 2], 200, b"[1,2]"),
        (None, 200, b"null"),
    ],
)
def test_a_result_becomes_a_response(answer, status, body):
    found = answered(answer)
    assert (found.status, found.body) == (status, body)


def test_header_values_become_text_and_headers_of_the_connection_are_ignored():
    headers = {"X-Count": 3, "X-Flag": True, "X-Text": " ä ", "Connection": "close", "Content-Length": "9"}
    found = dict(answered({"statusCode": 200, "headers": headers}).headers)
    assert (found["x-count"], found["x-flag"], found["x-text"]) == ("3", "true", "ä")
    assert not {"connection", "content-length"} & set(found)


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        {"statusCode": "many"},
        {"statusCode": 99},
        {"statusCode": 600},
        {"statusCode": 200, "headers": {"a": "b\r\nset-cookie: c=d"}},
        {"statusCode": 200, "headers": {"a b": "c"}},
        {"statusCode": 200, "headers": {"ä": "c"}},
        {"statusCode": 200, "headers": ["a"]},
        {"statusCode": 200, "cookies": ["a=b\nc: d"]},
        {"statusCode": 200, "body": "no base64!", "isBase64Encoded": True},
    ],
)
def test_a_malformed_answer_is_an_internal_server_error(answer):
    found = answered(answer)
    assert (found.status, found.body) == (500, b'{"message":"Internal Server Error"}')
