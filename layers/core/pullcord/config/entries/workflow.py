"""`workflow:`, and the `auto_cancel:` of it and of its rules.

Source: https://docs.gitlab.com/ci/yaml/#workflow
"""

from pullcord.config import ruby
from pullcord.config.checked import Workflow
from pullcord.config.entries import checks, rules
from pullcord.config.entries.entry import Entry


def check(entry: Entry) -> Workflow:
    """The workflow; without the key, one that lets every pipeline run."""
    if entry.value is None:
        return Workflow()
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, ("rules", "name", "auto_cancel"))
    checks.longest(entry, "name", 255)
    has_rules = entry.has("rules")
    if entry.own_faults():
        return Workflow(has_rules=has_rules)
    name = entry.get("name")
    return Workflow(
        rules=rules.check(entry.child("rules"), rules.OF_A_WORKFLOW),
        has_rules=has_rules,
        name=None if name is None else ruby.to_s(name),
        auto_cancel=rules.auto_cancel(entry.child("auto_cancel")),
        place=entry.place,
    )
