"""Tokens that are used, made and revoked while the pepper rotates."""

import itertools

import pytest

from tests.integration.rotation import books


@pytest.fixture
def balance(world, operator):
    return lambda: books.balance(operator, world.outputs)


class Bystander:
    """Uses, makes and revokes tokens at every moment of a rotation, with an old keyring and with the newest."""

    def __init__(self, new_sandbox):
        self.new_sandbox = new_sandbox
        self.old = new_sandbox()
        self.triggers, self.personal, self.gone = [], [], []
        self.turns = itertools.cycle(["old", "", "", "newest", "", ""])  # else there would be no end of changes
        for _ in range(2):
            self.make(self.old)

    def make(self, sandbox):
        self.triggers.append(sandbox.new_trigger())
        self.personal.append(sandbox.new_personal())

    def revoke(self, sandbox):
        trigger, token = self.triggers.pop(0)
        sandbox.revoke_trigger(trigger)
        personal, value = self.personal.pop(0)
        assert sandbox.revoke_personal(personal)
        self.gone = [*self.gone[-1:], (token, value)]

    def look(self, *sandboxes):
        for sandbox in sandboxes:
            assert all(sandbox.accepts(token) for _, token in self.triggers)
            assert all(sandbox.calls(value) is True for _, value in self.personal)
            assert not any(sandbox.accepts(token) for token, _ in self.gone)
            assert {sandbox.calls(value) for _, value in self.gone} <= {"token_revoked"}

    def act(self):
        newest = self.new_sandbox()
        self.look(self.old, newest)
        if turn := next(self.turns):
            self.make(self.old if turn == "old" else newest)
            self.revoke(newest if turn == "old" else self.old)


def test_no_call_fails_between_any_two_calls_of_a_rotation(world, new_sandbox, new_rotation, balance):
    rotation = new_rotation()
    bystander = Bystander(new_sandbox)
    world.between = bystander.act

    rotation.run()

    world.between = None
    newest = new_sandbox()
    bystander.look(bystander.old, newest)
    assert [newest.shows(trigger) for trigger, _ in bystander.triggers] == [token for _, token in bystander.triggers]
    new_rotation().run()
    bystander.look(new_sandbox())
    balance()


@pytest.mark.parametrize("kind", ["trigger", "personal"])
def test_what_is_revoked_between_reading_and_writing_stays_revoked(world, sandbox, new_sandbox, new_rotation, kind):
    trigger, token = sandbox.new_trigger()
    personal, value = sandbox.new_personal()
    rotation = new_rotation()

    def revoke():
        if world.calls[-1] == "BatchGetItem":
            world.between = None
            if kind == "trigger":
                sandbox.revoke_trigger(trigger)
            else:
                sandbox.revoke_personal(personal)

    world.between = revoke
    rotation.step("createSecret")
    rotation.step("setSecret")
    rotation.run()

    assert new_sandbox().accepts(token) is (kind != "trigger")
    assert new_sandbox().calls(value) == ("token_revoked" if kind == "personal" else True)
