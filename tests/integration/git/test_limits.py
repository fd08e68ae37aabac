import socket
import threading
import time
from contextlib import contextmanager

import pytest

from pullcord.git import Limits, Policy, RepositoryUnavailable, open_repository
from tests.integration.git.asking import ADVERTISEMENT, page, refused
from tests.integration.git.hosts import serve

BRIEF = Limits(connect_seconds=0.3, total_seconds=0.6, response_bytes=1_000_000)


@contextmanager
def talker(talk):
    """A server that does to each connection what `talk` says, until the client or the test is gone."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    try:
                        talk(connection, over)
                    except OSError:
                        continue

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def drip(content):
    def talk(connection, over):
        for byte in content:
            connection.sendall(bytes([byte]))
            if over.wait(0.05):
                return

    return talk


def silence(_, over):
    over.wait(5)


def flood(head, piece):
    def talk(connection, over):
        connection.recv(65536)
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(piece)

    return talk


@pytest.mark.parametrize(
    ("scheme", "talk", "reason"),
    [
        ("http", silence, "timed out after 0.6 s"),
        ("https", silence, "no connection within 0.3 s"),
        ("http", drip(b"HTTP/1.1 200 OK\r\n" * 50), "timed out after 0.6 s"),
        ("http", drip(page(bytes(1000))), "timed out after 0.6 s"),
        ("https", drip(bytes(1000)), "TLS failed"),
        ("https", drip(b"\x16\x03\x03\x40\x00" + bytes(1000)), "no connection within 0.3 s"),
    ],
)
def test_slow_servers_are_left_when_the_time_is_over(scheme, talk, reason):
    with talker(talk) as address:
        began = time.monotonic()
        url = f"{scheme}://{address}/"
        assert refused(f"{url}a.git", Policy(allowed=(url,), limits=BRIEF)) == reason
        assert time.monotonic() - began < 1


ENDLESS = f"HTTP/1.1 200 OK\r\nContent-Type: {ADVERTISEMENT}\r\n".encode()


@pytest.mark.parametrize(
    "talk",
    [
        flood(ENDLESS + b"Content-Length: 99999999999\r\n\r\n", bytes(65536)),
        flood(ENDLESS + b"\r\n", bytes(65536)),
        flood(ENDLESS + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + bytes(65536) + b"\r\n"),
        flood(ENDLESS, b"X: y\r\n" * 100),
        flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    ],
)
def test_endless_answers_are_left_when_they_are_too_large_or_too_long(talk):
    with talker(talk) as address:
        began = time.monotonic()
        url = f"http://{address}/"
        assert refused(f"{url}a.git", Policy(allowed=(url,), limits=BRIEF))
        assert time.monotonic() - began < 1


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


def test_each_question_has_its_own_time(repositories):
    def slow(_):
        time.sleep(0.15)
        return False

    with serve(repositories, trick=slow) as host:
        limits = Limits(total_seconds=0.6)
        with open_repository(
            host.url("project.git"), Policy(allowed=(f"{host.address}/",), limits=limits)
        ) as repository:
            for _ in range(4):
                assert repository.resolve("main")
