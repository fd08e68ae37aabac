from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord import access
from pullcord.access import Level
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Refusal
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects import update_project
from pullcord.usecases.projects.remotes import Remotes
from pullcord.usecases.projects.update_project import UpdateProjectDeps
from tests.unit.usecases.fakes import ADA, NOW, WIDGETS, Peppers, Time
from tests.unit.usecases.kept import ACME

INSIDE = replace(WIDGETS, namespace_id=ACME.id, groups=(ACME.id,))


@dataclass
class Projects:
    """One project. failing: what stands in the way of the next changes."""

    project_now: object = INSIDE
    failing: list = field(default_factory=list)

    def project(self, _number):
        return self.project_now

    def namespace(self, number):
        return ACME if number == ACME.id else None

    def change_project(self, _old, new, *_):
        failed = self.failing.pop() if self.failing else frozenset()
        if not failed:
            self.project_now = new
        return failed


@pytest.fixture
def projects():
    return Projects()


@pytest.fixture
def deps(projects):
    def allow(_remote):
        raise Refusal("not by ftp")

    runtime = Time().runtime
    return UpdateProjectDeps(projects, projects, Remotes(allow, Peppers(), runtime.random), runtime)


def access(level=50, project=INSIDE):
    return ProjectAccess(project, ADA, access.abilities(ADA, Level(level), project), Level(level))


@pytest.mark.parametrize(
    ("level", "wanted", "may"),
    [
        (30, {"description": "x"}, False),
        (40, {"description": "x"}, True),
        (40, {"path": "other"}, True),
        (40, {"name": "Other"}, False),
        (40, {"visibility": "private"}, False),
        (50, {"name": "Other", "visibility": "private"}, True),
    ],
)
def test_who_may_change_what(deps, level, wanted, may):
    if may:
        changed = update_project.update_project(access(level), wanted, deps)
        assert ({name: getattr(changed, name) for name in wanted}, changed.updated_at) == (wanted, NOW)
    else:
        with pytest.raises(Forbidden):
            update_project.update_project(access(level), wanted, deps)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"path": "-x"}, "path"),
        ({"name": "#"}, "name"),
        ({"import_url": "ftp://example.test/x.git"}, "import_url"),
        ({"visibility": "public"}, "visibility_level"),
    ],
)
def test_what_a_project_cannot_be(deps, wanted, field):
    with pytest.raises(Invalid) as refusal:
        update_project.update_project(access(), wanted, deps)

    assert list(refusal.value.problems) == [field]


@pytest.mark.parametrize(
    ("level", "now", "wanted", "may"),
    [
        (40, "maintainer", "developer", True),
        (40, "developer", "owner", False),
        (40, "owner", "developer", False),
        (40, "owner", "owner", True),
        (40, "maintainer", "no_one_allowed", False),
        (50, "maintainer", "no_one_allowed", True),
    ],
)
def test_nobody_sets_a_minimum_role_above_their_own(deps, level, now, wanted, may):
    project = replace(INSIDE, variables_minimum_role=now)
    change = {"variables_minimum_role": wanted}

    if may:
        changed = update_project.update_project(access(level, project), change, deps)
        assert changed.variables_minimum_role == wanted
    else:
        with pytest.raises(Invalid):
            update_project.update_project(access(level, project), change, deps)


@pytest.mark.parametrize(("failing", "refusal"), [("path", Invalid), ("id", NotFound)])
def test_what_is_taken_or_gone(deps, projects, failing, refusal):
    projects.failing = [frozenset({failing})]

    with pytest.raises(refusal):
        update_project.update_project(access(), {"path": "other"}, deps)


def test_owners_archive_and_unarchive(deps):
    assert update_project.archive_project(access(), deps, archived=True).archived
    assert not update_project.archive_project(access(), deps, archived=False).archived
    with pytest.raises(Forbidden):
        update_project.archive_project(access(40), deps, archived=True)


def test_a_list_that_somebody_else_changes_keeps_both_changes(deps, projects):
    projects.failing, projects.project_now = [frozenset({"id"})], replace(INSIDE, job_token_projects=(8,))

    update_project.allow_job_tokens(access(40), "job_token_projects", 9, deps)

    assert projects.project_now.job_token_projects == (8, 9)


def test_a_list_that_is_always_being_changed(deps, projects):
    projects.failing = [frozenset({"id"})] * 9

    with pytest.raises(Conflict):
        update_project.allow_job_tokens(access(40), "job_token_groups", 9, deps)


@pytest.mark.parametrize(
    ("known", "number"), [((8,), 8), ((), INSIDE.id), (tuple(range(1000, 1000 + update_project.MAX_ALLOWLIST)), 8)]
)
def test_who_is_not_admitted(deps, known, number):
    project = replace(INSIDE, job_token_projects=known)

    with pytest.raises(BadRequest):
        update_project.allow_job_tokens(access(40, project), "job_token_projects", number, deps)


def test_who_was_not_admitted_is_not_dismissed(deps):
    with pytest.raises(NotFound):
        update_project.disallow_job_tokens(access(40), "job_token_projects", 9, deps)
