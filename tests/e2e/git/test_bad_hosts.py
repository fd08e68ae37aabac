"""Hosts that are not there, are no git hosts, or do not mean well: 400 with the reason, soon, and nothing stored."""

import socket
import time

import pytest

from tests.e2e.git.conftest import nothing
from tests.e2e.projects import base
from tests.integration.git.asking import ADVERTISEMENT, RESULT, page

JOB = "build: {script: make}\n"
CAPABILITIES = b"000eversion 2\n000cls-refs\n000afetch\n0000"
MEBIBYTE = 1024 * 1024


def at_once(content, kind=ADVERTISEMENT, *more):
    return lambda handler: handler.raw(page(content, kind, *more))


def huge(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n\r\n" % ADVERTISEMENT.encode())
    for _ in range(40):
        handler.wfile.write(b"#" * MEBIBYTE)


def dripping(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: 1000000\r\n\r\n" % ADVERTISEMENT.encode())
    for _ in range(200):
        handler.wfile.write(b"#")
        handler.wfile.flush()
        time.sleep(0.1)


def lying(handler):
    """Knows `main`, and gives another object for it."""
    if handler.command == "GET":
        return at_once(CAPABILITIES)(handler)
    if b"ls-refs" in handler.body:
        return at_once(b"003d" + b"a" * 40 + b" refs/heads/main\n0000", RESULT)(handler)
    return at_once(b"000dpackfile\n0025\x01PACK\0\0\0\2\0\0\0\0" + b"\2" * 20 + b"0000", RESULT)(handler)


@pytest.mark.parametrize(
    ("trick", "reason"),
    [
        (lambda handler: handler.reply(404, b""), "there is no such repository, or authentication is required"),
        (lambda handler: handler.reply(403, b""), "access is forbidden"),
        (lambda handler: handler.reply(500, b""), "it answered with status 500"),
        (at_once(b"<html>", "text/html"), "it is not a git repository"),
        (at_once(b"nothing of git"), "its answer makes no sense (not a line)"),
        (lambda handler: handler.raw(b"220 ftp ready\r\n"), "it does not speak HTTP"),
        (lambda handler: handler.redirect("https://169.254.169.254/x/info/refs?service=git-upload-pack"), None),
        (huge, "its answer is larger than 16777216 bytes"),
        (lying, None),
        (nothing, "timed out after 8 s"),
        (dripping, "timed out after 8 s"),
    ],
    ids=[
        "missing",
        "forbidden",
        "broken",
        "a page",
        "no git",
        "no http",
        "redirect",
        "huge",
        "lying",
        "silent",
        "dripping",
    ],
)
def test_a_bad_host_is_left_with_the_reason(awake, make_at, host, tricks, numbers, trick, reason):
    folder = f"bad-{next(numbers)}"
    tricks[folder] = trick
    project = make_at(host.url(f"{folder}/a.git"))
    with project.nothing_stored():
        status, said = project.refused()

    where = host.address.removeprefix("https://")
    (phrase,) = said["message"]["base"]
    assert (status, phrase.startswith("Repository is unavailable: ")) == (400, True)
    if reason:
        assert phrase == f"Repository is unavailable: {where}: {reason}"
    else:
        assert "timed out" not in phrase


def test_a_host_where_nobody_listens_is_left_at_once(instance, admin, make_at, host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    refused = admin.post("/projects", json={"name": "nobody", "import_url": f"https://127.0.0.1:{free}/a.git"})
    project = make_at(refused.json()["import_url"]) if refused.status == 201 else None
    if project:
        with project.nothing_stored():
            assert project.refused()[1]["message"]["base"][0].endswith("its address is not public")


def test_a_repository_that_is_gone_is_one_that_there_never_was(make, host):
    project = make(JOB)
    project.repository.folder.rename(project.repository.folder.with_name("gone"))

    where = host.address.removeprefix("https://")
    reason = "there is no such repository, or authentication is required"
    assert project.refused() == (400, base(f"Repository is unavailable: {where}: {reason}"))
