"""`include:rules`: whether an entry is included at all.

Source: https://docs.gitlab.com/ci/yaml/#includerules
"""

from pullcord.config.checked import Rule
from pullcord.config.conditions import rules
from pullcord.config.entries.rules import check_rules
from pullcord.config.include.files import Base
from pullcord.config.include.scope import Scope
from pullcord.config.problems import Invalid
from pullcord.config.tree import Map


def passes(entry: Map, base: Base, scope: Scope) -> bool:
    """The first rule that matches decides; no rules include, rules without a match do not.

    `exists` looks into the project of the file that includes. Raises Invalid for rules that cannot be read.
    """
    written = entry.get("rules")
    if written is None:
        return True
    checked, problems = check_rules(written, "include", "include")
    if problems:
        raise Invalid([problem._replace(place=problem.place or entry.at("rules")) for problem in problems[:1]])
    verdict = rules.decide([looking_into(base, rule) for rule in checked], scope.rule_variables, scope.judge)
    if verdict.error is not None:
        raise Invalid.because(verdict.error, verdict.place)
    return verdict.included


def looking_into(base: Base, rule: Rule) -> Rule:
    """The rule with the including file's project in its `exists`, unless it names one."""
    if base.project is None or rule.exists is None or rule.exists.project is not None:
        return rule
    return rule._replace(exists=rule.exists._replace(project=base.project, ref=base.ref))
