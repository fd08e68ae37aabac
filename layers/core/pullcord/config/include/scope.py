"""What the passes before the merge share: the context, the window, and the variables that `include` may use."""

from collections.abc import Mapping
from functools import cached_property

from pullcord.config.conditions.evaluator import Judge
from pullcord.config.context import Context, Window
from pullcord.config.problems import Invalid, Problem
from pullcord.config.variables.layers import MASKED, Variables, layer, predefined
from pullcord.config.yaml.documents import Documents, read_documents


class Scope:
    """One assembly's surroundings."""

    def __init__(self, context: Context, window: Window) -> None:
        self.context = context
        self.window = window
        self.read: dict[tuple[str, str], Documents | tuple[Problem, ...]] = {}

    def documents(self, text: str, name: str) -> Documents:
        """What a text holds. A file that is included again is not read again. Raises Invalid."""
        if (text, name) not in self.read:
            try:
                self.read[text, name] = read_documents(text, name, self.context.limits)
            except Invalid as invalid:
                self.read[text, name] = invalid.problems
        found = self.read[text, name]
        if isinstance(found, Documents):
            return found
        raise Invalid(found)

    @cached_property
    def judge(self) -> Judge:
        """Answers the clauses of `include:rules`."""
        return Judge(self.window)

    @cached_property
    def rule_variables(self) -> Variables:
        """Predefined variables, settings and those of the request; never those of the YAML."""
        context = self.context
        settings = {**layer(context.project_variables), **layer(context.variables)}
        return Variables(settings, (), (predefined(context.predefined),))

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """The same as values by name."""
        values = dict(self.context.predefined)
        values.update((variable.key, variable.value) for variable in self.context.project_variables)
        values.update((variable.key, variable.value) for variable in self.context.variables)
        return values

    @cached_property
    def secrets(self) -> Mapping[str, str]:
        """The values of masked variables by name."""
        variables = (*self.context.project_variables, *self.context.variables)
        return {variable.key: variable.value for variable in variables if variable.masked and variable.value}

    def mask(self, text: str) -> str:
        """A text that may be shown."""
        for secret in self.secrets.values():
            text = text.replace(secret, MASKED)
        return text
