"""Rules of an include (`include:rules`): whether its files are included.

Source: https://docs.gitlab.com/ci/yaml/#includerules
"""

from pullcord.config.checked import Rule
from pullcord.config.conditions import rules
from pullcord.config.entries.rules import check_rules
from pullcord.config.include.files import IncludeBase
from pullcord.config.include.items import KINDS
from pullcord.config.include.scope import IncludeScope
from pullcord.config.plan import Decision
from pullcord.config.problems import Invalid
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map


def include(entry: Map, base: IncludeBase, scope: IncludeScope) -> bool:
    """Whether an item of `include` is included. The first rule that matches decides; without rules it is included.

    `exists` looks into the project of the including file. Raises Invalid for rules that cannot be read.
    """
    written = entry.get("rules")
    if written is None:
        return True
    checked, problems = check_rules(written, "include", "include")
    if problems:
        raise Invalid([problem._replace(location=problem.location or entry.at("rules")) for problem in problems[:1]])
    result = rules.decide([with_base(base, rule) for rule in checked], scope.rule_variables, scope.evaluator)
    name = next((scope.mask(to_s(entry[key])) for key in ("file", *KINDS) if entry.get(key)), "")
    location = result.location or entry.at("rules")
    scope.decisions.append(Decision(name, result.included, "rules", location, result.evaluated, result.error))
    if result.error is not None:
        raise Invalid.because(result.error, result.location)
    return result.included


def with_base(base: IncludeBase, rule: Rule) -> Rule:
    """Return the rule with the including file's project in `exists`, unless the rule names one."""
    if base.project is None or rule.exists is None or rule.exists.project is not None:
        return rule
    return rule._replace(exists=rule.exists._replace(project=base.project, ref=base.ref))
