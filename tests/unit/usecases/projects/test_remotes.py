"""Remotes of projects: which are allowed, and where their logins are stored."""

from copy import replace
from os import urandom

import pytest

from pullcord.errors import Invalid
from pullcord.git import Policy
from pullcord.git.remotes import parse
from pullcord.git_logins import login_of
from pullcord.peppers import Keyring
from pullcord.projects import Project
from pullcord.usecases.projects.remotes import Remotes

PEPPERS = Keyring(["pepper"])
WITH_LOGIN = "https://ada:s3cret%40home@git.example.com:443/a/b.git/"


def fields(import_url, project_id=7):
    remotes = Remotes(lambda url: parse(url, Policy()), PEPPERS, urandom)
    return remotes.fields(import_url, remotes.parsed(import_url), project_id)


def project(**more):
    return Project(7, "Widgets", "widgets", 1, "root", **more)


def test_a_url_without_a_login_is_stored_unchanged():
    assert fields("https://git.example.com/a.git/") == {
        "import_url": "https://git.example.com/a.git/",
        "import_login": None,
    }


def test_a_login_is_taken_out_of_the_url_and_sealed_for_the_project():
    stored = fields(WITH_LOGIN)

    assert stored["import_url"] == "https://git.example.com/a/b.git"
    assert b"s3cret" not in stored["import_login"]
    assert login_of(project(**stored), PEPPERS) == ("ada", "s3cret@home")
    assert "s3cret" not in repr(project(**stored))


def test_a_login_opens_neither_for_another_project_nor_for_another_url():
    stored = project(**fields(WITH_LOGIN))

    assert login_of(replace(stored, id=8), PEPPERS) is None
    assert login_of(replace(stored, import_url="https://evil.example.com/a/b.git"), PEPPERS) is None


def test_a_project_without_a_login_has_none():
    assert login_of(project(import_url="https://git.example.com/a.git"), PEPPERS) is None


@pytest.mark.parametrize("import_url", ["https://ada:s3cret@127.1/a", "http://ada:s3cret@git.example.com/a", "s3cret"])
def test_a_refusal_does_not_repeat_the_url(import_url):
    with pytest.raises(Invalid) as refusal:
        fields(import_url)
    assert "s3cret" not in str(refusal.value.problems)
