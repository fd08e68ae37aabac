"""Asking a host for `main`, and what it says that is not meant well."""

import pytest

from pullcord.git import RepositoryUnavailable, open_repository

DISCOVERY = "/info/refs?service=git-upload-pack"
ADVERTISEMENT = "application/x-git-upload-pack-advertisement"
RESULT = "application/x-git-upload-pack-result"


def resolve(url, policy, credentials=None):
    with open_repository(url, policy, credentials) as repository:
        return repository.resolve("main")


def refused(url, policy, credentials=None):
    """The reason for which a host is unavailable."""
    with pytest.raises(RepositoryUnavailable) as refusal:
        resolve(url, policy, credentials)
    return refusal.value.reason


def page(content, kind=ADVERTISEMENT, *more):
    head = [f"HTTP/1.1 200 OK\r\nContent-Type: {kind}", *more, f"Content-Length: {len(content)}\r\n\r\n"]
    return "\r\n".join(head).encode() + content
