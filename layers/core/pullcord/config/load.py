"""One text of a configuration: documents, header, inputs, interpolation. What it includes is not looked at here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pullcord.config import header, inputs
from pullcord.config.documents import read_documents
from pullcord.config.files import Base, File
from pullcord.config.functions import Variables
from pullcord.config.interpolation import interpolate
from pullcord.config.problems import Invalid, Problem
from pullcord.config.ruby import blank, inspect
from pullcord.config.scope import Scope
from pullcord.config.tree import Map, Seq, Symbol
from pullcord.config.typed import tree

MOST_TOLD = 3

type Fetch = Callable[[Map, Base], list[tuple[File, Map]]]
"""The files that a header includes, with what they hold."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a text gets from outside: values for its inputs, and the file that it is, if it was included."""

    inputs: object = None
    file: File | None = None


def load(text: str, name: str, given: Given, scope: Scope, fetch: Fetch) -> Map:
    """The content of a text, its inputs put in. Raises Invalid with one problem: GitLab joins the first three."""
    documents = read_documents(text, name, scope.context.limits)
    if documents.header is None:
        if not blank(given.inputs):
            raise Invalid.because(
                "Given inputs not defined in the `spec` section of the included configuration file",
                documents.content.place,
            )
        return documents.content
    tell(header.check(documents.header))
    spec = documents.header.get("spec")
    spec = spec if isinstance(spec, Map) else Map(documents.header.at("spec"))
    declared = declarations(spec, given, fetch)
    if not isinstance(given.inputs, Mapping | None):
        raise Invalid.because("Given inputs must be a hash", given.file.place if given.file else None)
    resolved = inputs.resolve(declared, given.inputs or {})
    tell(resolved.problems)
    contexts = {"inputs": resolved.values, "component": component(spec, given)}
    return interpolate(documents.content, contexts, Variables(scope.variables, scope.secrets))


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
            raise Invalid.because(message, content.place)
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


def plain_inputs(values: Mapping[str, object] | None) -> Map | None:
    """A pipeline's inputs as a mapping. Raises Invalid when they nest too deep."""
    try:
        result = tree(values, None) if values is not None else None
    except ValueError as error:
        raise Invalid.because("config too large") from error
    return result if isinstance(result, Map) else None
