"""Predefined variables about one job, as its rules see them: worked out only when somebody asks.

Source: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

import re
from collections.abc import Callable, Iterator, Mapping

from pullcord.config import lazy
from pullcord.config.context import Variable
from pullcord.config.jobs.matrix import Instance

SLUG_LENGTH = 63
NOT_SLUG = re.compile(r"[^a-z0-9]")
NUMBERING = lazy.pattern(r"[\s:]++(?:\[.*\]|\d++[\s:/\\]++\d++)\s*+\Z")
MOST_NUMBERINGS = 3


def slug(text: str) -> str:
    """Lower case, everything but letters and digits as `-`, at most 63 characters, no `-` at the ends."""
    return NOT_SLUG.sub("-", text.lower()).strip("-")[:SLUG_LENGTH].strip("-")


def group(name: str) -> str:
    """The name under which GitLab shows a job together with its siblings: `test 1/3` and `test: [a]` are `test`."""
    for _ in range(MOST_NUMBERINGS):
        name = NUMBERING().sub("", name)
    return name


def environment(instance: Instance) -> Mapping[str, object]:
    """`environment:` as a map, whichever way it was written; empty without one."""
    written = instance.job.options.get("environment")
    if isinstance(written, Mapping):
        return written
    return {"name": str(written)} if written else {}


def of_environment(key: str, default: str | None = None) -> Callable[[Instance], str | None]:
    """A fact that only jobs with an environment have."""

    def fact(instance: Instance) -> str | None:
        written = environment(instance)
        value = written.get(key)
        return str(value) if value is not None else default if written else None

    return fact


FACTS: Mapping[str, Callable[[Instance], str | None]] = {
    "CI_JOB_NAME": lambda instance: instance.name,
    "CI_JOB_NAME_SLUG": lambda instance: slug(instance.name),
    "CI_JOB_GROUP_NAME": lambda instance: group(instance.name),
    "CI_JOB_STAGE": lambda instance: instance.job.stage,
    "CI_JOB_MANUAL": lambda instance: "true" if instance.job.when in {"manual", "delayed"} else None,
    "CI_NODE_INDEX": lambda instance: None if instance.index is None else str(instance.index),
    "CI_NODE_TOTAL": lambda instance: str(instance.total),
    "CI_ENVIRONMENT_ACTION": of_environment("action", "start"),
    "CI_ENVIRONMENT_TIER": of_environment("deployment_tier"),
    "CI_ENVIRONMENT_URL": of_environment("url"),
}


class JobFacts(Mapping[str, Variable]):
    """The facts of one instance. `environment_name` is the expanded one, once it is known."""

    __slots__ = ("environment_name", "instance")

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.environment_name: str | None = None

    def value(self, name: str) -> str | None:
        """The value of a fact; None if there is no such fact about this job."""
        if name == "CI_ENVIRONMENT_NAME":
            return self.environment_name
        fact = FACTS.get(name)
        return None if fact is None else fact(self.instance)

    def __contains__(self, name: object) -> bool:
        return (name in FACTS or name == "CI_ENVIRONMENT_NAME") and self.value(str(name)) is not None

    def __getitem__(self, name: str) -> Variable:
        value = self.value(name)
        if value is None:
            raise KeyError(name)
        return Variable(name, value)

    def __iter__(self) -> Iterator[str]:
        return (name for name in (*FACTS, "CI_ENVIRONMENT_NAME") if self.value(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
