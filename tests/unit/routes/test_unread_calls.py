"""Calls that are refused before an operation is asked, and what is never repeated of a call."""

import json

import pytest


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "user", {}),
        ("POST", "nonsense", {"content_type": "text/xml"}),
        ("PUT", "projects/7/triggers/1", {"content_type": "application/octet-stream"}),
        ("DELETE", "projects/7/triggers/1", {"content_type": "*/*"}),
        ("POST", "projects/7/triggers", {"content_type": "application/vnd.api+json"}),
    ],
)
def test_a_body_of_a_type_that_is_not_read_is_refused_before_anything_is_done(
    request_of, handlers, method, path, headers
):
    answer = request_of(method, path, body=b"x", **headers)

    wanted = {"GET": 404}.get(method, 415)
    assert (answer["statusCode"], handlers.parts) == (wanted, [])


def test_another_format_is_refused_before_the_type(request_of):
    answer = request_of("PUT", "projects/7/triggers/1", body=b"x", content_type="text/xml", query="format=yaml")

    said = json.loads(answer["body"])["error"]
    assert (answer["statusCode"], said) == (406, "The requested format 'yaml' is not supported.")


def test_a_path_that_is_too_long_is_refused_unread(request_of, handlers):
    answer = request_of("GET", f"projects/7/triggers/{'1' * 9000}")

    assert (answer["statusCode"], json.loads(answer["body"])["error"]) == (414, "414 URI Too Long")
    assert handlers.parts == []


@pytest.mark.parametrize("path", ["projects/%FF/triggers", "projects/7%00/triggers"])
def test_a_path_that_is_no_text_is_refused(request_of, path):
    assert request_of("GET", path)["statusCode"] == 400


def test_options_name_the_methods_of_a_path(request_of):
    answer = request_of("OPTIONS", "projects/7/triggers/1")

    assert (answer["statusCode"], answer["headers"]["Allow"]) == (204, "OPTIONS, GET, PUT, DELETE, HEAD")
    assert request_of("OPTIONS", "nonsense")["statusCode"] == 404


def test_the_log_has_the_route_and_nothing_of_the_path(request_of, caplog):
    caplog.set_level("INFO")
    for method, path in [
        ("GET", "projects/acme%2Fsecret-ref/triggers"),
        ("GET", "projects/acme%2Fsecret-ref/nonsense"),
        ("POST", "projects/7/ref/secret-ref/trigger/pipeline"),
        ("GET", f"projects/secret-ref{'x' * 9000}"),
    ]:
        request_of(method, path, query="private_token=secret-token")

    routes = [record.route for record in caplog.records]
    assert routes == ["/api/v4/projects/<project>/triggers", "none", "none", "none"]
    assert not any("secret" in str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize(
    "query",
    [
        "private_token=secret&page=2",
        "page=2&private_token=secret",
        "page=2&private%5Ftoken=secret",
        "page=2;job_token=secret;",
        "page=2&token=secret&access_token=secret&&",
        "page=2&PRIVATE_TOKEN=secret",
        "page=2& private_token=secret",
        "page=2&private_token[]=secret&[private_token]=secret&private_token[=secret",
        "page=2&client_secret=secret&password=secret&runner_token=secret",
        "private_token=secret=secret&page=2",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_redirect_repeats_no_credential(request_of, query, method):
    answer = request_of(method, "projects/acme%2Fold/triggers/1", query=query)

    location = "https://ci.example.test/api/v4/projects/7/triggers/1?page=2"
    assert (answer["statusCode"], answer["headers"]["Location"]) == (301, location)
    assert "secret" not in json.dumps(answer)


def test_a_redirect_without_anything_else_to_repeat_has_no_query(request_of):
    answer = request_of("GET", "projects/acme%2Fold/triggers/1", query="private_token=secret")

    assert answer["headers"]["Location"] == "https://ci.example.test/api/v4/projects/7/triggers/1"
