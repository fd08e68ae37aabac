"""The words of the project: names that a reader would have to guess at are not used.

Each banned word stands with the one to write instead. Identifiers are compared part by part (`pull_trigger`,
`PullRoutes` and `pulled` all have the part `pull…`), documents word by word.
"""

import ast
import io
import re
import tokenize
from functools import cache

import pytest

from tests.architecture.sources import FOLDERS, ROOT, sources

#   word in an identifier        write instead
BANNED = {
    "door": "function, handler",
    "doors": "functions, handlers",
    "desk": "route handlers",
    "pull": "trigger",
    "pulls": "trigger",
    "pulled": "triggered",
    "wish": "params, request, change",
    "wishes": "params, requests, changes",
    "outside": "deps",
    "standing": "access",
    "stood": "memberships",
    "admission": "authenticator",
    "admitted": "allowed, created",
    "moment": "runtime, time",
    "readings": "pipelines",
    "subject": "context",
    "subjects": "contexts",
    "hashed": "sealed_hash",
    "renewal": "rekey",
    "renewals": "rekeys",
    "retiring": "retire_old",
    "newborn": "job_defaults",
    "visit": "session",
    "seldom": "lazy",
    "remains": "(nothing)",
    "circles": "cycles",
    "judge": "evaluator",
    "verdict": "result",
    "occasion": "pipeline_ref",
    "told": "result",
    "beside": "job_lane",
    "gone": "deleted",
    "facts": "details, fields, input",
    "most": "max",
    "longest": "max",
    "deepest": "max",
    "largest": "max",
    "patience": "wait_seconds",
    "dice": "random",
}

ALLOWED = {"pull_policy", "_pull_policy", "PULL_POLICIES", "visit", "_pull_policies"}
"""Keywords of GitLab's configuration, and names that libraries ask for."""

CLASSES = {"Outside", "Found", "Kept", "Once", "Desk", "Door", "Marked", "Listed", "Filter", "Wanted", "Window"}
"""Class names that say nothing, or that several classes would share."""

PHRASES = {
    r"\bpull(?:s|ed|ing)? (?:a|the|its?|their) trigger": "trigger a pipeline",
    r"\bcomes? to nothing\b": "is discarded",
    r"\bwhose time is over\b": "expired",
    r"\bnobody pulling\b": "idle",
    r"\btakes? away\b": "deletes",
    r"\bits end from the beginning\b": "written with its TTL",
    r"\bopens? nothing\b": "is refused",
    r"\bdoors?\b": "function, handler",
    r"\bno longer there\b": "deleted",
}
"""Riddles in documents, descriptions and docstrings."""

PRONOUN = r"(Those|They|It|He|She|Whoever|Others|Some|Such|One of (them|those)|The same|What|Its|Their)\b"
"""A docstring that begins like this makes the reader look for the noun."""

DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "Makefile",
    "template.yaml",
    "functions/openapi.yaml",
    "functions/create_pipeline.asl.yaml",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
)


@cache
def identifiers(text: str) -> list[tuple[str, int]]:
    """Names that the source defines or uses, with their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.string, token.start[0]) for token in tokens if token.type == tokenize.NAME]


def parts(name: str) -> set[str]:
    """`PullRoutes` → {pull, routes}; `MOST_JOBS` → {most, jobs}."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


@pytest.mark.parametrize("source", sources(*FOLDERS), ids=str)
def test_no_identifier_has_a_banned_word(source):
    used = {
        (name, line)
        for name, line in identifiers(source.text)
        if name not in ALLOWED and (parts(name) & BANNED.keys() or name in CLASSES)
    }

    assert not [f"{source}:{line} {name}" for name, line in sorted(used, key=lambda found: found[1])]


@pytest.mark.parametrize("source", sources(*FOLDERS), ids=str)
def test_no_docstring_or_comment_is_a_riddle(source):
    assert not riddles(source.text)


@pytest.mark.parametrize("source", sources(*FOLDERS), ids=str)
def test_docstrings_begin_with_a_noun_or_a_verb(source):
    documented = [node for node in ast.walk(source.tree) if isinstance(node, DOCUMENTED)]
    texts = [(getattr(node, "lineno", 1), ast.get_docstring(node) or "") for node in documented]

    assert not [f"{source}:{line} {text.splitlines()[0]}" for line, text in texts if re.match(PRONOUN, text)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_document_is_a_riddle(document):
    assert not riddles((ROOT / document).read_text(encoding="utf-8"))


def riddles(text: str) -> list[str]:
    lines = enumerate(text.splitlines(), start=1)
    return [
        f"{number}: {line.strip()}" for number, line in lines for riddle in PHRASES if re.search(riddle, line, re.I)
    ]
