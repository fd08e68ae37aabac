"""Which texts can be names of branches and tags, and where such a name lives among a repository's refs."""

import re

from pullcord.git.refs import Kind

BRANCHES = "refs/heads/"
TAGS = "refs/tags/"
MERGE_REQUESTS = "refs/merge-requests/"
"""Refs that GitLab keeps for merge requests; of all refs beside branches and tags, the only ones with pipelines."""
MAX_NAME_BYTES = 1024

FORBIDDEN = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^/|/$|\.$|^@$|(^|/)\.|\.lock(/|$)", re.DOTALL)
OBJECT_NAME = re.compile(r"[0-9a-fA-F]{40}([0-9a-fA-F]{24})?")


def is_legal(name: str) -> bool:
    """Whether git would accept this as (part of) a ref's name.

    Source: https://git-scm.com/docs/git-check-ref-format
    """
    try:
        encoded = name.encode()
    except UnicodeEncodeError:
        return False
    return 0 < len(encoded) <= MAX_NAME_BYTES and FORBIDDEN.search(name) is None


def is_object_name(text: str) -> bool:
    """Whether the text is a full object name (SHA-1 or SHA-256) rather than a ref's."""
    return OBJECT_NAME.fullmatch(text) is not None


def candidates(name: str) -> list[str]:
    """The full ref names that a short or full name may mean; none for a text that cannot name a ref with pipelines."""
    if not is_legal(name) or is_object_name(name):
        return []
    if name.startswith((BRANCHES, TAGS)):
        return [name]
    full = [name] if name.startswith(MERGE_REQUESTS) else []
    return [BRANCHES + name, TAGS + name, *full]


def kind(full_name: str) -> Kind:
    """The kind of ref that a full name names."""
    if full_name.startswith(MERGE_REQUESTS):
        return "merge_request"
    return "branch" if full_name.startswith(BRANCHES) else "tag"


def short(full_name: str) -> str:
    """`refs/heads/main` → `main`, `refs/tags/v1.0` → `v1.0`."""
    return full_name.removeprefix(BRANCHES) if full_name.startswith(BRANCHES) else full_name.removeprefix(TAGS)
