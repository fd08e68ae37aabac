"""Logins for git remotes and configurations: sealed, and bound to their project, setting and URL."""

from copy import replace

import pytest

from pullcord.git_logins import config_login_of, login_of, sealed_config_login, sealed_login
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


CONFIG = "https://ci.example.test/a.yml"


def with_config_login(project=PROJECT, login=LOGIN):
    sealed = sealed_config_login(login, project.id, CONFIG, PEPPERS.keyring, bytes)
    return replace(project, ci_config_path=CONFIG, ci_config_login=sealed)


def test_the_login_of_a_configuration_is_for_its_project_and_url():
    project = with_config_login()

    assert config_login_of(project, PEPPERS.keyring) == LOGIN
    assert config_login_of(replace(project, id=8), PEPPERS.keyring) is None
    assert config_login_of(replace(project, ci_config_path=f"{CONFIG}2"), PEPPERS.keyring) is None
    assert config_login_of(replace(project, ci_config_path=None), PEPPERS.keyring) is None


def test_the_logins_of_remote_and_configuration_do_not_open_for_one_another():
    remote = replace(with_login(replace(PROJECT, import_url=CONFIG)), ci_config_path=CONFIG)
    config = with_config_login(replace(PROJECT, import_url=CONFIG))

    assert config_login_of(replace(remote, ci_config_login=remote.import_login), PEPPERS.keyring) is None
    assert login_of(replace(config, import_login=config.ci_config_login), PEPPERS.keyring) is None


def test_a_login_that_an_earlier_version_has_left_in_the_path_counts():
    project = replace(PROJECT, ci_config_path="https://ada:s3cret@ci.example.test/a.yml")

    assert config_login_of(project, PEPPERS.keyring) == ("ada", "s3cret")


@pytest.mark.parametrize("path", [None, "", "ci/a.yml", "a.yml@acme/tools", CONFIG])
def test_a_configuration_without_a_login_has_none(path):
    assert config_login_of(replace(PROJECT, ci_config_path=path), PEPPERS.keyring) is None
