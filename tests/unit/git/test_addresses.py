import ipaddress
import socket
import threading

import pytest

from pullcord.git import Limits, Policy, RepositoryUnavailable, open_repository
from pullcord.git.addresses import CLOSED_IPV4, CLOSED_IPV6, is_public
from tests.unit.git import hostile


class Network:
    """names: what the resolver knows; reached: every address that somebody tried to connect to, in vain."""

    def __init__(self):
        self.names = {}
        self.reached = []


@pytest.fixture
def network(monkeypatch):
    made = Network()
    real = socket.getaddrinfo

    def look_up(host, port, *_, **__):
        if host in made.names:
            return [answer for address in made.names[host] for answer in real(address, port, type=socket.SOCK_STREAM)]
        return real(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def refuse(_, address):
        made.reached.append(address[:2])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return made


def ask(url):
    with open_repository(url, Policy()) as repository, pytest.raises(RepositoryUnavailable) as refused:
        repository.resolve("main")
    return refused.value.reason


def is_refused(url):
    try:
        return ask(url) != "it cannot be reached"
    except RepositoryUnavailable:
        return True


def test_hundreds_of_hostile_urls_are_refused_without_a_connection(network):
    accepted = [url for url in (*hostile.URLS, *hostile.SCHEMES) if not is_refused(url)]

    assert (accepted, network.reached) == ([], [])
    assert len(set(hostile.URLS)) > 700


def test_a_name_with_a_private_and_a_public_address_is_refused(network):
    for address in hostile.ADDRESSES:
        network.names["git.example.com"] = ["140.82.121.4", address]
        assert (address, ask("https://git.example.com/a.git")) == (address, "its address is not public")
    assert network.reached == []


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("https://git.example.com/a.git", ("140.82.121.4", 443)),
        ("HTTPS://GIT.EXAMPLE.COM./a.git", ("140.82.121.4", 443)),
        ("https://ada:secret@git.example.com:8443/a.git", ("140.82.121.4", 8443)),
        ("https://140.82.121.4/a.git", ("140.82.121.4", 443)),
        ("https://[2606:50c0:8000::153]/a.git", ("2606:50c0:8000::153", 443)),
    ],
)
def test_a_public_address_is_connected_as_it_was_looked_up(network, url, reached):
    network.names["git.example.com"] = ["140.82.121.4"]

    assert ask(url) == "it cannot be reached"
    assert network.reached == [reached]


def test_of_several_public_addresses_each_is_tried_until_one_answers(network):
    network.names["git.example.com"] = ["140.82.121.4", "2606:50c0:8000::153"]

    ask("https://git.example.com/a.git")
    assert network.reached == [("140.82.121.4", 443), ("2606:50c0:8000::153", 443)]


@pytest.mark.parametrize("closed", [*CLOSED_IPV4, *CLOSED_IPV6])
def test_closed_networks_are_closed_from_their_first_to_their_last_address(closed):
    assert not is_public(str(closed[0]))
    assert not is_public(str(closed[-1]))


def test_addresses_that_python_calls_private_or_reserved_are_not_public():
    for number in range(0, 2**32, 2**32 // 9973):
        address = ipaddress.IPv4Address(number)
        open_by_python = address.is_global and not address.is_multicast and not address.is_reserved
        assert not is_public(str(address)) or open_by_python


@pytest.mark.parametrize(
    "address", ["140.82.121.4", "9.255.255.255", "11.0.0.0", "172.32.0.0", "2a01:4f8::1", "2606:4700::1111"]
)
def test_public_addresses_are_public(address):
    assert is_public(address)


def test_a_name_without_address_and_a_resolver_that_does_not_answer_are_refusals(monkeypatch):
    def fail(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert ask("https://git.example.com/a.git") == "its host name has no address"

    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(30) and [])
    policy = Policy(limits=Limits(connect_seconds=0.05))
    slow = pytest.raises(RepositoryUnavailable, match=r"its host name was not found within 0\.05 s")
    with open_repository("https://git.example.com/a.git", policy) as repository, slow:
        repository.resolve("main")
    over.set()


@pytest.mark.parametrize(
    ("prefix", "url", "allowed"),
    [
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/a.git", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/a.git", True),
        ("http://127.0.0.1:", "http://127.0.0.1:8000/a.git", True),
        ("http://127.0.0.1", "http://127.0.0.1:8000/a.git", True),
        ("http://127.0.0.1:8000/", "http://ada:secret@127.0.0.1:8000/a.git", True),
        ("http://127.0.0.1:80", "http://127.0.0.1:8000/a.git", False),
        ("http://127.0.0.1", "http://127.0.0.1.example.com/a.git", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000@example.com/a.git", False),
        ("http://127.0.0.1:8000/group", "http://127.0.0.1:8000/group/a.git", True),
        ("http://127.0.0.1:8000/group", "http://127.0.0.1:8000/groups/a.git", False),
        ("http://127.0.0.1:8000/group/", "http://127.0.0.1:8000/group/../a.git", False),
        ("http://127.0.0.1:8000/group/", "http://127.0.0.1:8000/group/%2e./a.git", False),
        ("file://", "file:///srv/git/a.git", True),
        ("file:///srv/git", "file:///srv/git/a.git", True),
        ("file:///srv/git", "file:///srv/gitolite/a.git", False),
        ("file:///srv/git/", "file:///srv/git/../../etc", False),
    ],
)
def test_a_prefix_allows_remotes_below_it_alone(prefix, url, allowed):
    policy = Policy(allowed=(prefix,))
    if allowed:
        open_repository(url, policy).close()
    else:
        with pytest.raises(RepositoryUnavailable):
            open_repository(url, policy)


@pytest.mark.parametrize(
    "url",
    [
        "https://ada:s3cret@host:s3cret/a",
        "https://ada:s3cret@/a",
        "https://s3cret:@[::1/a",
        "ftp://ada:s3cret@example.com/a",
    ],
)
def test_a_refused_url_does_not_show_its_password(url):
    with pytest.raises(RepositoryUnavailable) as refused:
        open_repository(url, Policy())
    error = refused.value
    while error:
        assert "s3cret" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
