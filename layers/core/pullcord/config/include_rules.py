"""`include:rules`: whether an entry is included at all."""

from pullcord.config.files import Base
from pullcord.config.scope import Scope
from pullcord.config.tree import Map


def passes(entry: Map, base: Base, scope: Scope) -> bool:
    """The first rule that matches decides; no rules include, rules without a match do not."""
    del base, scope
    return entry.get("rules") is None
