import socket
import threading
from contextlib import contextmanager

import pytest

from pullcord.git import Limits, Policy, RepositoryUnavailable, open_repository
from tests.integration.git.asking import ADVERTISEMENT, page, refused
from tests.integration.git.hosts import serve

BRIEF = Limits(connect_seconds=0.3, total_seconds=0.6, response_bytes=1_000_000)
PATIENT = Limits(connect_seconds=60, total_seconds=60, session_seconds=60, response_bytes=1_000_000)


@contextmanager
def talker(talk):
    """A server that does to each connection what `talk` says, until the client or the test is gone.

    Its address, and a list of the connections on which it came to the end of its talk.
    """
    over, ended = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    try:
                        ended.append(talk(connection, over))
                    except OSError:
                        continue

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", ended
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def drip(content):
    def talk(connection, over):
        for byte in content:
            connection.sendall(bytes([byte]))
            over.wait(0.05)

    return talk


def silence(_, over):
    over.wait(50)


def flood(head, piece):
    def talk(connection, over):
        connection.recv(65536)
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(piece)

    return talk


@pytest.mark.parametrize(
    ("scheme", "talk", "reason"),  # each talks for more than 40 s
    [
        ("http", silence, "timed out after 0.6 s"),
        ("https", silence, "no connection within 0.3 s"),
        ("http", drip(b"HTTP/1.1 200 OK\r\n" * 50), "timed out after 0.6 s"),
        ("http", drip(page(bytes(1000))), "timed out after 0.6 s"),
        ("https", drip(b"\x16\x03\x03\x40\x00" + bytes(1000)), "no connection within 0.3 s"),
    ],
)
def test_slow_servers_are_left_when_the_time_is_over(scheme, talk, reason):
    with talker(talk) as (address, ended):
        url = f"{scheme}://{address}/"
        assert refused(f"{url}a.git", Policy(allowed=(url,), limits=BRIEF)) == reason
        assert not ended


def test_what_is_no_tls_is_left_before_the_time_is_over():
    with talker(drip(bytes(1000))) as (address, ended):
        url = f"https://{address}/"
        assert refused(f"{url}a.git", Policy(allowed=(url,), limits=PATIENT)) == "TLS failed"
        assert not ended


ENDLESS = f"HTTP/1.1 200 OK\r\nContent-Type: {ADVERTISEMENT}\r\n".encode()


TOO_LARGE = "its answer is larger than 16777216 bytes"


@pytest.mark.parametrize(
    ("talk", "limits", "reason"),
    [
        (flood(ENDLESS + b"Content-Length: 99999999999\r\n\r\n", bytes(65536)), PATIENT, TOO_LARGE),
        (flood(ENDLESS + b"\r\n", bytes(65536)), PATIENT, TOO_LARGE),
        (
            flood(ENDLESS + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + bytes(65536) + b"\r\n"),
            PATIENT,
            TOO_LARGE,
        ),
        (flood(ENDLESS, b"X: y\r\n" * 100), PATIENT, "it does not speak HTTP"),
        (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), BRIEF, "timed out after 0.6 s"),
    ],
)
def test_endless_answers_are_left_when_they_are_too_large_or_too_long(talk, limits, reason):
    with talker(talk) as (address, _):
        url = f"http://{address}/"
        assert refused(f"{url}a.git", Policy(allowed=(url,), limits=limits)) == reason


@pytest.mark.parametrize(
    "limits",
    [
        Limits(response_bytes=400),
        Limits(object_bytes=10),
        Limits(unpacked_bytes=300),
        Limits(objects=2),
        Limits(files=2),
    ],
)
def test_a_repository_larger_than_allowed_is_refused_by_size(host, authority, limits):
    policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem, limits=limits)
    with open_repository(host.url("project.git"), policy) as repository:
        sha = repository.resolve("main").sha
        with pytest.raises(RepositoryUnavailable, match=r"more than|larger than"):
            repository.paths(sha)


def test_each_question_has_its_own_time(repositories, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("pullcord.git.clock.monotonic", lambda: now[0])

    def slow(_):
        now[0] += 25
        return False

    with serve(repositories, trick=slow) as host:
        limits = Limits(total_seconds=60, session_seconds=200)
        with open_repository(
            host.url("project.git"), Policy(allowed=(f"{host.address}/",), limits=limits)
        ) as repository:
            for _ in range(4):
                assert repository.resolve("main")
    assert now[0] > 100 + limits.total_seconds
