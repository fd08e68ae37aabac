"""Deleting a project: its tokens first."""

import pytest

from pullcord.access import Level, abilities
from pullcord.errors import Forbidden
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects.delete_project import DeleteProjectDeps, delete_project
from tests.unit.usecases.fakes import ADA, WIDGETS, TriggerTokens
from tests.unit.usecases.stores import Projects


@pytest.fixture
def deleted():
    return []


@pytest.fixture
def deps(deleted):
    return DeleteProjectDeps(Projects(deleted=deleted), TriggerTokens(deleted=deleted))


def access(level):
    return ProjectAccess(WIDGETS, ADA, abilities(ADA, level, WIDGETS), level)


def test_trigger_tokens_are_deleted_before_and_after_the_project(deps, deleted):
    delete_project(access(Level.OWNER), deps)

    assert deleted == ["triggers of project 7", "project 7", "triggers of project 7"]


def test_a_deletion_can_be_repeated(deps, deleted):
    delete_project(access(Level.OWNER), deps)
    delete_project(access(Level.OWNER), deps)

    assert deps.projects.stored == {}


def test_owners_alone_delete_a_project(deps, deleted):
    with pytest.raises(Forbidden):
        delete_project(access(Level.MAINTAINER), deps)

    assert deleted == []
