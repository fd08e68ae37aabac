import pytest

from pullcord.git import Policy, RefNotFound, RepositoryUnavailable, open_repository
from tests.integration.git.asking import ADVERTISEMENT, RESULT, page, refused, resolve
from tests.integration.git.hosts import serve
from tests.unit.git.packing import banded, line, pack, whole

ONE = "1" * 40


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
