"""Values of a text's inputs: the given ones, checked against the declarations in its header.

Source: https://docs.gitlab.com/ci/inputs/
"""

from collections.abc import Hashable, Iterator, Mapping

from pullcord.config.conditions import expressions
from pullcord.config.entries.input_types import coerced, faults
from pullcord.config.problems import Location, Problem
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq


class ResolvedInputs:
    """Values by name, as far as they are valid, and all problems."""

    __slots__ = ("problems", "values")

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.problems: list[Problem] = []


def resolve(declared: Map, given: Mapping[Hashable, object]) -> ResolvedInputs:
    """Return the value of every declared input, in order: the rules of an input see the values before it."""
    result = ResolvedInputs()
    if unknown := [name for name in given if to_s(name) not in declared]:
        location = given.at(unknown[0]) if isinstance(given, Map) else None
        message = f"unknown input arguments: {', '.join(map(to_s, unknown))}"
        result.problems.append(Problem(message, location or declared.location))
    values = {to_s(name): value for name, value in given.items()}
    for key, written in declared.items():
        name = to_s(key)
        spec = written if isinstance(written, Map) else Map(declared.at(key))
        input_ = Input(name, spec, declared.at(key))
        result.values[name] = input_.value(values.get(name), result.values)
        result.problems += input_.problems
    return result


class Input:
    """Declared input and the problems found with its value."""

    __slots__ = ("location", "name", "problems", "spec")

    def __init__(self, name: str, spec: Map, location: Location | None) -> None:
        self.name = name
        self.spec = spec
        self.location = location
        self.problems: list[Problem] = []

    @property
    def type(self) -> str:
        """Declared type; "string" without one."""
        return to_s(self.spec.get("type") or "string")

    def value(self, given: object, earlier: Mapping[str, object]) -> object:
        """Return the given value or the default, converted to the declared type."""
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
        """Collect the problems of a value."""
        for fault in faults(value, self.type, options, self.spec.get("regex"), default=default):
            self.wrong(fault)

    def usable(self, rule: Map) -> bool:
        """Whether the rule that matched has options and a default that is among them."""
        options = rule.get("options")
        if not isinstance(options, Seq) or not options or "default" not in rule:
            self.wrong("rule must define 'options' with at least one value and a 'default'", rule.location)
            return False
        default = rule["default"]
        if default is not None and default not in options:
            self.wrong(f"default '{to_s(default)}' must be one of the options", rule.at("default"))
            return False
        return True

    def wrong(self, message: str, location: Location | None = None) -> None:
        """Report a problem of this input."""
        self.problems.append(Problem(f"`{self.name}` input: {message}", location or self.location))


def matching(rules: Seq, earlier: Mapping[str, object]) -> Map | None:
    """Return the first rule whose `if` is true, or that has none."""
    return next((rule for rule in candidates(rules) if holds(rule, earlier)), None)


def candidates(rules: Seq) -> Iterator[Map]:
    """Return the rules that are maps; the validation of the header has reported the others."""
    return (rule for rule in rules if isinstance(rule, Map))


def holds(rule: Map, earlier: Mapping[str, object]) -> bool:
    """Whether the `if` of a rule is true."""
    if rule.get("if") is None:
        return True
    expression = expressions.parse(rule["if"])
    return expression is not None and expression.holds({}, earlier)
