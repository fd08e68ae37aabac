import socket
import ssl
import threading
import time
from contextlib import contextmanager

import pytest

from pullcord.git import Credentials, Limits, Policy, RefNotFound, RepositoryUnavailable, open_repository
from tests.integration.git.hosts import Authority, serve
from tests.unit.git import hostile
from tests.unit.git.packing import banded, line, pack, whole

DISCOVERY = "/info/refs?service=git-upload-pack"
ADVERTISEMENT = "application/x-git-upload-pack-advertisement"
RESULT = "application/x-git-upload-pack-result"
ONE = "1" * 40


def resolve(url, policy, credentials=None):
    with open_repository(url, policy, credentials) as repository:
        return repository.resolve("main")


def refused(url, policy, credentials=None):
    with pytest.raises(RepositoryUnavailable) as refusal:
        resolve(url, policy, credentials)
    return refusal.value.reason


@pytest.fixture
def reached(monkeypatch):
    """Every address that a connection was tried to."""
    made, real = [], socket.socket.connect

    def connect(self, address):
        made.append(address[:2])
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return made


@pytest.fixture
def known_name(monkeypatch):
    """`git.example.com` is this machine the first time it is looked up, and somewhere else from then on."""
    lookups, real = [], socket.getaddrinfo

    def look_up(host, port, *arguments, **named):
        if host != "git.example.com":
            return real(host, port, *arguments, **named)
        lookups.append(host)
        return real("127.0.0.1" if len(lookups) == 1 else "127.0.0.9", port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return lookups


def hang_up(handler):
    handler.close_connection = True
    return False


# TLS and pinning


def test_a_name_is_looked_up_once_however_often_it_is_connected(repositories, authority, known_name, reached):
    with serve(repositories, authority, trick=hang_up, name="git.example.com") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=authority.pem)
        with open_repository(host.url("project.git"), policy) as repository:
            assert repository.read(repository.resolve("main").sha, "README") == b"read\n"
            assert repository.resolve("main")

    assert (known_name, reached) == (["git.example.com"], [("127.0.0.1", host.port)] * 5)


def test_the_server_is_told_the_name_and_must_prove_it(repositories, authority, known_name, tmp_path):
    named = []
    with serve(repositories, authority, name="git.example.com") as host:
        host.context.sni_callback = lambda _, name, __: named.append(name)
        assert resolve(host.url("project.git"), Policy(allowed=(f"{host.address}/",), authorities=authority.pem))
    assert named == ["git.example.com"]

    known_name.clear()
    other = Authority(tmp_path, "other.example.com")
    with serve(repositories, other, name="git.example.com") as host:
        policy = Policy(allowed=(f"{host.address}/",), authorities=other.pem)
        assert refused(host.url("project.git"), policy) == "its TLS certificate is not valid for this host"


def test_a_certificate_of_an_unknown_authority_is_not_valid(host):
    policy = Policy(allowed=(f"{host.address}/",))

    assert refused(host.url("project.git"), policy) == "its TLS certificate is not valid for this host"
    assert host.requests == []


def test_a_server_without_tls_is_unavailable(repositories):
    with serve(repositories) as host:
        url = host.address.replace("http:", "https:")
        assert refused(f"{url}/project.git", Policy(allowed=(f"{url}/",))) == "TLS failed"


def test_nobody_listening_is_unavailable():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"https://127.0.0.1:{port}/"

    assert refused(f"{url}a.git", Policy(allowed=(url,))) == "it cannot be reached"


# Redirects


def redirects(*targets, status=302):
    """The n-th request is sent to the n-th target."""
    waiting = list(targets)

    def trick(handler):
        return handler.redirect(waiting.pop(0), status) if waiting else False

    return trick


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_renamed_repository_is_followed_for_all_requests(repositories, status):
    with serve(repositories, trick=redirects(f"/project.git{DISCOVERY}", status=status)) as host:
        sha = resolve(host.url("old-name.git"), Policy(allowed=(f"{host.address}/",))).sha

    assert len(sha) == 40
    assert [path.split("?")[0] for _, path, _ in host.requests] == [
        "/old-name.git/info/refs", "/project.git/info/refs", "/project.git/git-upload-pack",
    ]  # fmt: skip


def test_three_redirects_are_followed_and_a_fourth_is_not(repositories):
    for count in (3, 4):
        with serve(repositories, trick=redirects(*[f"/project.git{DISCOVERY}"] * count)) as host:
            policy = Policy(allowed=(f"{host.address}/",))
            if count == 3:
                assert resolve(host.url("a.git"), policy)
            else:
                assert refused(host.url("a.git"), policy) == "it redirects more than 3 times"


def test_a_redirect_in_the_middle_is_not_followed(repositories):
    def trick(handler):
        return handler.command == "POST" and handler.redirect("/project.git/git-upload-pack", 307)

    with serve(repositories, trick=trick) as host:
        reason = refused(host.url("project.git"), Policy(allowed=(f"{host.address}/",)))
    assert (reason, host.methods) == ("it redirects in the middle of a conversation", ["GET", "POST"])


def test_credentials_stay_with_their_host(repositories):
    with serve(repositories) as other:
        target = other.url(f"project.git{DISCOVERY}")
        with serve(repositories, trick=redirects(f"/b.git{DISCOVERY}", target)) as host:
            policy = Policy(allowed=(f"{host.address}/", f"{other.address}/"))
            assert resolve(host.url("a.git"), policy, Credentials("ada", "s3cret"))

    assert ["Authorization" in headers for *_, headers in host.requests] == [True, True]
    assert ["Authorization" in headers for *_, headers in other.requests] == [False, False]


def test_hundreds_of_hostile_redirects_lead_nowhere_else(repositories, reached):
    targets = [f"{url}{DISCOVERY}" for url in (*hostile.URLS, *hostile.SCHEMES) if url.isprintable() and url.isascii()]
    targets += [
        "",
        "/",
        "https://git.example.com/",
        f"http://ada:s3cret@127.0.0.1:PORT/a{DISCOVERY}",
        f"/../a{DISCOVERY}",
    ]

    def trick(handler):
        number = handler.path.strip("/").split(".")[0]
        return number.isdigit() and handler.redirect(targets[int(number)].replace("PORT", str(host.port)))

    with serve(repositories, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/",))
        reasons = [refused(host.url(f"{number}.git"), policy) for number in range(len(targets))]

    assert len(targets) > 600
    assert set(reached) == {("127.0.0.1", host.port)}
    assert "s3cret" not in "".join(reasons)


def test_a_redirect_from_tls_to_plain_is_not_followed_even_to_an_allowed_host(repositories, authority):
    def trick(handler):
        return handler.redirect(plain.url(f"project.git{DISCOVERY}"))

    with serve(repositories) as plain, serve(repositories, authority, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/", f"{plain.address}/"), authorities=authority.pem)
        assert refused(host.url("a.git"), policy) == "it redirects to another scheme or names a user"
    assert plain.requests == []


# Answers


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "authentication is required, or the credentials were refused"),
        (403, "access is forbidden"),
        (404, "there is no such repository, or authentication is required"),
        (429, "it was asked too often"),
        (500, "it answered with status 500"),
        (204, "it answered with status 204"),
    ],
)
def test_statuses_are_reasons(repositories, status, reason):
    def trick(handler):
        handler.reply(status, b"")
        return True

    with serve(repositories, trick=trick) as host:
        assert refused(host.url("a.git"), Policy(allowed=(f"{host.address}/",))) == reason


def page(content, kind=ADVERTISEMENT, *more):
    head = [f"HTTP/1.1 200 OK\r\nContent-Type: {kind}", *more, f"Content-Length: {len(content)}\r\n\r\n"]
    return "\r\n".join(head).encode() + content


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\0", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 2OO OK\r\n\r\n", b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000,
        b"HTTP/1.1 302 Found\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
        page(b"<html>", "text/html"), page(b""), page(b"x"), page(b"0000"), page(b"001e# service=git-upload-pack\n0000"),
        page(b"000eversion 2\n", ADVERTISEMENT)[:-3], page(b"\x1f\x8b\x08", ADVERTISEMENT, "Content-Encoding: gzip"),
        page(b"x", ADVERTISEMENT, "Content-Length: -5"), page(b"x", ADVERTISEMENT, "Content-Length: 1e9"),
        page(b"zz\r\n", ADVERTISEMENT, "Transfer-Encoding: chunked"), page(b"-5\r\nabc", ADVERTISEMENT, "Transfer-Encoding: chunked"),
        page(b"5\r\nab", ADVERTISEMENT, "Transfer-Encoding: chunked"), page(line(b"ERR no s3cret")), b"HTTP/1.1 100 Continue\r\n\r\n",
        page(line(b"version 2\n") + line(b"ls-refs\n") + line(b"fetch\n") + b"0000"),
    ],
)  # fmt: skip
def test_whatever_a_server_says_is_at_worst_a_refusal(repositories, answer):
    with serve(repositories, trick=lambda handler: handler.raw(answer)) as host:
        reason = refused(host.url("a.git"), Policy(allowed=(f"{host.address}/",)))
    assert "s3cret" not in reason


def lies(refs=b"", objects=b""):
    """A server of protocol version 2 with these answers to ls-refs and fetch."""
    hello = line(b"version 2\n") + line(b"ls-refs\n") + line(b"fetch=shallow filter\n") + b"0000"

    def trick(handler):
        if handler.command == "GET":
            handler.reply(200, hello, ("Content-Type", ADVERTISEMENT))
        else:
            handler.reply(200, refs if b"ls-refs" in handler.body else objects, ("Content-Type", RESULT))
        return True

    return trick


@pytest.mark.parametrize(
    "objects",
    [
        b"", b"0000", line(b"packfile\n"), banded(b""), banded(pack()), banded(pack(whole("blob", b"x"))), line(b"ERR s3cret"),
        banded(pack(whole("commit", b"tree " + b"2" * 40 + b"\n\nx"))), line(b"packfile\n") + line(b"\3s3cret") + b"0000",
    ],
)  # fmt: skip
def test_a_fetch_that_does_not_bring_what_was_asked_for_is_a_refusal(repositories, objects):
    refs = line(f"{ONE} refs/heads/main\n".encode()) + b"0000"
    with serve(repositories, trick=lies(refs, objects)) as host:
        repository = open_repository(host.url("a.git"), Policy(allowed=(f"{host.address}/",)))
        sha = repository.resolve("main").sha
        for question in (repository.commit, repository.paths, lambda sha: repository.read(sha, "a")):
            with pytest.raises(RepositoryUnavailable) as refusal:
                question(sha)
            assert "s3cret" not in str(refusal.value)
        repository.close()


def test_refs_that_were_not_asked_for_are_not_taken(repositories):
    refs = line(f"{ONE} refs/heads/other\n".encode()) + line(f"{ONE} HEAD\n".encode()) + b"0000"
    with serve(repositories, trick=lies(refs)) as host, pytest.raises(RefNotFound):
        resolve(host.url("a.git"), Policy(allowed=(f"{host.address}/",)))


# Time and size

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


def test_contexts_for_tls_verify_names_and_certificates():
    from pullcord.git.connection import trust

    context = trust(None)

    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
