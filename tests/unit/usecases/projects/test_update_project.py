"""Changing a project: fields, archiving and job token allowlists."""

from copy import replace
from types import SimpleNamespace

import pytest

from pullcord.access import Level, abilities
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Refusal
from pullcord.git_logins import config_login_of
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects import update_project
from pullcord.usecases.projects.remotes import RemoteHeads, Remotes
from pullcord.usecases.projects.update_project import UpdateProjectDeps
from tests.unit.usecases.fakes import ADA, NOW, WIDGETS, Peppers, Time
from tests.unit.usecases.hosts import GitHosts, Repository
from tests.unit.usecases.stores import ACME, Directory, Projects

OTHER = "https://git.example.test/other.git"
INSIDE = replace(WIDGETS, namespace_id=ACME.id, groups=(ACME.id,))


@pytest.fixture
def projects():
    return Projects.of(INSIDE)


@pytest.fixture
def deps(projects):
    def parse(url):
        if url != OTHER:
            raise Refusal("not by ftp")
        return SimpleNamespace(credentials=None)

    runtime = Time().runtime
    heads = RemoteHeads(GitHosts({OTHER: Repository()}), projects, Peppers(), runtime)
    return UpdateProjectDeps(Directory(projects), projects, Remotes(parse, heads), runtime)


def access(level=50, project=INSIDE):
    return ProjectAccess(project, ADA, abilities(ADA, Level(level), project), Level(level))


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
def test_maintainers_change_a_project_and_owners_its_name_and_visibility(deps, level, wanted, may):
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
def test_invalid_changes_name_the_field(deps, wanted, field):
    with pytest.raises(Invalid) as refusal:
        update_project.update_project(access(), wanted, deps)

    assert list(refusal.value.problems) == [field]


def test_another_remote_brings_its_own_default_branch(deps):
    old = replace(INSIDE, remote_head="trunk", import_login=b"sealed")

    changed = update_project.update_project(access(project=old), {"import_url": OTHER}, deps)

    assert (changed.import_url, changed.import_login, changed.shown_default_branch) == (OTHER, None, "main")


def test_an_empty_text_takes_the_remote_away(deps):
    old = replace(INSIDE, remote_head="trunk", import_login=b"sealed")

    changed = update_project.update_project(access(project=old), {"import_url": ""}, deps)

    assert (changed.import_url, changed.import_login, changed.shown_default_branch) == ("", None, None)


def test_a_stored_name_and_path_stay_valid_whatever_the_rules_become(deps):
    old = replace(INSIDE, name="app (old)", path="_x")

    assert update_project.update_project(access(project=old), {"description": "kept"}, deps).path == "_x"
    with pytest.raises(Invalid) as refusal:
        update_project.update_project(access(project=old), {"path": "_y"}, deps)
    assert list(refusal.value.problems) == ["path"]


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
def test_a_taken_path_or_a_deleted_project_is_refused(deps, projects, failing, refusal):
    projects.failing = [frozenset({failing})]

    with pytest.raises(refusal):
        update_project.update_project(access(), {"path": "other"}, deps)


def test_owners_archive_and_unarchive(deps):
    assert update_project.archive_project(access(), deps, archived=True).archived
    assert not update_project.archive_project(access(), deps, archived=False).archived
    with pytest.raises(Forbidden):
        update_project.archive_project(access(40), deps, archived=True)


def test_an_allowlist_that_somebody_else_changes_keeps_both_changes(deps, projects):
    projects.failing = [frozenset({"id"})]
    projects.stored[INSIDE.id] = replace(INSIDE, job_token_projects=(8,))

    update_project.allow_job_tokens(access(40), "job_token_projects", 9, deps)

    assert projects.stored[INSIDE.id].job_token_projects == (8, 9)


def test_an_allowlist_that_changes_at_every_attempt_is_a_conflict(deps, projects):
    projects.failing = [frozenset({"id"})] * 9

    with pytest.raises(Conflict):
        update_project.allow_job_tokens(access(40), "job_token_groups", 9, deps)


@pytest.mark.parametrize(
    ("known", "number"), [((8,), 8), ((), INSIDE.id), (tuple(range(1000, 1000 + update_project.MAX_ALLOWLIST)), 8)]
)
def test_additions_to_an_allowlist_that_are_refused(deps, known, number):
    project = replace(INSIDE, job_token_projects=known)

    with pytest.raises(BadRequest):
        update_project.allow_job_tokens(access(40, project), "job_token_projects", number, deps)


def test_a_project_that_is_not_on_the_allowlist_cannot_be_removed(deps):
    with pytest.raises(NotFound):
        update_project.disallow_job_tokens(access(40), "job_token_projects", 9, deps)


PUBLIC = "https://ci.example.com/a.yml"
SECRET = "https://ada:s3cret@ci.example.com/a.yml"
OTHER = "https://ada:changed@ci.example.com/a.yml"


@pytest.mark.parametrize(
    ("sent", "path", "login"),
    [
        ({"ci_config_path": PUBLIC}, PUBLIC, ("ada", "s3cret")),
        ({"ci_config_path": OTHER}, PUBLIC, ("ada", "changed")),
        ({"ci_config_path": "https://ci.example.com/b.yml"}, "https://ci.example.com/b.yml", None),
        ({"ci_config_path": "ci/main.yml"}, "ci/main.yml", None),
        ({"ci_config_path": None}, None, None),
        ({"description": "of brass"}, PUBLIC, ("ada", "s3cret")),
    ],
)
@pytest.mark.parametrize("stored_by", ["this version", "an earlier version"])
def test_the_login_of_a_configuration_stays_with_its_address(deps, sent, path, login, stored_by):
    project = replace(INSIDE, ci_config_path=SECRET)
    if stored_by == "this version":
        project = replace(project, **deps.remotes.config_fields(SECRET, project.id))

    changed = update_project.update_project(access(project=project), sent, deps)

    assert (changed.config_file if path else changed.ci_config_path) == path
    assert config_login_of(changed, deps.remotes.heads.peppers) == login
    if "ci_config_path" in sent and stored_by == "this version":
        assert "s3cret" not in repr(changed)
