"""Keyword `rules:` of a job, of `workflow` and of an include.

Source: https://docs.gitlab.com/ci/yaml/#rules
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pullcord.config import ruby
from pullcord.config.checked import AllowFailure, Rule
from pullcord.config.entries import checks, needs, paths, variables
from pullcord.config.entries.entry import Entry, flattened
from pullcord.config.problems import Problem
from pullcord.config.tree import Map, Seq

ON_NEW_COMMIT = ("conservative", "interruptible", "none")
ON_JOB_FAILURE = ("none", "all")


class RuleKind(NamedTuple):
    """Kind of rules: valid values of `when`, valid keys. limited: whether `exists` may have fifty paths at most."""

    when: frozenset[str]
    keys: frozenset[str]
    limited: bool = True


OF_A_JOB = RuleKind(
    frozenset({"on_success", "on_failure", "always", "never", "manual", "delayed"}),
    frozenset({"if", "changes", "exists", "when", "start_in", "allow_failure", "variables", "needs", "interruptible"}),
)
OF_A_WORKFLOW = RuleKind(
    frozenset({"always", "never"}),
    frozenset({"if", "changes", "exists", "when", "start_in", "allow_failure", "variables", "needs", "auto_cancel"}),
)
OF_AN_INCLUDE = RuleKind(frozenset({"always", "never"}), frozenset({"if", "changes", "exists", "when"}), limited=False)
_BOOLEAN = frozenset({"allow_failure", "interruptible"})
_KINDS = {"job": OF_A_JOB, "workflow": OF_A_WORKFLOW, "include": OF_AN_INCLUDE}


def check_rules(
    value: object, owner_path: str, kind: Literal["job", "workflow", "include"]
) -> tuple[tuple[Rule, ...], list[Problem]]:
    """Validate rules outside the validated tree. owner_path: path of the node that they belong to, as `include`."""
    problems: list[Problem] = []
    raw_location = value.raw_location if isinstance(value, (Map, Seq)) else None
    owner = Entry(None, owner_path, problems, location=raw_location)
    key = None if kind == "include" else "rules"
    entry = Entry(value, key, problems, parent=owner, location=raw_location, kind="rules")
    return _list(entry, _KINDS[kind]), problems


def check(entry: Entry, kind: RuleKind) -> tuple[Rule, ...] | None:
    """Validate rules; nested lists are flattened. None without the key or with null."""
    return None if entry.value is None else _list(entry, kind)


def auto_cancel(entry: Entry) -> Mapping[str, str]:
    """Validate `auto_cancel`; the result has the written keys."""
    if entry.value is None:
        return {}
    checks.map_(entry)
    checks.allowed_keys(entry, ("on_new_commit", "on_job_failure"))
    for key, choice in (("on_new_commit", ON_NEW_COMMIT), ("on_job_failure", ON_JOB_FAILURE)):
        checks.one_of(entry, key, choice, "must be one of: " + ", ".join(choice))
    return {ruby.to_s(key): ruby.to_s(value) for key, value in entry.map.items() if value is not None}


def _list(entry: Entry, kind: RuleKind) -> tuple[Rule, ...]:
    checks.present(entry, "config")
    if not isinstance(entry.value, list):
        entry.wrong("config", "should be an array")
    if entry.own_faults():
        return ()
    items = flattened(entry.value, entry.raw_location)
    return tuple(
        [_rule(entry.item(item, "rule", raw_location), kind) for item, raw_location in items if item is not None]
    )


def _rule(entry: Entry, kind: RuleKind) -> Rule:
    _check_own(entry, kind)
    if entry.own_faults() or not isinstance(entry.value, dict):
        return Rule(location=entry.location)
    value = entry.value
    allow_failure = value.get("allow_failure")
    return Rule(
        if_=value.get("if"),
        changes=paths.changes(entry.child("changes")) if "changes" in value else None,
        exists=paths.exists(entry.child("exists"), limited=kind.limited) if "exists" in value else None,
        when=value.get("when"),
        start_in=value.get("start_in"),
        allow_failure=AllowFailure(allow_failure) if isinstance(allow_failure, bool) else None,
        variables=variables.check(entry.child("variables"), variables.TEXT_ONLY) if "variables" in value else (),
        needs=needs.check(entry.child("needs"), (needs.JOB,)) if "needs" in value else None,
        interruptible=value.get("interruptible"),
        auto_cancel=auto_cancel(entry.child("auto_cancel")) if "auto_cancel" in value else {},
        location=entry.location,
    )


def _check_own(entry: Entry, kind: RuleKind) -> None:
    if not checks.map_(entry) or not entry.value:
        checks.present(entry, "config")
    if not isinstance(entry.value, dict):
        checks.map_(entry)
        return
    if kind is OF_AN_INCLUDE:
        checks.allowed_keys(entry, kind.keys)
        checks.expression(entry, "if")
        _check_when(entry, kind)
        return
    if entry.map.get("when") == "delayed":
        checks.present(entry, "start_in")
        checks.duration(entry, "start_in", checks.WEEK)
    elif "start_in" in entry.map:
        checks.disallowed_keys(entry, ("start_in",))
    checks.expression(entry, "if")
    if not _BOOLEAN.isdisjoint(entry.map):
        checks.boolean(entry, "allow_failure")
        checks.boolean(entry, "interruptible")
    _check_when(entry, kind)
    checks.allowed_keys(entry, kind.keys)


def _check_when(entry: Entry, kind: RuleKind) -> None:
    when = entry.map.get("when")
    if when is not None and ruby.to_s(when) not in kind.when:
        entry.wrong("when", f"unknown value: {ruby.to_s(when)}")
