"""Logins for git remotes: sealed, and bound to their project and URL."""

from copy import replace

import pytest

from pullcord.git_logins import login_of, sealed_login
from pullcord.peppers import Keyring, PepperSet
from pullcord.projects import Project

URL = "https://git.example.test/widgets.git"
PEPPERS = PepperSet("first")
PROJECT = Project(7, "Widgets", "widgets", 3, "acme", URL)
LOGIN = ("ada", 's3cret: "é"')


def with_login(project=PROJECT, login=LOGIN):
    return replace(project, import_login=sealed_login(login, project.id, project.import_url, PEPPERS.keyring, bytes))


def test_a_login_is_opened_for_its_project_and_url():
    project = with_login()

    assert login_of(project, PEPPERS.keyring) == LOGIN
    assert b"s3cret" not in project.import_login


@pytest.mark.parametrize("login", [("", ""), ("ada", ""), ("", "token"), ("a" * 1000, "\u2028")])
def test_every_login_can_be_sealed(login):
    assert login_of(with_login(login=login), PEPPERS.keyring) == login


@pytest.mark.parametrize(
    "changed", [{"id": 8}, {"import_url": "https://evil.example.test/widgets.git"}, {"import_url": f"{URL}/"}]
)
def test_a_login_is_for_no_other_project_or_url(changed):
    assert login_of(replace(with_login(), **changed), PEPPERS.keyring) is None


def test_a_project_without_a_login_has_none():
    assert login_of(PROJECT, PEPPERS.keyring) is None


def test_a_login_is_readable_after_rotations():
    rotated = PEPPERS.rotated("second").rotated("third").rotated("fourth")

    assert login_of(with_login(), rotated.keyring) == LOGIN


def test_a_login_of_another_deployment_is_not_readable():
    assert login_of(with_login(), Keyring(["foreign"])) is None
