"""Managing protected branches and tags."""

import pytest

from pullcord.errors import Conflict, Forbidden, NotFound, RecordNotFound, Unprocessable
from pullcord.projects import Grant, ProtectedRef
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.settings import manage_protected_refs
from pullcord.usecases.settings.manage_protected_refs import GrantChange, ProtectedRefChange, ProtectedRefDeps
from tests.unit.usecases.fakes import ADA, WIDGETS
from tests.unit.usecases.lists import Sequences, VersionedList
from tests.unit.usecases.stores import Users

MAINTAINER = ProjectAccess(WIDGETS, ADA, frozenset({"admin_project"}))
DEVELOPER = ProjectAccess(WIDGETS, ADA, frozenset({"push_code"}))
MAIN = ProtectedRef("branch", "main", 1, push=(Grant(10, level=40), Grant(11, user_id=ADA.id)))
TAGS = ProtectedRef("tag", "main", 2, create=(Grant(20, level=30),))


def deps_of(*refs):
    return ProtectedRefDeps(VersionedList(refs), Users(), Sequences())


def test_a_branch_and_a_tag_of_one_name_are_protected_separately():
    deps = deps_of(MAIN, TAGS)

    assert manage_protected_refs.list_protected(MAINTAINER, "branch", None, deps) == [MAIN]
    assert manage_protected_refs.find_protected(MAINTAINER, "tag", "main", deps) == TAGS


@pytest.mark.parametrize(("search", "found"), [("MA", [MAIN]), ("x", []), (None, [MAIN])])
def test_protected_refs_are_searched_by_name(search, found):
    assert manage_protected_refs.list_protected(MAINTAINER, "branch", search, deps_of(MAIN)) == found


def test_every_level_and_user_gets_a_grant_of_their_own():
    wanted = ProtectedRefChange(
        push=(GrantChange(level=0), GrantChange(user_id=ADA.id)), merge=(GrantChange(level=30),)
    )

    made = manage_protected_refs.protect(MAINTAINER, "branch", "x*", wanted, deps_of())

    assert [(grant.level, grant.user_id) for grant in made.push] == [(0, None), (None, ADA.id)]
    assert [grant.id for grant in (*made.push, *made.merge)] == [1, 2, 1]


def test_protected_branches_and_tags_are_counted_separately():
    deps = deps_of()
    made = [
        manage_protected_refs.protect(MAINTAINER, kind, name, ProtectedRefChange(), deps).id
        for kind, name in (("branch", "a"), ("branch", "b"), ("tag", "a"))
    ]

    assert made == [1, 2, 1]


def test_a_refused_protection_takes_no_number():
    deps = deps_of(MAIN)
    with pytest.raises(Conflict):
        manage_protected_refs.protect(MAINTAINER, "branch", "main", ProtectedRefChange(), deps)

    assert deps.sequences.last == {}


def test_a_repeated_attempt_takes_no_further_number():
    deps = deps_of()
    deps.refs.conflicts = 3
    made = manage_protected_refs.protect(MAINTAINER, "branch", "main", ProtectedRefChange(), deps)

    assert (made.id, deps.sequences.last["protected_branches"]) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "refusal", "message"),
    [
        ("branch", Conflict, "Protected branch 'main' already exists"),
        ("tag", Unprocessable, "Name has already been taken"),
    ],
)
def test_a_protected_ref_cannot_be_protected_again(kind, refusal, message):
    with pytest.raises(refusal, match=message):
        manage_protected_refs.protect(MAINTAINER, kind, "main", ProtectedRefChange(), deps_of(MAIN, TAGS))


def test_grants_are_added_changed_and_deleted():
    wanted = ProtectedRefChange(
        push=(GrantChange(id=10, destroy=True), GrantChange(id=11, level=30), GrantChange(level=0)),
        allow_force_push=True,
    )

    changed = manage_protected_refs.change_protected(MAINTAINER, "branch", "main", wanted, deps_of(MAIN))

    assert [(grant.level, grant.user_id) for grant in changed.push] == [(30, None), (0, None)]
    assert changed.allow_force_push


def test_a_change_without_fields_changes_nothing():
    changed = manage_protected_refs.change_protected(MAINTAINER, "branch", "main", ProtectedRefChange(), deps_of(MAIN))

    assert changed == MAIN


@pytest.mark.parametrize(
    ("change", "refusal"),
    [(GrantChange(id=99, destroy=True), RecordNotFound), (GrantChange(user_id=99), Unprocessable)],
)
def test_unknown_grants_and_users_are_refused(change, refusal):
    wanted = ProtectedRefChange(push=(change,))

    with pytest.raises(refusal):
        manage_protected_refs.change_protected(MAINTAINER, "branch", "main", wanted, deps_of(MAIN))


def test_a_ref_is_unprotected_once():
    deps = deps_of(MAIN)
    manage_protected_refs.unprotect(MAINTAINER, "branch", "main", deps)

    assert deps.refs.rows == ()
    with pytest.raises(RecordNotFound):
        manage_protected_refs.unprotect(MAINTAINER, "branch", "main", deps)


def test_developers_may_not_list_protected_refs():
    with pytest.raises(Forbidden):
        manage_protected_refs.list_protected(DEVELOPER, "branch", None, deps_of(MAIN))


def test_users_with_grants_are_named():
    assert manage_protected_refs.named_users([MAIN, TAGS], deps_of()) == {ADA.id: ADA.name}


@pytest.mark.parametrize(("failing", "refusal"), [("owner", NotFound), ("size", Unprocessable), ("list", Conflict)])
def test_a_list_that_cannot_be_stored_is_refused(failing, refusal):
    deps = deps_of(MAIN)
    deps.refs.failing = frozenset({failing})

    with pytest.raises(refusal):
        manage_protected_refs.unprotect(MAINTAINER, "branch", "main", deps)


def test_a_change_is_retried_after_changes_by_others():
    deps = deps_of(MAIN)
    deps.refs.conflicts = 3

    manage_protected_refs.unprotect(MAINTAINER, "branch", "main", deps)

    assert deps.refs.rows == ()


def test_a_ref_needs_a_name():
    with pytest.raises(Unprocessable, match="Name can't be blank"):
        manage_protected_refs.protect(MAINTAINER, "branch", " ", ProtectedRefChange(), deps_of())
