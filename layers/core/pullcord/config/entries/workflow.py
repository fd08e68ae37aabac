"""Keyword `workflow:` with its rules and `auto_cancel:`.

Source: https://docs.gitlab.com/ci/yaml/#workflow
"""

from pullcord.config import ruby
from pullcord.config.checked import CheckedWorkflow
from pullcord.config.entries import checks, rules
from pullcord.config.entries.entry import Entry


def check(entry: Entry) -> CheckedWorkflow:
    """Validate `workflow`; without the key the result lets every pipeline run."""
    if entry.value is None:
        return CheckedWorkflow()
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, ("rules", "name", "auto_cancel"))
    checks.max_length(entry, "name", 255)
    has_rules = entry.has("rules")
    if entry.own_faults():
        return CheckedWorkflow(has_rules=has_rules)
    name = entry.get("name")
    return CheckedWorkflow(
        rules=rules.check(entry.child("rules"), rules.OF_A_WORKFLOW),
        has_rules=has_rules,
        name=None if name is None else ruby.to_s(name),
        auto_cancel=rules.auto_cancel(entry.child("auto_cancel")),
        location=entry.location,
    )
