"""Header of a text (`spec:`): what it may declare, and the values that it makes available to interpolation.

Sources: https://docs.gitlab.com/ci/yaml/#header-keywords and https://docs.gitlab.com/ci/inputs/
"""

from collections.abc import Mapping, Sequence

from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry
from pullcord.config.entries.input_types import TYPES
from pullcord.config.inputs import values
from pullcord.config.inputs.given import FetchHeaders, GivenInputs
from pullcord.config.problems import Invalid, Problem
from pullcord.config.ruby import blank, inspect, to_s
from pullcord.config.tree import Map, Seq, Symbol

MAX_OPTIONS = 50
MAX_DESCRIPTION_LENGTH = 256
MAX_MESSAGES = 3
INPUT_KEYS = ("default", "description", "options", "regex", "type", "rules")
INCLUDE_KEYS = ("local", "remote", "project", "file", "ref", "integrity", "cache")
COMPONENT_FIELDS = ("name", "sha", "version", "reference")


def contexts(header: Map, given: GivenInputs, fetch: FetchHeaders) -> dict[str, Mapping[str, object]]:
    """Return the values that blocks may use, by context. Raises Invalid with one problem."""
    raise_first(check(header))
    spec = header.get("spec")
    spec = spec if isinstance(spec, Map) else Map(header.at("spec"))
    declared = declarations(spec, given, fetch)
    if not isinstance(given.inputs, Mapping | None):
        raise Invalid.because("Given inputs must be a hash", given.location)
    resolved = values.resolve(declared, given.inputs or {})
    raise_first(resolved.problems)
    return {"inputs": resolved.values, "component": component(spec, given)}


def declarations(spec: Map, given: GivenInputs, fetch: FetchHeaders) -> Map:
    """Return the inputs declared by a header and by the files that it includes. Raises Invalid."""
    own = spec.get("inputs")
    own = own if isinstance(own, Map) else Map(spec.at("inputs"))
    if blank(spec.get("include")):
        return own
    if given.component_path is not None:
        name = given.component_path
        message = f"Component `{name}` cannot use `spec:include`. This keyword is not supported in components"
        raise Invalid.because(message, spec.at("include"))
    declared = Map(own.raw_location)
    for path, content in fetch(spec):
        if unknown := [Symbol(key) for key in content if key != "inputs" and isinstance(key, str)]:
            message = f"Header include file `{path}` contains unknown keys: {inspect(unknown)}"
            raise Invalid.because(message, content.at(unknown[0]))
        add(declared, content.get("inputs"))
    add(declared, own)
    merged_spec = Map(spec.raw_location)
    merged_spec.put("inputs", declared, own.raw_location)
    merged_header = Map(spec.raw_location)
    merged_header.put("spec", merged_spec, spec.raw_location)
    raise_first(check(merged_header))
    return declared


def add(declared: Map, more: object) -> None:
    """Add declarations to `declared`. Raises Invalid for a name that is declared already."""
    if not isinstance(more, Map):
        return
    if duplicates := [str(name) for name in more if name in declared]:
        message = f"Duplicate input keys found: {', '.join(duplicates)}. "
        message += "Input keys must be unique across all included files and inline specifications."
        raise Invalid.because(message, more.at(duplicates[0]))
    for name, value in more.items():
        declared.put(name, value, more.at(name))


def component(spec: Map, given: GivenInputs) -> Mapping[str, object]:
    """Return the fields of the component that its header asks for."""
    requested = spec.get("component")
    names = requested if isinstance(requested, Seq) else [requested]
    return {str(name): given.component[name] for name in names if isinstance(name, str) and name in given.component}


def raise_first(problems: Sequence[Problem]) -> None:
    """Raise Invalid with the first three messages joined, as GitLab does, if there are any."""
    if problems:
        message = ", ".join(problem.message for problem in problems[:MAX_MESSAGES])
        raise Invalid.because(message, problems[0].location)


def check(header: Map) -> list[Problem]:
    """Validate a header; the result is every problem in it."""
    problems: list[Problem] = []
    entry = Entry(header, "header", problems, location=header.location)
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
    """Validate the keys of `spec`."""
    checks.string(spec, "description")
    checks.max_length(spec, "description", MAX_DESCRIPTION_LENGTH)
    if spec.get("include") is not None:
        check_includes(spec.child("include"))
    component = spec.child("component")
    if component.value is not None:
        fields = component.value if isinstance(component.value, Seq) else [component.value]
        if unknown := [str(field) for field in fields if field not in COMPONENT_FIELDS]:
            component.wrong("config", f"contains unknown values: {', '.join(unknown)}")
    inputs = spec.child("inputs")
    if inputs.value is None:
        return
    if checks.map_(inputs) and isinstance(inputs.value, Map):
        for name in inputs.value:
            check_input(inputs.child(name))


def check_includes(entry: Entry) -> None:
    """Validate `spec:include`, which knows fewer keys than `include`."""
    items = entry.value if isinstance(entry.value, Seq) else [entry.value]
    for index, value in enumerate(items):
        location = entry.value.at(index) if isinstance(entry.value, Seq) else entry.location
        item = entry.item(value, "include", location)
        if not isinstance(value, Map | str):
            item.wrong("config", "should be a hash or a string")
        checks.allowed_keys(item, INCLUDE_KEYS)


def check_input(entry: Entry) -> None:
    """Validate the declaration of an input; null declares a required string."""
    if entry.value is None:
        return
    if not checks.map_(entry):
        checks.map_(entry)  # GitLab checks twice and reports twice
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
    """Validate the types of an input's attributes. Messages speak of the "input type", not the "type"."""
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
    if isinstance(options, Seq) and len(options) > MAX_OPTIONS:
        entry.wrong("config", f"cannot define more than {MAX_OPTIONS} options")
