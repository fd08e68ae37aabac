"""README.md is true: every shell line and every script of it is run against a service."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL_INSIDE = re.compile(r"(?:- |run: |sh ')?(curl .*?)'?$", re.MULTILINE)


def section(title):
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def fences(title):
    return FENCE.findall(section(title))


def lines(title):
    """Shell of a section: whole blocks of it, and the lines inside other systems' files."""
    for language, text in fences(title):
        if language == "sh":
            yield text
        elif language in {"yaml", "groovy"}:
            yield from (found[1].removesuffix("'") for found in SHELL_INSIDE.finditer(text))


def run(script, environment):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def environment(service, make_repository):
    """What the reader has after the first two blocks of "Use"."""
    known = {
        "PULLCORD_URL": service.url,
        "ROOT_TOKEN": service.root_token,
        "REPOSITORY": make_repository().url,
        "CI_PROJECT_PATH": "acme/gadgets",
        "BUILD_TAG": "jenkins-widgets-42",
        "GITHUB_SHA": "0" * 40,
    }
    project, trigger = run(next(lines("Use")).replace("\n\n", "\necho\n"), known).splitlines()
    return {**known, "PROJECT_ID": str(json.loads(project)["id"]), "TRIGGER_TOKEN": json.loads(trigger)["token"]}


def test_a_project_and_a_token_come_of_the_first_block(environment):
    assert environment["TRIGGER_TOKEN"].startswith("glptt-")


@pytest.mark.parametrize("script", list(lines("Use"))[1:], ids=lambda script: script.split("--")[-1].strip()[:40])
def test_the_other_lines_of_use_start_a_pipeline(script, environment):
    assert json.loads(run(script, environment))["source"] == "trigger"


@pytest.mark.parametrize("script", list(lines("Call it from elsewhere")), ids=str)
def test_each_caller_from_elsewhere_starts_a_pipeline(script, environment):
    assert json.loads(run(script, environment))["status"] == "created"


def test_every_curl_line_of_the_callers_is_found():
    assert len(list(lines("Call it from elsewhere"))) == section("Call it from elsewhere").count("curl --")


def test_a_team_is_set_up_with_curl(environment):
    (script,) = lines("Set up a team")

    assert '"description":"of Ada"' in run(script, environment)


@pytest.mark.parametrize("title", ["Use", "Set up a team"])
def test_the_python_lines_start_a_pipeline(title, environment, capsys):
    (script,) = (text for language, text in fences(title) if language == "python")

    exec(compile(script, "README.md", "exec"), dict(environment))  # the very lines a reader copies

    assert "/-/pipelines/" in capsys.readouterr().out
