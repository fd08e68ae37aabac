"""The header of a configuration: `spec:` and what it may say.

Source: https://docs.gitlab.com/ci/yaml/#header-keywords
"""

from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry
from pullcord.config.entries.input_types import TYPES
from pullcord.config.problems import Problem
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq

MOST_OPTIONS = 50
LONGEST_DESCRIPTION = 256
INPUT_KEYS = ("default", "description", "options", "regex", "type", "rules")
INCLUDE_KEYS = ("local", "remote", "project", "file", "ref", "integrity", "cache")
COMPONENT_FACTS = ("name", "sha", "version", "reference")


def check(header: Map) -> list[Problem]:
    """Everything that is wrong with a header."""
    problems: list[Problem] = []
    entry = Entry(header, "header", problems, place=header.place)
    checks.allowed_keys(entry, ("spec",))
    spec = entry.child("spec")
    if entry.own_faults() or spec.value is None:
        return problems
    checks.map_(spec)
    checks.allowed_keys(spec, ("inputs", "include", "component", "description"))
    if not spec.own_faults():
        check_spec(spec)
    return problems


def check_spec(spec: Entry) -> None:
    """The four things that a specification may hold."""
    checks.string(spec, "description")
    checks.longest(spec, "description", LONGEST_DESCRIPTION)
    if spec.get("include") is not None:
        check_includes(spec.child("include"))
    component = spec.child("component")
    if component.value is not None:
        facts = component.value if isinstance(component.value, Seq) else [component.value]
        if unknown := [str(fact) for fact in facts if fact not in COMPONENT_FACTS]:
            component.wrong("config", f"contains unknown values: {', '.join(unknown)}")
    inputs = spec.child("inputs")
    if inputs.value is None:
        return
    if checks.map_(inputs) and isinstance(inputs.value, Map):
        for name in inputs.value:
            check_input(inputs.child(name))


def check_includes(entry: Entry) -> None:
    """Headers include files of inputs from fewer places than configurations do."""
    items = entry.value if isinstance(entry.value, Seq) else [entry.value]
    for index, value in enumerate(items):
        place = entry.value.at(index) if isinstance(entry.value, Seq) else entry.place
        item = entry.item(value, "include", place)
        if not isinstance(value, Map | str):
            item.wrong("config", "should be a hash or a string")
        checks.allowed_keys(item, INCLUDE_KEYS)


def check_input(entry: Entry) -> None:
    """One declaration; null declares a required text."""
    if entry.value is None:
        return
    if not checks.map_(entry):
        checks.map_(entry)  # GitLab asks twice, and says so twice
        return
    checks.allowed_keys(entry, INPUT_KEYS)
    for exclusive in (("options", "rules"), ("default", "rules")):
        if all(key in INPUT_KEYS and entry.has(key) for key in exclusive):
            checks.exclusive_keys(entry, exclusive)
    check_attributes(entry)
    if isinstance(rules := entry.get("rules"), Seq):
        for index, value in enumerate(rules):
            rule = entry.child("rules").item(value, "rule", rules.at(index))
            if checks.map_(rule):
                checks.allowed_keys(rule, ("if", "options", "default"))
                checks.expression(rule, "if")


def check_attributes(entry: Entry) -> None:
    """The types of what an input says of itself. Messages speak of the "input type", not the "type"."""
    description, regex, type_name = entry.get("description"), entry.get("regex"), entry.get("type")
    options, rules = entry.get("options"), entry.get("rules")
    if description is not None and not isinstance(description, str | int):
        entry.wrong("input description", "must be an alphanumeric string", "description")
    if regex is not None and not checks.is_string(regex):
        entry.wrong("input regex", "should be a string", "regex")
    if type_name is not None and not (isinstance(type_name, str) and type_name in TYPES):
        entry.wrong("input type", f"unknown value: {to_s(type_name)}", "type")
    if options is not None and not isinstance(options, Seq):
        entry.wrong("input options", "should be an array", "options")
    if rules is not None and not isinstance(rules, Seq):
        entry.wrong("input rules", "should be an array", "rules")
    if isinstance(options, Seq) and len(options) > MOST_OPTIONS:
        entry.wrong("config", f"cannot define more than {MOST_OPTIONS} options")
