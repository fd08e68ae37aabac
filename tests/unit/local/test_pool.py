"""The sandboxes of a function: not more than the limit, none that stays idle."""

import threading
from pathlib import Path

import pytest

from pullcord_local.inventory import Function
from pullcord_local.lambdas import pool as pool_module
from pullcord_local.lambdas.invocation import Outcome, Throttled
from pullcord_local.lambdas.pool import Pool

FUNCTION = Function("Echo", "echo", "arn", "role", "handler.handle", Path(), (), {}, 5.0, 128)


class FakeProcess:
    def wait(self):
        return 0


class FakeSandbox:
    """A sandbox that is ready at once and answers when `open` is set."""

    def __init__(self, on_ready, gate, busy):
        self.gate, self.busy, self.alive, self.process = gate, busy, True, FakeProcess()
        threading.Thread(target=on_ready, args=(self,), daemon=True).start()

    def invoke(self, _invocation):
        self.busy.release()
        self.gate.wait(60)
        return Outcome(b"{}")

    def close(self):
        self.alive = False


class Sandboxes:
    """Makes sandboxes and remembers them; `clock` is the time of their pool, `busy` counts their invocations."""

    def __init__(self):
        self.made, self.clock = [], 0.0
        self.gate, self.busy = threading.Event(), threading.Semaphore(0)
        self.gate.set()

    def start(self, on_ready, _on_end):
        self.made.append(FakeSandbox(on_ready, self.gate, self.busy))
        return self.made[-1]

    def pool(self, limit):
        return Pool(FUNCTION, self.start, limit, lambda: self.clock)

    def wait_for_invocations(self, number):
        for _ in range(number):
            assert self.busy.acquire(timeout=60)

    @property
    def alive(self):
        return sum(sandbox.alive for sandbox in self.made)


@pytest.fixture
def sandboxes():
    return Sandboxes()


def call_together(pool, callers):
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(pool.invoke(b"{}"))) for _ in range(callers)]
    for thread in threads:
        thread.start()
    return threads, outcomes


@pytest.mark.parametrize("limit", [1, 2, 4])
def test_many_callers_are_served_by_few_sandboxes(sandboxes, monkeypatch, limit):
    monkeypatch.setattr(pool_module, "GROW_AFTER_SECONDS", 0.0)
    pool = sandboxes.pool(limit)
    sandboxes.gate.clear()
    threads, outcomes = call_together(pool, 16)
    sandboxes.wait_for_invocations(limit)
    sandboxes.gate.set()
    for thread in threads:
        thread.join(60)

    assert len(outcomes) == 16
    assert len(sandboxes.made) == limit


def test_who_gets_no_sandbox_in_time_is_told_so(sandboxes, monkeypatch):
    pool = sandboxes.pool(1)
    sandboxes.gate.clear()
    threads, _ = call_together(pool, 1)
    sandboxes.wait_for_invocations(1)
    monkeypatch.setattr(pool_module, "MAX_WAIT_SECONDS", 0.0)

    with pytest.raises(Throttled):
        pool.invoke(b"{}")
    sandboxes.gate.set()
    threads[0].join(60)


def test_sandboxes_that_stay_idle_are_given_back_and_the_one_in_use_is_not(sandboxes, monkeypatch):
    monkeypatch.setattr(pool_module, "GROW_AFTER_SECONDS", 0.0)
    pool = sandboxes.pool(3)
    sandboxes.gate.clear()
    threads, _ = call_together(pool, 3)
    sandboxes.wait_for_invocations(3)
    sandboxes.gate.set()
    for thread in threads:
        thread.join(60)

    for second in range(0, 61, 10):
        sandboxes.clock = float(second)
        pool.invoke(b"{}")
        pool.give_back(60)
    assert sandboxes.alive == 1

    sandboxes.clock = 119.0
    assert pool.give_back(60) == 0
    sandboxes.clock = 120.0
    assert pool.give_back(60) == 1
    assert sandboxes.alive == 0


def test_after_all_were_given_back_the_next_call_gets_a_new_one(sandboxes):
    pool = sandboxes.pool(2)
    pool.invoke(b"{}")
    sandboxes.clock = 60.0
    pool.give_back(60)

    assert pool.invoke(b"{}") == Outcome(b"{}")
    assert (len(sandboxes.made), sandboxes.alive) == (2, 1)
