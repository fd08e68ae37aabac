"""Predefined variables of a job, as its rules see them: computed when they are read.

Source: https://docs.gitlab.com/ci/variables/predefined_variables/
"""

from collections.abc import Callable, Iterator, Mapping

from pullcord.config import lazy
from pullcord.config.context import Variable
from pullcord.config.jobs.matrix import Instance
from pullcord.config.variables.predefined import slug

NUMBERED = lazy.pattern(r"(?<![\s:])[\s:]++\d++[\s:/\\]++\d++\s*+\Z")
BRACKET = lazy.pattern(r"(?<=[\s:])\[")
BEFORE_BRACKET = lazy.pattern(r"(?<![\s:])[\s:]++\Z")
MAX_NUMBERINGS = 3


def group(name: str) -> str:
    """Return the group name of a job, without numbering: `test` for `test 1/3` and `test: [a]`."""
    for _ in range(MAX_NUMBERINGS):
        name = _unnumbered(name)
    return name


def _unnumbered(name: str) -> str:
    """Remove one numbering, in time linear to the length: `[…]` at the end is that of the first bracket of its line."""
    text = name.rstrip()
    if not text.endswith("]"):
        return NUMBERED().sub("", name)
    opening = BRACKET().search(text, text.rfind("\n") + 1)
    return BEFORE_BRACKET().sub("", text[: opening.start()]) if opening else name


def environment(instance: Instance) -> Mapping[str, object]:
    """Return `environment:` as a map, also if it was written as a string; empty without one."""
    written = instance.job.options.get("environment")
    if isinstance(written, Mapping):
        return written
    return {"name": str(written)} if written else {}


def from_environment(key: str, default: str | None = None) -> Callable[[Instance], str | None]:
    """Make the function of a variable that only jobs with an environment have."""

    def value_of(instance: Instance) -> str | None:
        written = environment(instance)
        value = written.get(key)
        return str(value) if value is not None else default if written else None

    return value_of


VALUES: Mapping[str, Callable[[Instance], str | None]] = {
    "CI_JOB_NAME": lambda instance: instance.name,
    "CI_JOB_NAME_SLUG": lambda instance: slug(instance.name),
    "CI_JOB_GROUP_NAME": lambda instance: group(instance.name),
    "CI_JOB_STAGE": lambda instance: instance.job.stage,
    "CI_JOB_MANUAL": lambda instance: "true" if instance.job.when in {"manual", "delayed"} else None,
    "CI_NODE_INDEX": lambda instance: None if instance.index is None else str(instance.index),
    "CI_NODE_TOTAL": lambda instance: str(instance.total),
    "CI_ENVIRONMENT_ACTION": from_environment("action", "start"),
    "CI_ENVIRONMENT_TIER": from_environment("deployment_tier"),
    "CI_ENVIRONMENT_URL": from_environment("url"),
}


class PredefinedJobVariables(Mapping[str, Variable]):
    """Predefined variables of an instance. environment_name: the expanded one, once it is known."""

    __slots__ = ("environment_name", "instance")

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.environment_name: str | None = None

    def value(self, name: str) -> str | None:
        """Return the value of a variable; None if the job does not have it."""
        if name == "CI_ENVIRONMENT_NAME":
            return self.environment_name
        value_of = VALUES.get(name)
        return None if value_of is None else value_of(self.instance)

    def __contains__(self, name: object) -> bool:
        return (name in VALUES or name == "CI_ENVIRONMENT_NAME") and self.value(str(name)) is not None

    def __getitem__(self, name: str) -> Variable:
        value = self.value(name)
        if value is None:
            raise KeyError(name)
        return Variable(name, value)

    def __iter__(self) -> Iterator[str]:
        return (name for name in (*VALUES, "CI_ENVIRONMENT_NAME") if self.value(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
