"""Reading the job token allowlists of a project."""

from copy import replace

import pytest

from pullcord.access import Level, abilities
from pullcord.errors import Forbidden
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects.job_token_allowlists import Allowlists
from tests.unit.usecases.fakes import ADA, WIDGETS
from tests.unit.usecases.stores import ACME, TOOLS, Groups, Projects

GADGETS = replace(WIDGETS, id=8, path="gadgets")
PROJECT = replace(WIDGETS, job_token_projects=(8, 99), job_token_groups=(31, 98, 30))
ALLOWLISTS = Allowlists(Projects.of(PROJECT, GADGETS), Groups())


def access(level=Level.MAINTAINER, project=PROJECT):
    return ProjectAccess(project, ADA, abilities(ADA, level, project), level)


def test_the_project_itself_is_first_and_deleted_projects_are_left_out():
    assert ALLOWLISTS.projects(access()) == [PROJECT, GADGETS]


def test_deleted_groups_are_left_out():
    assert ALLOWLISTS.groups(access()) == [TOOLS, ACME]


def test_empty_allowlists():
    assert ALLOWLISTS.projects(access(project=WIDGETS)) == [WIDGETS]
    assert ALLOWLISTS.groups(access(project=WIDGETS)) == []


@pytest.mark.parametrize("read", [ALLOWLISTS.projects, ALLOWLISTS.groups])
def test_maintainers_alone_read_them(read):
    with pytest.raises(Forbidden):
        read(access(Level.DEVELOPER))
