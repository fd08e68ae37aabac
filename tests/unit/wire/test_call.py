"""The address of the service, as a call gives it."""

import pytest

from pullcord.wire.call import Call


def server(external_url="", **headers):
    event = {"headers": {name.replace("_", "-"): value for name, value in headers.items()}, "requestContext": {}}
    return Call(event, external_url).server


@pytest.mark.parametrize("host", ["pullcord.example.com", "127.0.0.1:8080", "[::1]:8080", "a_b"])
def test_links_have_the_host_of_the_call(host):
    assert server(host=host, x_forwarded_proto="http") == f"http://{host}"


@pytest.mark.parametrize("host", ["", "a\x0eb", "a b", "a\r\nX-Forged: 1", "a/b", "é", "<b>", "a\n"])
def test_an_invalid_host_is_not_repeated_in_links(host):
    assert server(host=host) == "https://localhost"


@pytest.mark.parametrize("scheme", ["", "javascript", "https", "\x00"])
def test_links_are_https_unless_the_call_was_http(scheme):
    assert server(host="a", x_forwarded_proto=scheme) == "https://a"


def test_the_external_url_of_the_template_takes_precedence():
    assert server("https://ci.example.com", host="elsewhere") == "https://ci.example.com"
