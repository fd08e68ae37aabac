"""Scope of the includes of one configuration: context, reader, documents, and the variables that `include` may use."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pullcord.config.conditions.evaluator import RuleEvaluator
from pullcord.config.context import ConfigReader, Context
from pullcord.config.problems import Invalid, Problem
from pullcord.config.variables.layers import Variables, predefined, stacked
from pullcord.config.variables.masking import masked
from pullcord.config.yaml.documents import Documents, read_documents

if TYPE_CHECKING:
    from pullcord.config.plan import Decision


class IncludeScope:
    """Scope of all includes of one configuration. decisions: about those that have rules."""

    def __init__(self, context: Context, reader: ConfigReader) -> None:
        self.context = context
        self.reader = reader
        self.decisions: list[Decision] = []
        self.parsed: dict[tuple[str, str], Documents | tuple[Problem, ...]] = {}

    def documents(self, text: str, name: str) -> Documents:
        """Read a text into header and content. A file that is included again is not parsed again. Raises Invalid."""
        if (text, name) not in self.parsed:
            try:
                self.parsed[text, name] = read_documents(text, name, self.context.limits)
            except Invalid as invalid:
                self.parsed[text, name] = invalid.problems
        result = self.parsed[text, name]
        if isinstance(result, Documents):
            return result
        raise Invalid(result)

    @cached_property
    def evaluator(self) -> RuleEvaluator:
        """Evaluator of the clauses of `include:rules`."""
        return RuleEvaluator(self.reader)

    @cached_property
    def rule_variables(self) -> Variables:
        """Variables of `include:rules`: predefined ones, settings and those of the request, none of the YAML."""
        context = self.context
        settings = stacked((*context.project_variables, *context.variables))
        return Variables(settings, (), (predefined(context.predefined),))

    @cached_property
    def variables(self) -> Mapping[str, str]:
        """Values of the same variables by name, for expansion."""
        values = dict(self.context.predefined)
        values.update((variable.key, variable.value) for variable in self.context.project_variables)
        values.update((variable.key, variable.value) for variable in self.context.variables)
        return values

    @cached_property
    def secrets(self) -> Mapping[str, str]:
        """Values of masked variables by name."""
        variables = (*self.context.project_variables, *self.context.variables)
        return {variable.key: variable.value for variable in variables if variable.masked and variable.value}

    def mask(self, text: str) -> str:
        """Replace the values of masked variables in a text by `[MASKED]`."""
        return masked(text, self.secrets.values())
