"""README.md and docs/*.md are true: their shell and Python blocks are run, and the output they show is compared.

- `sh` and `python` blocks are run in the order of the document, as by a reader in one shell. `curl` lines inside the
  files of other systems (`yaml`, `groovy`) are run as well.
- A `text` or `json` block right after an `sh` block shows what it prints.
- `console` blocks need an AWS account, another terminal or much time, and are not run.
"""

import json
import os
import re
import subprocess
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL_INSIDE = re.compile(r"(?:- |run: |sh ')?(curl .*?)'?$", re.MULTILINE)
NOT_HERE = {("docs/operate.md", "python")}
"""Blocks that other tests run: tests/integration/rotation/test_restore.py."""

VARIES = {"id", "project_id", "sha", "token", "web_url", "details_path", "created_at", "updated_at"}
"""Keys whose values differ from call to call."""


class Block(NamedTuple):
    """A block that can be run. shown: the language and text of the output that the document shows after it."""

    document: str
    line: int
    language: str
    text: str
    shown: tuple[str, str] | None

    def __str__(self):
        return f"{self.document}:{self.line}"


class Session:
    """A reader's shell: variables and functions of one block are there in the next."""

    def __init__(self, environment, folder):
        self.environment = environment
        self._state = folder / "environment"

    def run(self, script):
        keeping = f'set -a\n{script}\nenv -0 >"{self._state}"'
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", keeping],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        variables = self._state.read_text(encoding="utf-8").split("\0")
        self.environment = dict(variable.split("=", 1) for variable in variables if variable)
        return done.stdout


def blocks():
    for path in DOCUMENTS:
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        fences = list(FENCE.finditer(text))
        for fence, after in zip_longest(fences, fences[1:]):
            line = text.count("\n", 0, fence.start()) + 1
            shown = after.groups() if after and after[1] in {"text", "json"} and near(text, fence, after) else None
            for script in scripts(name, *fence.groups()):
                yield Block(name, line, fence[1], script, shown if fence[1] == "sh" else None)


def near(text, fence, after):
    """Whether at most one sentence stands between two blocks."""
    return text.count("\n", fence.end(), after.start()) <= 4


def scripts(document, language, text):
    """What of a block is run."""
    if (document, language) in NOT_HERE:
        return []
    if language in {"yaml", "groovy"}:
        return [found[1].removesuffix("'") for found in SHELL_INSIDE.finditer(text)]
    return [text] if language in {"sh", "python"} else []


BLOCKS = list(blocks())


@pytest.fixture(scope="module")
def session(service, make_repository, tmp_path_factory):
    """The session of a document, with what its text asks the reader to have."""
    known = {
        "PULLCORD_URL": service.url,
        "ROOT_TOKEN": service.root_token,
        "REPOSITORY": make_repository().url,
        "CI_PROJECT_PATH": "acme/gadgets",
        "BUILD_TAG": "jenkins-gadgets-42",
        "GITHUB_SHA": "0" * 40,
        "TMPDIR": str(tmp_path_factory.mktemp("reader")),
    }
    sessions = {}

    def of(document):
        if document not in sessions:
            sessions[document] = Session({**os.environ, **known}, tmp_path_factory.mktemp("session"))
        return sessions[document]

    return of


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_block_does_what_its_document_says(block, session, capsys):
    reader = session(block.document)
    if block.language == "python":
        exec(compile(block.text, str(block), "exec"), dict(reader.environment))  # the very lines a reader copies
        printed = capsys.readouterr().out
        assert "/-/pipelines/" in printed
    else:
        printed = reader.run(block.text)
    if "/trigger/pipeline" in block.text and not block.shown:
        assert json.loads(printed)["source"] == "trigger"
    if block.shown:
        compare(block.shown, printed)


def compare(shown, printed):
    language, text = shown
    if language == "json":
        assert steady(json.loads(printed)) == steady(json.loads(text))
    else:
        assert printed.rstrip() == text.rstrip()


def steady(value):
    """A JSON value with only the types of what differs from call to call."""
    if isinstance(value, dict):
        return {key: type(part).__name__ if key in VARIES else steady(part) for key, part in value.items()}
    return value


def test_each_document_has_the_blocks_that_it_is_for():
    ran = {(block.document, block.language) for block in BLOCKS}

    assert ran >= {("README.md", "sh"), ("docs/use.md", "python"), ("docs/use.md", "groovy"), ("docs/use.md", "yaml")}
    assert {(block.document, block.shown[0]) for block in BLOCKS if block.shown} == {
        ("README.md", "json"),
        ("README.md", "text"),
        ("docs/use.md", "json"),
    }


def test_every_curl_call_inside_the_files_of_other_systems_is_found():
    texts = [
        found[2]
        for path in DOCUMENTS
        for found in FENCE.finditer(path.read_text(encoding="utf-8"))
        if found[1] in {"yaml", "groovy"}
    ]

    assert sum(block.language in {"yaml", "groovy"} for block in BLOCKS) == sum(text.count("curl --") for text in texts)
