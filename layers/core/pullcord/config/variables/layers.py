"""Which value a variable has, for whom. Layers are shared between jobs and never copied.

Highest first: the request's variables, settings of project, group and instance, `GITLAB_USER_*`, then what the file
says (`rules:variables`, the job with its matrix, `workflow:rules:variables`, the globals), then predefined ones.

Source: https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pullcord.config.checked import YamlVariable
from pullcord.config.context import Context, Variable
from pullcord.config.variables import expansion
from pullcord.config.variables.expansion import Collection

type Layer = Mapping[str, Variable | YamlVariable]

MASKED = "[MASKED]"
JOB_ONLY = ("CI_JOB", "CI_BUILD")
USER = "GITLAB_USER_"


def layer(variables: Iterable[Variable | YamlVariable]) -> Layer:
    """Variables by name; of two with one name the later counts."""
    return {variable.key: variable for variable in variables}


def predefined(values: Mapping[str, str]) -> Layer:
    """Plain values as a layer."""
    return {key: Variable(key, value) for key, value in values.items()}


class Variables(Mapping[str, Variable | YamlVariable]):
    """Every variable that one reader sees, as written. Listed in GitLab's order: predefined, file, settings, request."""

    __slots__ = ("collection", "layers", "listed", "settings")

    def __init__(self, settings: Layer, written: tuple[Layer, ...], base: tuple[Layer, ...]) -> None:
        self.settings = settings
        self.layers = (settings, *written, *base)
        self.listed = (*base[::-1], *written, settings)
        self.collection: Collection | None = None

    def find(self, name: str) -> Variable | YamlVariable | None:
        """The variable that wins, None if nobody defines it."""
        for candidates in self.layers:
            if name in candidates:
                return candidates[name]
        return None

    def __getitem__(self, name: str) -> Variable | YamlVariable:
        for candidates in self.layers:
            if name in candidates:
                return candidates[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(chain.from_iterable(self.listed)))

    def __len__(self) -> int:
        return len(set().union(*self.layers))

    def __contains__(self, name: object) -> bool:
        return any(name in candidates for candidates in self.layers)

    @property
    def expanded(self) -> Collection:
        """The values with the variables inside them."""
        if self.collection is None:
            self.collection = Collection(self)
        return self.collection

    def as_written(self, text: str) -> dict[str, str]:
        """The unexpanded values of the variables that a text mentions."""
        found = ((name, self.find(name)) for name in expansion.mentioned(text))
        return {name: variable.value for name, variable in found if variable is not None}

    def shown(self, name: str) -> str | None:
        """The value as a trace may show it; None for an undefined variable."""
        variable = self.find(name)
        if variable is None:
            return None
        return MASKED if isinstance(variable, Variable) and variable.masked else self.hidden(variable.value)

    def shown_expanded(self, name: str) -> str | None:
        """The expanded value as a trace may show it."""
        shown = self.shown(name)
        return shown if shown is None or shown == MASKED else self.hidden(self.expanded[name])

    def hidden(self, text: str) -> str:
        """A text for the user's eyes: masked values are not in it."""
        for variable in self.settings.values():
            if isinstance(variable, Variable) and variable.masked and variable.value:
                text = text.replace(variable.value, MASKED)
        return text


class Layers:
    """The layers of one pipeline, from which each reader's variables are put together."""

    __slots__ = ("base", "globals_", "inherited", "settings", "workflow")

    def __init__(self, settings: Layer, globals_: Layer, base: Layer) -> None:
        self.settings = settings
        self.globals_ = globals_
        self.base = base
        self.workflow: Layer = {}
        self.inherited: dict[bool | tuple[str, ...], Layer] = {}

    @classmethod
    def of(cls, context: Context, globals_: Iterable[YamlVariable]) -> "Layers":
        """The layers that a wish and a file bring along."""
        known = {**context.predefined, **context.pipeline_only}
        user = {key: value for key, value in known.items() if key.startswith(USER)}
        settings = {**predefined(user), **layer(context.project_variables), **layer(context.variables)}
        return cls(settings, layer(globals_), predefined(known))

    def for_workflow(self) -> Variables:
        """What `workflow` sees: nothing about any job."""
        base = {name: variable for name, variable in self.base.items() if not name.startswith(JOB_ONLY)}
        return Variables(self.settings, (self.workflow, self.globals_), (base,))

    def inherit(self, wanted: bool | tuple[str, ...]) -> Layer:
        """The globals, those of `workflow:rules` among them, that a job takes over."""
        if wanted not in self.inherited:
            every = {**self.workflow, **self.globals_, **self.workflow}  # listed first, and not overridden
            names = every if wanted is True else () if wanted is False else wanted
            self.inherited[wanted] = {name: every[name] for name in names if name in every}
        return self.inherited[wanted]

    def for_job(self, own: Layer, inherited: Layer, base: Layer) -> Variables:
        """What a job sees: its own variables, what it inherits, and what is predefined for it alone."""
        return Variables(self.settings, (own, inherited), (base, self.base))
