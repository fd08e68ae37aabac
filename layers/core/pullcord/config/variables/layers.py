"""Layers of variables and their precedence. Layers are shared between jobs and never copied.

Highest first: the request's variables, settings of project, group and instance, `GITLAB_USER_*`, those of the file
(`rules:variables`, the job with its matrix, `workflow:rules:variables`, the globals), then predefined variables. Those
of the file replace each other by name. All others stay next to each other, since a value may refer to its own name.

Source: https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pullcord.config.checked import YamlVariable
from pullcord.config.context import Context, Variable
from pullcord.config.variables import expansion
from pullcord.config.variables.expansion import ExpandedVariables
from pullcord.config.variables.masking import MASKED, masked
from pullcord.config.variables.variable_cycles import Node, VariableCycles, everywhere

type Layer = Mapping[str, Variable | YamlVariable]

JOB_ONLY = ("CI_JOB", "CI_BUILD")
USER = "GITLAB_USER_"


def layer(variables: Iterable[Variable | YamlVariable]) -> Layer:
    """Make a layer: variables by name. Of two with the same name the later counts."""
    return {variable.key: variable for variable in variables}


def predefined(values: Mapping[str, str]) -> Layer:
    """Make a layer of plain values."""
    return {key: Variable(key, value) for key, value in values.items()}


def stacked(variables: Iterable[Variable]) -> tuple[Layer, ...]:
    """Make as few layers as there are variables with one name, by rising precedence; the later ones are higher."""
    layers: list[dict[str, Variable]] = [{}]
    for variable in variables:
        height = sum(variable.key in candidates for candidates in layers)
        if height == len(layers):
            layers.append({})
        layers[height][variable.key] = variable
    return tuple(layers)


class Variables(Mapping[str, Variable | YamlVariable]):
    """Variables visible to a job, to `workflow` or to `include`, unexpanded.

    settings: by rising precedence; written, base: by falling precedence
    finder:   finds cycles with what it knows of other jobs; without it all variables are searched

    They are listed in GitLab's order: predefined, file, settings, request.
    """

    __slots__ = ("base", "expanded_variables", "finder", "found_cycles", "layers", "settings", "written")

    layers: tuple[Layer, ...]
    written: tuple[Layer, ...]

    def __init__(
        self,
        settings: tuple[Layer, ...],
        written: tuple[Layer, ...],
        base: tuple[Layer, ...],
        finder: VariableCycles[Layer] | None = None,
    ) -> None:
        self.settings = settings
        self.written = written
        self.base = base
        self.layers = (*settings[::-1], *written, *base)
        self.finder = finder
        self.found_cycles: list[list[str]] | None = None
        self.expanded_variables: ExpandedVariables | None = None

    def find(self, name: str) -> Variable | YamlVariable | None:
        """Return the variable of highest precedence, None if it is undefined."""
        for candidates in self.layers:
            if name in candidates:
                return candidates[name]
        return None

    def definitions(self, name: str) -> list[Variable | YamlVariable]:
        """Return all variables of a name by rising precedence; of those of the file only one."""
        found = [candidates[name] for candidates in self.base[::-1] if name in candidates]
        found += [candidates[name] for candidates in self.written if name in candidates][:1]
        return found + [candidates[name] for candidates in self.settings if name in candidates]

    def nodes(self) -> Iterator[Node]:
        """Return every variable in GitLab's order: its name, and its index among those of this name."""
        count: Counter[str] = Counter()
        written = dict.fromkeys(chain(*self.written[::-1]))
        for name in chain(*self.base[::-1], written, *self.settings):
            yield name, count[name]
            count[name] += 1

    def __getitem__(self, name: str) -> Variable | YamlVariable:
        for candidates in self.layers:
            if name in candidates:
                return candidates[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(chain(*self.base[::-1], *self.written[::-1], *self.settings)))

    def __len__(self) -> int:
        return len(set().union(*self.layers))

    def __contains__(self, name: object) -> bool:
        return any(name in candidates for candidates in self.layers)

    @property
    def expanded(self) -> ExpandedVariables:
        """Expanded values."""
        if self.expanded_variables is None:
            self.expanded_variables = ExpandedVariables(self)
        return self.expanded_variables

    @property
    def cycles(self) -> list[list[str]]:
        """Groups of variables that refer to each other."""
        if self.found_cycles is None:
            self.found_cycles = everywhere(self) if self.finder is None else self.finder.of(self)
        return self.found_cycles

    def as_written(self, text: str) -> dict[str, str]:
        """Return the unexpanded values of the variables that a text mentions."""
        found = ((name, self.find(name)) for name in expansion.mentioned(text))
        return {name: variable.value for name, variable in found if variable is not None}

    def public_value(self, name: str) -> str | None:
        """Return the value for traces, masked; None for an undefined variable."""
        variable = self.find(name)
        if variable is None:
            return None
        return MASKED if isinstance(variable, Variable) and variable.masked else self.masked_text(variable.value)

    def public_expanded_value(self, name: str) -> str | None:
        """Return the expanded value for traces, masked; None for an undefined variable."""
        value = self.public_value(name)
        return value if value is None or value == MASKED else self.masked_text(self.expanded[name])

    def masked_text(self, text: str) -> str:
        """Replace the values of masked variables in a text by `[MASKED]`."""
        settings = chain.from_iterable(candidates.values() for candidates in self.settings)
        return masked(text, (one.value for one in settings if isinstance(one, Variable) and one.masked))


class Layers:
    """Layers of one pipeline, from which the variables of jobs and of `workflow` are made."""

    __slots__ = ("base", "finder", "globals_", "inherited", "settings", "workflow")

    def __init__(self, settings: tuple[Layer, ...], globals_: Layer, base: Layer) -> None:
        self.settings = settings
        self.globals_ = globals_
        self.base = base
        self.workflow: Layer = {}
        self.inherited: dict[bool | tuple[str, ...], Layer] = {}
        self.finder = VariableCycles(lambda inherited: Variables(settings, (inherited,), (base,)))

    @classmethod
    def of(cls, context: Context, globals_: Iterable[YamlVariable]) -> "Layers":
        """Make the layers of a context and of the globals of the file."""
        known = {**context.predefined, **context.pipeline_only}
        user = [Variable(key, known.pop(key)) for key in [*known] if key.startswith(USER)]
        settings = stacked((*user, *context.project_variables, *context.variables))
        return cls(settings, layer(globals_), predefined(known))

    def for_workflow(self) -> Variables:
        """Return the variables of `workflow`: none of any job."""
        base = {name: variable for name, variable in self.base.items() if not name.startswith(JOB_ONLY)}
        return Variables(self.settings, (self.workflow, self.globals_), (base,))

    def inherit(self, names: bool | tuple[str, ...]) -> Layer:
        """Return the globals, with those of `workflow:rules`, that a job inherits: all, none or the named ones."""
        if names not in self.inherited:
            every = {**self.workflow, **self.globals_, **self.workflow}  # listed first, and not overridden
            keys = every if names is True else () if names is False else names
            self.inherited[names] = {key: every[key] for key in keys if key in every}
        return self.inherited[names]

    def for_job(self, own: Layer, inherited: Layer, base: Layer) -> Variables:
        """Return the variables of a job: its own, inherited ones, and those predefined for it."""
        return Variables(self.settings, (own, inherited), (base, self.base), self.finder)
