"""Each role is enough and nothing in it is too much: shown by taking each statement away from the running service."""

import time
from contextlib import contextmanager

import pytest

from pullcord_local.iam.grants import grants_of
from pullcord_local.iam.policy import as_list, matches
from tests.integration.roles.deeds import DEEDS
from tests.template.stack import FUNCTIONS, STATE_MACHINES, many, statements

STATEMENTS = [
    (name, index)
    for name, owner in {**FUNCTIONS, **STATE_MACHINES}.items()
    for index, statement in enumerate(statements(owner))
    if not all(action.startswith("logs:") for action in many(statement["Action"]))
]


NEEDED_IN_A_RACE = {"RotatePepperRole: dynamodb:GetItem project#*", "RotatePepperRole: dynamodb:GetItem user#*"}
"""To look again at a token that was changed in the middle of its renewal."""


@pytest.fixture(scope="package")
def used(world):
    """Deed → the parts of roles that it needed, when all deeds have come about; the quickest deeds first."""
    assert world.lasting
    world.forget()
    found, taken = {}, {}
    everything = set(world.guard.used)
    for deed in DEEDS:
        world.guard.used.clear()
        began = time.perf_counter()
        deed(world)
        taken[deed] = time.perf_counter() - began
        found[deed] = set(world.guard.used)
        everything |= found[deed]
    world.guard.used |= everything
    return {deed: found[deed] for deed in sorted(found, key=taken.__getitem__)}


@contextmanager
def without(world, name, role, statement):
    """A block in which a role lacks a statement. What a function has in memory goes first: it may be a secret."""
    if any(grant.action.startswith("secretsmanager:") for grant in grants_of(statement)):
        world.restart(name)
    position = role.statements.index(statement)
    role.statements.remove(statement)
    try:
        yield
    finally:
        role.statements.insert(position, statement)


@pytest.mark.usefixtures("used")
def test_nothing_is_denied_that_the_service_is_for(world):
    assert world.guard.report()["denied"] == []


@pytest.mark.usefixtures("used")
def test_nothing_is_granted_that_no_deed_needs(world):
    unused = {
        f"{role.removeprefix('pullcord-')}: {part.partition(' ')[0]} {part.rpartition('[')[2].rstrip(']')}"
        for role, parts_of_role in world.guard.report()["unused"].items()
        for part in parts_of_role
        if role != "pullcord-RolloutRole"  # CodeDeploy's, which is not here
    }

    assert unused <= NEEDED_IN_A_RACE


@pytest.mark.roles
@pytest.mark.parametrize(("name", "index"), STATEMENTS)
def test_without_a_statement_a_deed_fails_by_being_denied(world, used, name, index):
    role = next(role for role in world.guard.roles() if role.name == f"pullcord-{name.removesuffix('Function')}Role")
    statement = role.statements[index]
    needing = [deed for deed in used if {(role.name, grant) for grant in grants_of(statement)} & used[deed]]
    assert needing, f"no deed needs {statement}"
    before = len(world.guard.denied)

    with without(world, name, role, statement), pytest.raises(AssertionError):
        needing[0](world)

    denied = {denial.action for denial in world.guard.denied[before:] if denial.role == role.name}
    assert any(matches(action, found) for action in as_list(statement["Action"]) for found in denied)
