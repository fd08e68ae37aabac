"""Every job that could be in the pipeline, with what its rules or policies say about that."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pullcord.config.checked import Need, Rule
from pullcord.config.conditions import policies
from pullcord.config.conditions.policies import Occasion
from pullcord.config.conditions.rules import Verdicts
from pullcord.config.jobs import predefined
from pullcord.config.jobs.matrix import Instance
from pullcord.config.jobs.predefined import JobFacts
from pullcord.config.plan import Decision
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables, layer


class Candidate:
    """A job and the decision about it.

    own:       the job's variables, its matrix among them
    inherited: the globals that it takes over
    facts:     what is predefined for it
    variables: everything that its rules saw; `rule`, the one that matched, may add more
    """

    __slots__ = ("decision", "facts", "inherited", "instance", "own", "rule", "variables")

    def __init__(
        self,
        instance: Instance,
        own: Layer,
        inherited: Layer,
        facts: JobFacts,
        variables: Variables,
        decision: Decision,
        rule: Rule | None = None,
    ) -> None:
        self.instance = instance
        self.own = own
        self.inherited = inherited
        self.facts = facts
        self.variables = variables
        self.decision = decision
        self.rule = rule

    @property
    def needs(self) -> tuple[Need, ...] | None:
        """The needs of the rule, else of the job. An empty list in a rule changes nothing in GitLab."""
        return (self.rule.needs if self.rule else None) or self.instance.needs


class Selection(NamedTuple):
    """What is the same for all jobs of one pipeline. policies_by_default: no `workflow:rules` switch them off."""

    layers: Layers
    verdicts: Verdicts
    occasion: Occasion
    policies_by_default: bool

    def candidates(self, instances: Iterable[Instance]) -> Iterator[Candidate]:
        """Decide about each, in order."""
        return map(self.candidate, instances)

    def candidate(self, instance: Instance) -> Candidate:
        """Decide about one."""
        job = instance.job
        own = layer((*job.variables, *instance.variables))
        inherited = self.layers.inherit(job.inherit_variables)
        known = JobFacts(instance)
        variables = self.layers.for_job(own, inherited, known)
        if "environment" in job.options:
            known.environment_name = environment_name(instance, self.layers.for_job(own, inherited, known))
        decision, rule = self.decide(instance, variables)
        return Candidate(instance, own, inherited, known, variables, decision, rule)

    def decide(self, instance: Instance, variables: Variables) -> tuple[Decision, Rule | None]:
        """By rules where there are any, else by policies."""
        job = instance.job
        if instance.rules is None:
            anywhere = job.has_rules or not self.policies_by_default
            decision = policies.decide(job, variables, self.verdicts.judge, self.occasion, anywhere=anywhere)
            return decision if decision.name == instance.name else decision._replace(name=instance.name), None
        verdict = self.verdicts.of(instance.rules, variables)
        place = verdict.place or job.places.get("rules") or job.place
        decision = Decision(instance.name, verdict.included, "rules", place, verdict.considered, verdict.error)
        return decision, verdict.rule


def environment_name(instance: Instance, variables: Variables) -> str | None:
    """The environment's name with its variables; None without an environment."""
    name = predefined.environment(instance).get("name")
    return None if name is None else expansion.blank(str(name), variables.expanded)
