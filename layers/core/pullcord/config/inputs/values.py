"""The values of a file's inputs: what was given, checked against what its header declares.

Source: https://docs.gitlab.com/ci/inputs/
"""

from collections.abc import Hashable, Iterator, Mapping

from pullcord.config.conditions import expressions
from pullcord.config.entries.input_types import coerced, faults
from pullcord.config.problems import Place, Problem
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq


class Resolved:
    """Values by name, as far as they could be found, and everything that is wrong."""

    __slots__ = ("problems", "values")

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.problems: list[Problem] = []


def resolve(declared: Map, given: Mapping[Hashable, object]) -> Resolved:
    """The value of every declared input, in order: rules of one see the values of those before it."""
    result = Resolved()
    if unknown := [name for name in given if to_s(name) not in declared]:
        place = given.at(unknown[0]) if isinstance(given, Map) else None
        message = f"unknown input arguments: {', '.join(map(to_s, unknown))}"
        result.problems.append(Problem(message, place or declared.place))
    values = {to_s(name): value for name, value in given.items()}
    for key, written in declared.items():
        name = to_s(key)
        spec = written if isinstance(written, Map) else Map(declared.at(key))
        one = Input(name, spec, declared.at(key))
        result.values[name] = one.value(values.get(name), result.values)
        result.problems += one.problems
    return result


class Input:
    """One declared input while its value is found."""

    __slots__ = ("name", "place", "problems", "spec")

    def __init__(self, name: str, spec: Map, place: Place | None) -> None:
        self.name = name
        self.spec = spec
        self.place = place
        self.problems: list[Problem] = []

    @property
    def type(self) -> str:
        """The declared type; text without one."""
        return to_s(self.spec.get("type") or "string")

    def value(self, given: object, earlier: Mapping[str, object]) -> object:
        """The given value or the default, in the declared type."""
        options, required, default = self.spec.get("options"), "default" not in self.spec, self.spec.get("default")
        if isinstance(rules := self.spec.get("rules"), Seq):
            given = None if given == "" else given
            if (rule := matching(rules, earlier)) is not None:
                if not self.usable(rule):
                    return None
                options, required, default = rule.get("options"), False, rule.get("default")
        if given is None and required:
            self.wrong("required value has not been provided")
            return None
        if default is not None:
            default = to_s(default) if self.type == "string" else default
            self.check(default, options, default=True)
        if given is None:
            return "" if default is None and self.type == "string" else default
        value = coerced(given, self.type)
        self.check(value, options, default=False)
        return value

    def check(self, value: object, options: object, *, default: bool) -> None:
        """Collect what is wrong with a value."""
        for fault in faults(value, self.type, options, self.spec.get("regex"), default=default):
            self.wrong(fault)

    def usable(self, rule: Map) -> bool:
        """Whether the rule that matched says enough, and says it consistently."""
        options = rule.get("options")
        if not isinstance(options, Seq) or not options or "default" not in rule:
            self.wrong("rule must define 'options' with at least one value and a 'default'", rule.place)
            return False
        default = rule["default"]
        if default is not None and default not in options:
            self.wrong(f"default '{to_s(default)}' must be one of the options", rule.at("default"))
            return False
        return True

    def wrong(self, message: str, place: Place | None = None) -> None:
        """Report a problem of this input."""
        self.problems.append(Problem(f"`{self.name}` input: {message}", place or self.place))


def matching(rules: Seq, earlier: Mapping[str, object]) -> Map | None:
    """The first rule whose `if` holds, or that has none."""
    return next((rule for rule in candidates(rules) if holds(rule, earlier)), None)


def candidates(rules: Seq) -> Iterator[Map]:
    """The rules that are maps; the header has refused the others."""
    return (rule for rule in rules if isinstance(rule, Map))


def holds(rule: Map, earlier: Mapping[str, object]) -> bool:
    """Whether a rule applies."""
    if rule.get("if") is None:
        return True
    expression = expressions.parse(rule["if"])
    return expression is not None and expression.holds({}, earlier)
