import random

import pytest

from pullcord.git import Limits, Policy, RefNotFound, RepositoryUnavailable, commit_cache, open_repository
from tests.integration.git.asking import ADVERTISEMENT, RESULT
from tests.integration.git.hosts import serve


def everything(url, policy):
    """What a trigger asks: ref, commit, files, changes. How many of the answers were facts?"""
    answered = 0
    with open_repository(url, policy) as repository:
        sha = "0" * 40
        for question in (
            lambda _: repository.resolve("main"),
            repository.commit,
            lambda sha: repository.read(sha, ".gitlab-ci.yml"),
            lambda sha: repository.changed(sha, repository.resolve("feature/new").sha),
            lambda _: repository.tag_message(repository.resolve("v1.0")),
        ):
            try:
                answer = question(sha)
            except (RepositoryUnavailable, RefNotFound):
                continue
            answered += 1
            sha = getattr(answer, "sha", sha)
    return answered


@pytest.fixture(scope="module")
def conversation(repositories):
    """request → what git really answered."""
    known = {}

    def listen(handler):
        reply = type(handler).reply

        def put(status, content, *headers):
            known[handler.command, handler.body] = content
            reply(handler, status, content, *headers)

        handler.reply = put
        return False

    with serve(repositories, trick=listen) as host:
        assert everything(host.url("project.git"), Policy(allowed=(f"{host.address}/",))) == 5
    return known


def damaged(content, chosen):
    """Some bytes changed, or a piece left out, doubled or moved."""
    content = bytearray(content)
    for _ in range(chosen.choice([1, 1, 2, 5])):
        start = chosen.randrange(len(content) + 1)
        end = min(len(content), start + chosen.choice([1, 4, 20, 100]))
        match chosen.randrange(4):
            case 0:
                content[start:end] = chosen.randbytes(end - start)
            case 1:
                del content[start:end]
            case 2:
                content[start:start] = content[start:end]
            case 3:
                del content[start:]
    return bytes(content)


def test_no_damage_to_what_a_server_says_does_more_than_make_it_unavailable(repositories, conversation):
    chosen, counts = random.Random(5), []

    def trick(handler):
        content = conversation.get((handler.command, handler.body), b"0000")
        kind = ADVERTISEMENT if handler.command == "GET" else RESULT
        handler.reply(200, content if chosen.random() < 0.85 else damaged(content, chosen), ("Content-Type", kind))
        return True

    with serve(repositories, trick=trick) as host:
        policy = Policy(allowed=(f"{host.address}/",), limits=Limits(unpacked_bytes=1_000_000))
        for _ in range(120):
            commit_cache.RECENT = commit_cache.RecentlyUsed(1)
            counts.append(everything(host.url("project.git"), policy))

    assert min(counts) == 0 < max(counts) == 5
