"""Candidates: all jobs of the configuration, each with the decision of its rules or policies."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pullcord.config.checked import Need, Rule
from pullcord.config.conditions import policies
from pullcord.config.conditions.policies import PipelineRef
from pullcord.config.conditions.rules import RuleResults
from pullcord.config.jobs.matrix import Instance
from pullcord.config.jobs.predefined import PredefinedJobVariables, environment
from pullcord.config.plan import Decision
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables, layer


class Candidate:
    """Job and the decision about it.

    own:        variables of the job and of its matrix
    inherited:  global variables that it inherits
    predefined: variables predefined for it
    variables:  all variables that its rules saw; `rule`, the one that matched, may add more
    """

    __slots__ = ("decision", "inherited", "instance", "own", "predefined", "rule", "variables")

    def __init__(
        self,
        instance: Instance,
        own: Layer,
        inherited: Layer,
        predefined: PredefinedJobVariables,
        variables: Variables,
        decision: Decision,
        rule: Rule | None = None,
    ) -> None:
        self.instance = instance
        self.own = own
        self.inherited = inherited
        self.predefined = predefined
        self.variables = variables
        self.decision = decision
        self.rule = rule

    @property
    def needs(self) -> tuple[Need, ...] | None:
        """Needs of the rule, else of the job. An empty list in a rule changes nothing in GitLab."""
        return (self.rule.needs if self.rule else None) or self.instance.needs


class JobSelector(NamedTuple):
    """Decides about the jobs of one pipeline.

    default_policy: whether jobs without rules and policies have GitLab's default one; `workflow:rules` disable it
    """

    layers: Layers
    rule_results: RuleResults
    pipeline_ref: PipelineRef
    default_policy: bool

    def candidates(self, instances: Iterable[Instance]) -> Iterator[Candidate]:
        """Decide about all instances, in order."""
        return map(self.candidate, instances)

    def candidate(self, instance: Instance) -> Candidate:
        """Decide about an instance."""
        job = instance.job
        own = layer((*job.variables, *instance.variables))
        inherited = self.layers.inherit(job.inherit_variables)
        predefined = PredefinedJobVariables(instance)
        variables = self.layers.for_job(own, inherited, predefined)
        if "environment" in job.options:
            predefined.environment_name = environment_name(instance, self.layers.for_job(own, inherited, predefined))
        decision, rule = self.decide(instance, variables)
        return Candidate(instance, own, inherited, predefined, variables, decision, rule)

    def decide(self, instance: Instance, variables: Variables) -> tuple[Decision, Rule | None]:
        """Decide by rules if there are any, else by policies."""
        job = instance.job
        if instance.rules is None:
            no_default = job.has_rules or not self.default_policy
            decision = policies.decide(
                job, variables, self.rule_results.evaluator, self.pipeline_ref, no_default=no_default
            )
            return decision if decision.name == instance.name else decision._replace(name=instance.name), None
        result = self.rule_results.of(instance.rules, variables)
        location = result.location or job.locations.get("rules") or job.location
        decision = Decision(
            instance.name, result.included, "rules", location, result.evaluated, result.error, result.limit
        )
        return decision, result.rule


def environment_name(instance: Instance, variables: Variables) -> str | None:
    """Expand the name of the environment; None without an environment."""
    name = environment(instance).get("name")
    return None if name is None else expansion.blank(str(name), variables.expanded)
