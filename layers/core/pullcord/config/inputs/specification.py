"""A header put to use: its inputs get their values, and the content gets its inputs.

Source: https://docs.gitlab.com/ci/inputs/
"""

from collections.abc import Mapping, Sequence

from pullcord.config.include.files import Base, Fetch, Given
from pullcord.config.include.scope import Scope
from pullcord.config.inputs import header, values
from pullcord.config.inputs.functions import Variables
from pullcord.config.inputs.interpolation import interpolate
from pullcord.config.problems import Invalid, Problem
from pullcord.config.ruby import blank, inspect
from pullcord.config.tree import Map, Seq, Symbol
from pullcord.config.yaml.documents import Documents

MOST_TOLD = 3


def applied(documents: Documents, given: Given, scope: Scope, fetch: Fetch) -> Map:
    """The content with the inputs that its header declares put in. Raises Invalid with one problem."""
    written = documents.header or Map()
    tell(header.check(written))
    spec = written.get("spec")
    spec = spec if isinstance(spec, Map) else Map(written.at("spec"))
    declared = declarations(spec, given, fetch)
    if not isinstance(given.inputs, Mapping | None):
        raise Invalid.because("Given inputs must be a hash", given.place)
    resolved = values.resolve(declared, given.inputs or {})
    tell(resolved.problems)
    contexts = {"inputs": resolved.values, "component": component(spec, given)}
    return interpolate(documents.content, contexts, Variables(scope.variables, scope.secrets), documents.text)


def declarations(spec: Map, given: Given, fetch: Fetch) -> Map:
    """The inputs of a header and of the files it includes. Raises Invalid."""
    own = spec.get("inputs")
    own = own if isinstance(own, Map) else Map(spec.at("inputs"))
    if blank(spec.get("include")):
        return own
    if given.file is not None and given.file.kind == "component":
        path = given.file.path
        message = f"Component `{path}` cannot use `spec:include`. This keyword is not supported in components"
        raise Invalid.because(message, spec.at("include"))
    declared = Map(own.spot)
    for file, content in fetch(spec, given.file.inner if given.file else Base()):
        if unknown := [Symbol(key) for key in content if key != "inputs" and isinstance(key, str)]:
            message = f"Header include file `{file.path}` contains unknown keys: {inspect(unknown)}"
            raise Invalid.because(message, content.at(unknown[0]))
        add(declared, content.get("inputs"))
    add(declared, own)
    checked = Map(spec.spot)
    checked.put("inputs", declared, own.spot)
    again = Map(spec.spot)
    again.put("spec", checked, spec.spot)
    tell(header.check(again))
    return declared


def add(declared: Map, more: object) -> None:
    """Put more declarations to those that are there. Raises Invalid for a name that comes twice."""
    if not isinstance(more, Map):
        return
    if twice := [str(name) for name in more if name in declared]:
        message = f"Duplicate input keys found: {', '.join(twice)}. "
        message += "Input keys must be unique across all included files and inline specifications."
        raise Invalid.because(message, more.at(twice[0]))
    for name, value in more.items():
        declared.put(name, value, more.at(name))


def component(spec: Map, given: Given) -> Mapping[str, object]:
    """What a component may say of itself: the facts that its header asks for."""
    wanted = spec.get("component")
    facts = given.file.component if given.file is not None else Map()
    names = wanted if isinstance(wanted, Seq) else [wanted]
    return {str(name): facts[name] for name in names if isinstance(name, str) and name in facts}


def tell(problems: Sequence[Problem]) -> None:
    """Raise Invalid with the first three messages as one, if there are any."""
    if problems:
        message = ", ".join(problem.message for problem in problems[:MOST_TOLD])
        raise Invalid.because(message, problems[0].place)
