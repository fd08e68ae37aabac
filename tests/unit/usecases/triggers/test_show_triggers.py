"""Trigger tokens as a user may see them."""

from pullcord.pipelines import Pipeline
from pullcord.usecases.auth.project_access import authorize_project
from pullcord.usecases.triggers import manage_triggers
from pullcord.usecases.triggers.manage_triggers import TriggerTokenDeps
from pullcord.usecases.triggers.show_triggers import ShowTriggersDeps, show_triggers
from tests.unit.usecases.fakes import ADA, NOW, ROOT, SHA, TODAY, WIDGETS, Peppers, Pipelines, Time, TriggerTokens
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import BOB, Directory, Users

DEPS = TriggerTokenDeps(Peppers(), TriggerTokens(), Sequences(), Time().runtime)
ACCESS = authorize_project("7", ADA, Directory(levels={ADA.id: 40}), TODAY)
TRIGGER = manage_triggers.create_trigger(ACCESS, "nightly", None, DEPS)
PIPELINE = Pipeline(
    9001, 17, WIDGETS.id, ADA.id, SHA, "main", False, "trigger", "created", NOW, NOW, trigger_id=TRIGGER.id
)


def view_for(user, *pipelines, users=None):
    deps = ShowTriggersDeps(DEPS, Pipelines({one.id: one for one in pipelines}), users or Users())
    (view,) = show_triggers([TRIGGER], user, deps)
    return view


def test_the_owner_and_administrators_see_the_whole_token():
    token = view_for(ADA).token

    assert token.startswith("glptt-")
    assert view_for(ROOT).token == token
    assert view_for(BOB).token == view_for(None).token == token[6:10]


def test_a_trigger_has_the_time_of_its_newest_pipeline():
    older = PIPELINE._replace(id=9000, created_at="2026-02-01T00:00:00.000Z")

    assert view_for(ADA).last_used is None
    assert view_for(ADA, PIPELINE._replace(trigger_id=None)).last_used is None
    assert view_for(ADA, older, PIPELINE).last_used == NOW


def test_a_trigger_has_its_owner_unless_they_were_deleted():
    assert view_for(ADA).owner == ADA
    assert view_for(ADA, users=Users(stored={ROOT.id: ROOT})).owner is None


def test_views_keep_the_order_of_the_triggers():
    other = manage_triggers.create_trigger(ACCESS, "weekly", None, DEPS)
    deps = ShowTriggersDeps(DEPS, Pipelines(), Users())

    assert [view.trigger for view in show_triggers([other, TRIGGER], ADA, deps)] == [other, TRIGGER]
    assert show_triggers([], ADA, deps) == []
