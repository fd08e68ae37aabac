"""Triggers as somebody may see them: with the token or four characters of it, the last use and the owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import ShownTrigger, User
from pullcord.tokens import Trigger
from pullcord.usecases.triggers import manage_triggers


class Uses(Protocol):
    """When triggers were used."""

    def last_used(self, project_id: int, trigger_id: int) -> str | None:
        """When the newest pipeline of a trigger was created."""
        ...


class People(Protocol):
    """Users by id."""

    def users(self, user_ids: Iterable[int]) -> Mapping[int, User]:
        """Those of them that are still there."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that showing triggers touches."""

    managing: manage_triggers.Outside
    uses: Uses
    people: People


def show(triggers: Iterable[Trigger], user: User | None, outside: Outside) -> list[ShownTrigger]:
    """Each of the triggers, as this user may see it."""
    listed = list(triggers)
    owners = outside.people.users({trigger.owner_id for trigger in listed})
    return [
        ShownTrigger(
            trigger,
            manage_triggers.visible_token(trigger, user, outside.managing),
            outside.uses.last_used(trigger.project_id, trigger.id),
            owners.get(trigger.owner_id),
        )
        for trigger in listed
    ]
