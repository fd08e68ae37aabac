"""Deleting a user: tokens, projects, the user, in this order."""

from copy import replace

import pytest

from pullcord.errors import Conflict, Forbidden, NotFound
from pullcord.usecases.projects.delete_project import DeleteProjectDeps
from pullcord.usecases.users.delete_user import DeleteUserDeps, delete_user
from tests.unit.usecases.fakes import ADA, ROOT, WIDGETS, PersonalTokens, Time, TriggerTokens, blocked
from tests.unit.usecases.stores import ACME, BOB, Members, Projects, Users

NAMESPACE = 3
OWNER = replace(ADA, namespace_id=NAMESPACE)
OWN = replace(WIDGETS, namespace_id=NAMESPACE)
OTHER = replace(WIDGETS, id=8, namespace_id=ACME.id)


@pytest.fixture
def deleted():
    """The deletions in all stores, in their order."""
    return []


@pytest.fixture
def deps(deleted):
    members = Members()
    users = Users({user.id: user for user in (ROOT, OWNER, BOB)}, members, deleted=deleted)
    projects, triggers = Projects({OWN.id: OWN, OTHER.id: OTHER}, deleted=deleted), TriggerTokens(deleted=deleted)
    personal = PersonalTokens(deleted=deleted)
    deleting = DeleteProjectDeps(projects, triggers)
    return DeleteUserDeps(users, members, projects, personal, triggers, deleting, Time().runtime)


def test_tokens_are_deleted_before_projects_and_again_after_the_user(deps, deleted):
    delete_user(ADA.id, ROOT, deps)

    tokens = ["personal tokens of user 5", "triggers of user 5"]
    project = ["triggers of project 7", "project 7", "triggers of project 7"]
    assert deleted == [*tokens, *project, "user 5", *tokens]


def test_projects_of_other_namespaces_are_kept(deps):
    delete_user(ADA.id, ROOT, deps)

    assert list(deps.projects.stored) == [OTHER.id]


def test_a_user_without_namespace_has_no_projects_to_delete(deps, deleted):
    delete_user(BOB.id, ROOT, deps)

    assert "user 6" in deleted
    assert list(deps.projects.stored) == [OWN.id, OTHER.id]


@pytest.mark.parametrize(
    ("user_id", "caller", "refusal"),
    [(BOB.id, ADA, Forbidden), (99, ADA, Forbidden), (99, ROOT, NotFound), (0, ROOT, NotFound), (-5, ROOT, NotFound)],
)
def test_a_refused_deletion_deletes_nothing(deps, deleted, user_id, caller, refusal):
    with pytest.raises(refusal):
        delete_user(user_id, caller, deps)

    assert deleted == []


@pytest.mark.parametrize(
    ("other", "level", "expires_at"),
    [
        (BOB, 40, None),
        (BOB, 50, "2026-02-28"),
        (BOB, 50, "2026-03-01"),
        (blocked(BOB), 50, None),
        (replace(BOB, id=99), 50, None),
    ],
)
def test_the_sole_owner_of_a_group_cannot_be_deleted(deps, deleted, other, level, expires_at):
    deps.users.stored |= {BOB.id: other} if other.id == BOB.id else {}
    deps.members.join("group", ACME.id, ADA, 50)
    deps.members.join("group", ACME.id, other, level, expires_at)

    with pytest.raises(Conflict) as refusal:
        delete_user(ADA.id, ROOT, deps)

    assert refusal.value.message == "User cannot be removed if is the sole owner of a group"
    assert deleted == []


def test_a_former_owner_can_be_deleted(deps, deleted):
    deps.members.join("group", ACME.id, ADA, 50, expires_at="2026-03-01")

    delete_user(ADA.id, ROOT, deps)

    assert "user 5" in deleted


@pytest.mark.parametrize(
    ("kind", "level", "others"),
    [("group", 50, {BOB: 50}), ("group", 40, {}), ("project", 50, {})],
)
def test_other_members_can_be_deleted(deps, deleted, kind, level, others):
    deps.members.join(kind, ACME.id, ADA, level)
    for user, others_level in others.items():
        deps.members.join(kind, ACME.id, user, others_level)

    delete_user(ADA.id, ROOT, deps)

    assert "user 5" in deleted
