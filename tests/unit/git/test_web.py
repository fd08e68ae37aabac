import socket

import pytest

from pullcord.git import Policy
from pullcord.git.clock import Clock
from pullcord.git.web import Page, get
from tests.unit.git import hostile

EMBEDDABLE = [url.replace("a.git", "a.yml") for url in hostile.URLS]


@pytest.fixture
def connected(monkeypatch):
    """Every connection that was tried; none is made."""
    tried = []

    def connect(address, *_):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return tried


@pytest.fixture
def names(monkeypatch):
    """Addresses by host name, for the resolver; a literal address resolves to itself."""
    known = {}

    def look_up(host, port, **_):
        found = known.get(host, [host] if set(host) <= set("0123456789abcdef.:") else [])
        if not found:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def ask(url):
    return get(url, Policy(), Clock(1, 1))


def test_hundreds_of_hostile_pages_are_never_connected_to(connected, names):
    answers = {url: ask(url) for url in (*EMBEDDABLE, *hostile.SCHEMES)}

    assert len(answers) > 600
    assert {url: page for url, page in answers.items() if page.failure != "blocked" and "?b" not in url} == {}
    assert connected == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::1", "::ffff:10.0.0.1"])
def test_a_name_with_a_private_and_a_public_address_is_blocked(connected, names, inside):
    names["ci.example.com"] = ["93.184.216.34", inside]

    assert ask("https://ci.example.com/a.yml").reason == "Requests to the local network are not allowed"
    assert connected == []


def test_a_page_may_be_on_any_host(connected, names):
    names["ci.example.com"] = ["93.184.216.34"]

    assert get("https://ci.example.com/a.yml", Policy(hosts=("git.example.com",)), Clock(1, 1)).failure == "refused"
    assert connected == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://ci.example.com/a.yml", "Only allowed schemes are https"),
        ("ssh://ci.example.com/a.yml", "Only allowed schemes are https"),
        ("https://nowhere.example.com/a.yml", "Host cannot be resolved or invalid"),
        ("https://0x7f.1/a.yml", "URI is invalid"),
        ("https://ci.example.com/ü.yml", "URI is invalid"),
        ("https://ci.example.com/a.yml?q=\r\nHost: x", "URI is invalid"),
        ("", "URI is invalid"),
    ],
)
def test_a_blocked_page_has_a_reason(connected, names, url, reason):
    assert ask(url) == Page(failure="blocked", reason=reason)
    assert connected == []


def test_a_public_host_is_connected_by_the_address_that_was_checked(connected, names):
    names["ci.example.com"] = ["93.184.216.34"]

    assert ask("https://ci.example.com/a.yml?ref=main#top") == Page(failure="refused")
    assert connected == [("93.184.216.34", 443)]
