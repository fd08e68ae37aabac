"""Browsing branches, tags and commits of a project, live from its remote."""

from copy import replace

import pytest

from pullcord.access import Level, abilities, effective_level
from pullcord.errors import Forbidden, NotFound, Unavailable
from pullcord.git import CommitNotFound, RepositoryUnavailable
from pullcord.pipelines import Pipeline
from pullcord.projects import ADMINISTRATORS, Grant, ProtectedRef
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects import browse_repository
from pullcord.usecases.projects.browse_repository import RepositoryDeps
from tests.unit.usecases.fakes import ADA, NOW, ROOT, SHA, WIDGETS, Pipelines
from tests.unit.usecases.hosts import Repositories, Repository
from tests.unit.usecases.lists import VersionedList
from tests.unit.usecases.stores import BOB

PUBLIC = replace(WIDGETS, visibility="public")
PIPELINE = Pipeline(9001, 17, WIDGETS.id, ADA.id, SHA, "main", False, "trigger", "created", NOW, NOW)
REFS = {"main": "branch", "feature/main": "branch", "stable": "branch", "v1.0": "tag", "v1.1": "tag"}
ADMINISTRATORS_ALONE = ProtectedRef("branch", "main", push=(Grant(1, level=ADMINISTRATORS),))
MAINTAINERS = ProtectedRef("branch", "ma*", push=(Grant(1, level=40),))
DEVELOPERS = ProtectedRef("branch", "main", push=(Grant(1, level=30),), merge=(Grant(2, level=30),))
DEVELOPERS_PUSH = ProtectedRef("branch", "main", push=(Grant(1, level=30),), merge=(Grant(2, level=0),))
DEVELOPERS_MERGE = ProtectedRef("branch", "main", push=(Grant(1, level=0),), merge=(Grant(2, level=30),))
BOB_MERGES = ProtectedRef("branch", "main", push=(Grant(1, level=0),), merge=(Grant(2, user_id=BOB.id),))
UNGRANTED = ProtectedRef("branch", "main")
NOBODY = ProtectedRef("branch", "main", push=(Grant(1, level=0),))
BOB_ALONE = ProtectedRef("branch", "main", push=(Grant(1, user_id=BOB.id),))


def deps_of(*protections, pipelines=(), repository=None, refusal=None):
    repositories = Repositories(repository or Repository(refs=REFS), refusal)
    return RepositoryDeps(repositories, VersionedList(protections), Pipelines({one.id: one for one in pipelines}))


def access(user=ADA, level=Level.DEVELOPER, project=WIDGETS):
    return ProjectAccess(project, user, abilities(user, level, project), effective_level(user, level))


@pytest.mark.parametrize(
    ("kind", "search", "names"),
    [
        ("branch", None, ["feature/main", "main", "stable"]),
        ("branch", "", ["feature/main", "main", "stable"]),
        ("branch", "MAIN", ["feature/main", "main"]),
        ("branch", "^main", ["main"]),
        ("branch", "main$", ["feature/main", "main"]),
        ("branch", "^main$", ["main"]),
        ("branch", "^ma", ["main"]),
        ("branch", "^ain", []),
        ("branch", "ma$", []),
        ("tag", None, ["v1.0", "v1.1"]),
        ("tag", "^v1.1$", ["v1.1"]),
        ("tag", "main", []),
    ],
)
def test_names_are_searched(kind, search, names):
    assert browse_repository.list_names(access(), kind, search, deps_of()) == names


def test_a_view_has_the_commit_and_deleted_refs_are_left_out():
    views = browse_repository.view_refs(access(), "branch", ["stable", "deleted", "main"], deps_of())

    assert [(view.name, view.default) for view in views] == [("stable", False), ("main", True)]
    assert views[0].commit.id == SHA
    assert views[0].commit.author_email == "ada@example.com"


def test_a_project_without_a_remote_has_nothing():
    empty, deps = access(project=replace(WIDGETS, import_url="")), deps_of(refusal=AssertionError("asked"))

    for kind in ("branch", "tag"):
        assert browse_repository.list_names(empty, kind, None, deps) == []
        assert browse_repository.view_refs(empty, kind, ["main"], deps) == []
        with pytest.raises(NotFound, match=f"404 {kind.capitalize()} Not Found"):
            browse_repository.find_ref(empty, kind, "main", deps)
    with pytest.raises(NotFound, match="404 Commit Not Found"):
        browse_repository.find_commit(empty, "main", deps)


class Odd(Repository):
    """A repository whose refs point at something else than commits."""

    def commit(self, sha):
        raise CommitNotFound


def test_a_tag_of_something_else_than_a_commit_has_none():
    deps = deps_of(repository=Odd(refs=REFS))
    view = browse_repository.find_ref(access(), "tag", "v1.0", deps)

    assert (view.commit, view.target) == (None, SHA)
    with pytest.raises(NotFound, match="404 Commit Not Found"):
        browse_repository.find_commit(access(), "v1.0", deps)


def test_the_projects_default_branch_takes_precedence_over_head():
    project = replace(WIDGETS, default_branch="stable")

    view = browse_repository.find_ref(access(project=project), "branch", "stable", deps_of())

    assert view.default


def test_a_tag_is_never_the_default():
    project, repository = replace(WIDGETS, default_branch="main"), Repository(refs={"main": "tag"})

    view = browse_repository.find_ref(access(project=project), "tag", "main", deps_of(repository=repository))

    assert not view.default


@pytest.mark.parametrize(
    ("user", "level", "protection", "can_push"),
    [
        (ADA, Level.DEVELOPER, None, True),
        (ADA, Level.REPORTER, None, False),
        (None, Level.NONE, None, False),
        (ADA, Level.DEVELOPER, MAINTAINERS, False),
        (ADA, Level.MAINTAINER, MAINTAINERS, True),
        (ADA, Level.DEVELOPER, DEVELOPERS, True),
        (ADA, Level.REPORTER, DEVELOPERS, False),
        (ADA, Level.DEVELOPER, DEVELOPERS_MERGE, False),
        (ADA, Level.OWNER, DEVELOPERS_MERGE, False),
        (ROOT, Level.NONE, DEVELOPERS_MERGE, False),
        (ADA, Level.DEVELOPER, DEVELOPERS_PUSH, True),
        (BOB, Level.MAINTAINER, BOB_MERGES, False),
        (ADA, Level.OWNER, UNGRANTED, False),
        (ADA, Level.OWNER, NOBODY, False),
        (ADA, Level.OWNER, BOB_ALONE, False),
        (BOB, Level.DEVELOPER, BOB_ALONE, True),
        (BOB, Level.REPORTER, BOB_ALONE, False),
        (ADA, Level.OWNER, ADMINISTRATORS_ALONE, False),
        (ROOT, Level.NONE, ADMINISTRATORS_ALONE, True),
        (ROOT, Level.NONE, MAINTAINERS, True),
        (ROOT, Level.NONE, NOBODY, False),
        (ROOT, Level.NONE, None, True),
        (replace(ADA, state="blocked"), Level.OWNER, None, False),
    ],
)
def test_can_push_follows_the_callers_rights_and_the_protections(user, level, protection, can_push):
    protections = (protection,) if protection else ()

    view = browse_repository.find_ref(access(user, level, PUBLIC), "branch", "main", deps_of(*protections))

    assert (view.can_push, view.protected) == (can_push, protection is not None)


def test_nobody_can_push_to_an_archived_project():
    project = replace(WIDGETS, archived=True)

    assert not browse_repository.find_ref(access(ROOT, project=project), "branch", "main", deps_of()).can_push


@pytest.mark.parametrize(
    ("protections", "can_push", "can_merge"),
    [
        ((), False, False),
        ((MAINTAINERS,), False, False),
        ((DEVELOPERS,), True, True),
        ((DEVELOPERS_PUSH,), True, False),
        ((DEVELOPERS_MERGE,), False, True),
        ((MAINTAINERS, DEVELOPERS_MERGE), False, True),
        ((MAINTAINERS, DEVELOPERS_PUSH, DEVELOPERS_MERGE), True, True),
        ((BOB_ALONE,), False, False),
        ((BOB_MERGES,), False, False),
        ((NOBODY, UNGRANTED, ADMINISTRATORS_ALONE), False, False),
    ],
)
def test_what_developers_can_do_is_about_the_grants_of_protected_branches(protections, can_push, can_merge):
    view = browse_repository.find_ref(access(), "branch", "main", deps_of(*protections))

    assert (view.developers_can_push, view.developers_can_merge) == (can_push, can_merge)


def test_protections_of_branches_do_not_cover_tags():
    repository = Repository(refs={"main": "tag"})

    view = browse_repository.find_ref(access(), "tag", "main", deps_of(NOBODY, repository=repository))

    assert (view.protected, view.can_push) == (False, True)


@pytest.mark.parametrize(("kind", "message"), [("branch", "404 Branch Not Found"), ("tag", "404 Tag Not Found")])
def test_an_unknown_ref_is_not_found(kind, message):
    with pytest.raises(NotFound, match=message):
        browse_repository.find_ref(access(), kind, "deleted", deps_of())


@pytest.mark.parametrize("ref", ["main", "v1.0", "HEAD", SHA])
def test_a_commit_is_found_by_branch_tag_and_id_with_its_newest_pipeline(ref):
    older, other = PIPELINE._replace(id=9000), PIPELINE._replace(id=9002, sha="0" * 40)

    commit, last = browse_repository.find_commit(access(), ref, deps_of(pipelines=[older, PIPELINE, other]))

    assert (commit.id, last) == (SHA, PIPELINE)


def test_a_commit_has_no_pipeline_for_callers_who_may_not_read_pipelines():
    project = replace(PUBLIC, public_jobs=False)

    commit, last = browse_repository.find_commit(
        access(None, Level.NONE, project), "main", deps_of(pipelines=[PIPELINE])
    )

    assert (commit.id, last) == (SHA, None)


def test_an_unknown_commit_is_not_found():
    with pytest.raises(NotFound, match="404 Commit Not Found"):
        browse_repository.find_commit(access(), "deleted", deps_of())


CALLS = [
    lambda access, deps: browse_repository.list_names(access, "branch", None, deps),
    lambda access, deps: browse_repository.view_refs(access, "branch", [], deps),
    lambda access, deps: browse_repository.find_ref(access, "tag", "v1.0", deps),
    lambda access, deps: browse_repository.find_commit(access, "main", deps),
]


@pytest.mark.parametrize("browse", CALLS)
def test_guests_do_not_browse_the_repository_of_a_private_project(browse):
    with pytest.raises(Forbidden):
        browse(access(level=Level.GUEST), deps_of())


@pytest.mark.parametrize("browse", CALLS)
def test_a_remote_that_cannot_be_asked_is_unavailable(browse):
    refusal = RepositoryUnavailable("its host name has no address")

    with pytest.raises(Unavailable) as unavailable:
        browse(access(), deps_of(refusal=refusal))
    assert (unavailable.value.code, unavailable.value.message) == (refusal.code, refusal.message)
