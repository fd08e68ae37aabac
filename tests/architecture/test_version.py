"""Pullcord's version stands in one place, and the CHANGELOG has its newest entry."""

import re
from importlib.metadata import version

from pullcord.version import VERSION
from tests.architecture.sources import ROOT


def test_the_installed_package_has_the_version():
    assert version("pullcord") == VERSION


def test_the_changelog_begins_with_the_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", text, re.MULTILINE)

    assert next(heading for heading in headings if heading != "Unreleased") == VERSION
