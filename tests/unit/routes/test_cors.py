"""Pages of other origins: what a browser asks, and what it lets a page read."""

import pytest

ORIGIN = {"origin": "https://page.example"}
EXPOSED = {"Link", "X-Total", "X-Total-Pages", "X-Per-Page", "X-Page", "X-Next-Page", "X-Prev-Page", "X-Request-Id"}
EXPOSED |= {"X-Gitlab-Blob-Id", "ETag", "Pullcord-Code", "Pullcord-Request-Id", "Pullcord-Replayed", "Pullcord-Version"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "projects/7/triggers"),
        ("HEAD", "projects/7/triggers"),
        ("POST", "projects/7/triggers"),
        ("PUT", "projects/7/triggers/1"),
        ("DELETE", "projects/7/triggers/1"),
        ("GET", "nonsense"),
        ("GET", "projects/acme%2Fold/triggers/1"),
        ("OPTIONS", "projects/7/triggers"),
    ],
)
def test_a_page_of_any_origin_may_read_every_answer(request_of, method, path):
    headers = request_of(method, path, **ORIGIN)["headers"]

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
    assert set(headers["Access-Control-Expose-Headers"].split(", ")) >= EXPOSED
    assert headers["Access-Control-Max-Age"] == "7200"
    assert headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in headers


def test_callers_that_are_no_page_get_no_headers_of_a_page(request_of):
    headers = request_of("GET", "projects/7/triggers")["headers"]

    assert headers["Vary"] == "Origin"
    assert not [name for name in headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", ["projects/7/triggers", "projects/7/ref/main/trigger/pipeline", "nonsense"])
def test_a_preflight_is_answered_with_what_was_asked(request_of, path):
    asked = {"access_control_request_method": "PUT", "access_control_request_headers": "private-token, x-own"}

    answer = request_of("OPTIONS", path, **ORIGIN, **asked)

    assert (answer["statusCode"], answer.get("body") or "") == (200, "")
    assert answer["headers"]["Access-Control-Allow-Origin"] == "*"
    assert answer["headers"]["Access-Control-Allow-Headers"] == "private-token, x-own"


def test_a_preflight_for_an_unknown_method_allows_nothing(request_of):
    answer = request_of("OPTIONS", "projects/7/triggers", **ORIGIN, access_control_request_method="PROPFIND")

    assert answer["statusCode"] == 200
    assert not [name for name in answer["headers"] if name.startswith("Access-Control-Allow")]
