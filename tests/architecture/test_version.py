"""Pullcord's version stands in one place, and the CHANGELOG has its newest entry."""

import re
from importlib.metadata import version

import pytest

from pullcord.version import GITLAB_VERSION, VERSION
from pullcord.wire import instance_json
from pullcord_local import commands
from tests.architecture.sources import ROOT


def test_the_installed_package_has_the_version():
    assert version("pullcord") == VERSION


def test_the_changelog_begins_with_the_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", text, re.MULTILINE)

    assert next(heading for heading in headings if heading != "Unreleased") == VERSION


def test_the_command_line_tells_the_version(capsys):
    with pytest.raises(SystemExit) as ended:
        commands.main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"pullcord {VERSION}\n"


def test_metadata_tells_the_version_beside_the_one_that_clients_expect():
    metadata = instance_json.metadata("https://ci.example.com")

    assert metadata["pullcord"] == {"version": VERSION}
    assert metadata["version"] == instance_json.version()["version"] == GITLAB_VERSION
