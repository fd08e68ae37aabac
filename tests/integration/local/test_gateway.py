"""The HTTP API: the event that a function receives for a request, and the answer that a client receives."""

import base64
import socket

import pytest


def test_a_function_sees_the_request_in_payload_format_2(ask, service):
    answer = ask(
        "/echo/a%2Fb?x=1&x=2&y=%C3%A4&flag",
        headers={"X-One": "1", "Cookie": "a=b; c=d", "User-Agent": "test/1", "Host": "example.org:81"},
    ).json()
    event = answer["event"]

    assert event["version"] == "2.0"
    assert event["routeKey"] == "ANY /echo/{name}"
    assert event["rawPath"] == "/echo/a%2Fb"
    assert event["rawQueryString"] == "x=1&x=2&y=%C3%A4&flag"
    assert event["queryStringParameters"] == {"x": "1,2", "y": "ä", "flag": ""}
    assert event["pathParameters"] == {"name": "a/b"}
    assert event["cookies"] == ["a=b", "c=d"]
    assert event["headers"]["x-one"] == "1"
    assert "cookie" not in event["headers"]
    assert event["isBase64Encoded"] is False
    assert "body" not in event
    context = event["requestContext"]
    assert context["http"] == {
        "method": "GET",
        "path": "/echo/a%2Fb",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "test/1",
    }
    assert (context["stage"], context["routeKey"]) == ("$default", event["routeKey"])
    assert context["domainName"] == "example.org:81"
    assert context["requestId"]
    assert context["timeEpoch"] > 1_700_000_000_000


def test_repeated_headers_are_joined(service):
    with socket.create_connection(("127.0.0.1", service.server.port)) as connection:
        connection.sendall(b"GET /echo/x HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b'"x-a":"1,2"' in received


@pytest.mark.parametrize(
    ("method", "target", "key"),
    [
        ("GET", "/echo/exact", "GET /echo/exact"),
        ("POST", "/echo/exact", "ANY /echo/{name}"),
        ("GET", "/echo/other", "ANY /echo/{name}"),
        ("GET", "/rest/a/b", "GET /rest/{proxy+}"),
        ("GET", "/echo/a/b", "$default"),
        ("GET", "/", "$default"),
        ("DELETE", "/rest/a", "$default"),
        ("GET", "/echo/", "$default"),
    ],
)
def test_the_most_specific_route_serves(echo, method, target, key):
    assert echo(target, method)["routeKey"] == key


@pytest.mark.parametrize(
    ("kind", "body", "seen", "encoded"),
    [
        ("application/json", b'{"a": "\xc3\xa4"}', '{"a": "ä"}', False),
        ("text/plain; charset=utf-8", b"a", "a", False),
        ("application/x-www-form-urlencoded", b"a=b", base64.b64encode(b"a=b").decode(), True),
        ("multipart/form-data; boundary=x", b"--x--", base64.b64encode(b"--x--").decode(), True),
        ("application/octet-stream", b"\x00\xff", "AP8=", True),
        ("application/json", b"\xff", "/w==", True),
    ],
)
def test_text_reaches_the_function_as_it_is_and_the_rest_encoded(echo, kind, body, seen, encoded):
    event = echo("/echo/x", "POST", body, {"content-type": kind})
    assert (event["body"], event["isBase64Encoded"]) == (seen, encoded)


def test_a_chunked_body_arrives_whole(echo):
    event = echo("/echo/x", "POST", iter([b"one ", b"two"]), {"content-type": "text/plain"})
    assert event["body"] == "one two"
    assert event["headers"]["content-length"] == "7"
    assert "transfer-encoding" not in event["headers"]


def test_a_result_with_a_status_sets_status_headers_and_cookies(ask):
    answer = ask("/echo/x?cookies=yes")
    assert (answer.status, answer.body) == (201, b"made")
    assert answer.headers["x-made"] == "yes"
    assert answer.headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert answer.headers["content-type"] == "text/plain;charset=UTF-8"


def test_a_result_without_a_status_becomes_the_body(ask):
    answer = ask("/echo/x?plain=just%20text")
    assert (answer.status, answer.headers["content-type"], answer.body) == (200, "application/json", b"just text")


def test_an_encoded_body_is_decoded(ask):
    answer = ask("/echo/x?binary=yes")
    assert (answer.headers["content-type"], answer.body) == ("image/png", b"\x00\xff")


def test_head_has_the_headers_and_no_body(ask):
    answer = ask("/echo/x?cookies=yes", "HEAD")
    assert (answer.status, answer.headers["content-length"], answer.body) == (201, "4", b"")


@pytest.mark.parametrize("query", ["raise=oh", "exit=3", "sleep=4"])
def test_a_function_that_fails_is_an_internal_server_error(ask, query):
    answer = ask(f"/echo/x?{query}")
    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})


def test_a_body_over_ten_megabytes_is_refused_before_it_is_sent(service):
    head = b"POST /echo/x HTTP/1.1\r\nHost: h\r\nContent-Length: 10485761\r\nExpect: 100-continue\r\n\r\n"
    assert raw(service, head).startswith(b"HTTP/1.1 413 ")


def test_a_chunked_body_over_ten_megabytes_is_refused(ask):
    answer = ask("/echo/x", "POST", (bytes(1024 * 1024) for _ in range(11)))
    assert (answer.status, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_a_client_that_expects_100_continue_receives_it(service):
    with socket.create_connection(("127.0.0.1", service.server.port)) as connection:
        head = b"POST /echo/x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n"
        connection.sendall(head + b"Content-Type: text/plain\r\n\r\n")
        assert connection.recv(1024).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"hi")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b'"body":"hi"' in received


def test_requests_follow_each_other_on_one_connection(service):
    with socket.create_connection(("127.0.0.1", service.server.port)) as connection:
        for _ in range(3):
            connection.sendall(b"GET /echo/x?plain=again HTTP/1.1\r\nHost: h\r\n\r\n")
            received = b""
            while not received.endswith(b"again"):
                received += connection.recv(65536)
            assert received.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nBad Name: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
        b"GET x HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_malformed_http_is_a_bad_request(service, request_):
    assert raw(service, request_).startswith(b"HTTP/1.1 400 ")


def raw(service, request_):
    """The server's answer to these bytes, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", service.server.port), timeout=10) as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))
