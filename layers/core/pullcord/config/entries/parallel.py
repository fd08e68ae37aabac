"""Keyword `parallel:` of a job or of a need.

Source: https://docs.gitlab.com/ci/yaml/#parallel
"""

from collections.abc import Mapping

from pullcord.config import ruby
from pullcord.config.checked import Parallel
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry, raw_location_in

MAX_JOBS = 200


def check(entry: Entry, *, numbers: bool = True) -> Parallel | None:
    """Validate a number of instances or a matrix; None without the key. numbers: whether a number is valid."""
    value = entry.value
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        checks.integer_between(entry, "config", 1, MAX_JOBS)
        if not numbers:
            entry.wrong("config", 'cannot use "parallel: <number>".')
        return Parallel(number=int(value)) if not entry.own_faults() else None
    if not isinstance(value, dict):
        entry.refuse("should be an integer or a hash")
        return None
    checks.allowed_keys(entry, ("matrix",))
    checks.required_keys(entry, ("matrix",))
    if entry.own_faults() or value["matrix"] is None:
        return None
    return Parallel(matrix=_matrix(entry.child("matrix")))


def _matrix(entry: Entry) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    value = entry.value
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        entry.wrong("config", "should be an array of hashes")
    if entry.own_faults() or not isinstance(value, list):
        return ()
    matrix = tuple(_variables(entry, index, variables) for index, variables in enumerate(value))
    if sum(map(_combinations, matrix)) > MAX_JOBS:
        entry.late("config", f"generates too many jobs (maximum is {MAX_JOBS})")
    return matrix


def _combinations(variables: Mapping[str, tuple[str, ...]]) -> int:
    """Count the jobs of a matrix entry, up to MAX_JOBS + 1."""
    if not all(variables.values()):
        return 0
    count = 1
    for values in variables.values():
        count = min(count * len(values), MAX_JOBS + 1)
    return count


def _variables(matrix: Entry, index: int, variables: Mapping[object, object]) -> Mapping[str, tuple[str, ...]]:
    raw_location = raw_location_in(matrix.value, index, matrix.raw_location)
    entry = Entry(variables, None, matrix.problems, parent=matrix, location=raw_location, kind="variables")
    if not all(map(_value, variables.values())) or not all(map(_name, variables)):
        entry.wrong("config", "should be a hash of key value pairs, value can be an array")
    if not variables:
        entry.wrong("config", "requires at least 1 items")
    return {ruby.to_s(key): _texts(value) for key, value in variables.items()}


def _value(value: object) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str) or checks.is_integer(item) for item in items)


def _name(key: object) -> bool:
    return isinstance(key, str) or checks.is_integer(key)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(ruby.to_s, value)) if isinstance(value, list) else (ruby.to_s(value),)
