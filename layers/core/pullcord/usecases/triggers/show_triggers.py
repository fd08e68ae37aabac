"""Trigger tokens as a user may see them: whole or four characters, with last use and owner."""

from collections.abc import Sequence
from dataclasses import dataclass

from pullcord.access import TriggerView, User
from pullcord.tokens import Trigger
from pullcord.usecases.people_ports import UsersById
from pullcord.usecases.ports import Pipelines
from pullcord.usecases.triggers import manage_triggers


@dataclass(frozen=True, slots=True)
class ShowTriggersDeps:
    """The stores and services that showing trigger tokens uses; every `deps.` below is an effect."""

    managing: manage_triggers.TriggerTokenDeps
    pipelines: Pipelines
    users: UsersById


def show_triggers(triggers: Sequence[Trigger], user: User | None, deps: ShowTriggersDeps) -> list[TriggerView]:
    """The views of these trigger tokens for a user."""
    owners = deps.users.users({trigger.owner_id for trigger in triggers})
    return [
        TriggerView(
            trigger,
            manage_triggers.visible_token(trigger, user, deps.managing),
            deps.pipelines.last_used(trigger.project_id, trigger.id),
            owners.get(trigger.owner_id),
        )
        for trigger in triggers
    ]
