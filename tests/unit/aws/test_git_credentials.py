"""Credentials of git hosts in a secret."""

import json

import pytest

from pullcord.aws import git_credentials
from pullcord.aws.git_credentials import GitCredentials

SECRET = {
    "https://git.example.com": {"username": "all", "password": "1"},
    "https://git.example.com/acme/": {"username": "acme", "password": "2"},
    "https://git.example.com:8443/": {"username": "port", "password": "3"},
}


@pytest.fixture
def reads(monkeypatch):
    """The names of secrets that were read, in order."""
    read = []

    def secret(name):
        read.append(name)
        return json.dumps(SECRET)

    monkeypatch.setattr(git_credentials, "secret", secret)
    return read


@pytest.mark.parametrize(
    ("url", "username"),
    [
        ("https://git.example.com/a.git", "all"),
        ("https://git.example.com/acme/a.git", "acme"),
        ("https://git.example.com/acme", "acme"),
        ("https://git.example.com/acme-evil/a.git", "all"),
        ("https://git.example.com:8443/a.git", "port"),
        ("https://git.example.com:9443/a.git", None),
        ("https://git.example.com.evil.example/a.git", None),
        ("http://git.example.com/a.git", None),
    ],
)
def test_a_longer_prefix_takes_precedence(reads, url, username):
    login = GitCredentials("secret").of(url)

    assert (login[0] if login else None) == username


def test_the_secret_is_read_when_it_is_needed_and_again_when_it_is_old(reads):
    now = [1000.0]
    credentials = GitCredentials("secret", lambda: now[0])
    assert reads == []
    for _ in range(3):
        credentials.of("https://git.example.com/a.git")
    assert reads == ["secret"]

    now[0] += 301
    credentials.of("https://git.example.com/a.git")

    assert reads == ["secret"] * 2
