"""Notes to a clause of a rule: values that are placeholders, a diff that is not known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pullcord.config.context import NOTHING
from pullcord.config.lazy import IdentityMemo
from pullcord.config.plan import Clause, Decision, EvaluatedRule
from pullcord_local.explain.predefined import Predefined
from pullcord_local.explain.situation import Situation

NO_DIFF = "no diff known: counts as changed; --changed PATH"
RUNNING = (
    "CI_BUILDS_DIR CI_CONCURRENT_ID CI_CONCURRENT_PROJECT_ID CI_DEPLOY_PASSWORD CI_DEPLOY_USER CI_DISPOSABLE_ENVIRONMENT "
    "CI_ENVIRONMENT_SLUG CI_JOB_ID CI_JOB_IMAGE CI_JOB_STARTED_AT CI_JOB_STATUS CI_JOB_TIMEOUT CI_JOB_TOKEN CI_JOB_URL "
    "CI_PAGES_HOSTNAME CI_PAGES_URL CI_PIPELINE_ID CI_PIPELINE_URL CI_PROJECT_DIR CI_REGISTRY_PASSWORD CI_REGISTRY_USER "
    "CI_REPOSITORY_URL CI_RUNNER_DESCRIPTION CI_RUNNER_EXECUTABLE_ARCH CI_RUNNER_ID CI_RUNNER_REVISION "
    "CI_RUNNER_SHORT_TOKEN CI_RUNNER_TAGS CI_RUNNER_VERSION CI_SERVER CI_SERVER_TLS_CA_FILE CI_SERVER_TLS_CERT_FILE "
    "CI_SERVER_TLS_KEY_FILE CI_SHARED_ENVIRONMENT CI_TRIGGER_SHORT_TOKEN"
)
OF_RUNNING_JOBS = frozenset(RUNNING.split())
"""Variables that are not known before a job runs: no rule sees them."""


class Notes:
    """Maker of notes.

    placeholders: their values by name, None for undefined; diff: whether changed paths are known
    short: results of `in_short`, since jobs of a template have the same evaluated rules
    """

    __slots__ = ("diff", "placeholders", "short")

    def __init__(self, placeholders: Mapping[str, str | None] = NOTHING, *, diff: bool = True) -> None:
        self.placeholders = placeholders
        self.diff = diff
        self.short: IdentityMemo[str] = IdentityMemo()

    @classmethod
    def about(cls, situation: Situation, known: Predefined, *, diff: bool) -> "Notes":
        """Make the notes for a pipeline. A variable that was sent or is a setting is no placeholder."""
        overridden = {variable.key for variable in (*situation.variables, *situation.project_variables)}
        placeholders = known.placeholders
        if not overridden.isdisjoint(placeholders):
            placeholders = {name: value for name, value in placeholders.items() if name not in overridden}
        return cls(placeholders, diff=diff)

    def placeholders_of(self, clause: Clause) -> list[str]:
        """Return the placeholders that a clause has read."""
        known = self.placeholders
        return [name for name, value in clause.seen.items() if name in known and known[name] == value]

    def of(self, clause: Clause) -> list[str]:
        """Return the notes to a clause."""
        found = [self.of_placeholder(name) for name in self.placeholders_of(clause)]
        found += [f"{name} is not known before a job runs" for name in unknown_of(clause)]
        return [NO_DIFF, *found] if clause.kind == "changes" and not self.diff else found

    def of_placeholder(self, name: str) -> str:
        """Return the note to a placeholder."""
        value = self.placeholders[name]
        state = "is taken as undefined" if value is None else f"= {value!r} is a placeholder"
        return f"{name} {state}; --set {name}=VALUE"

    def in_short(self, decision: Decision) -> str:
        """Return the notes to the rules of a decision, in brackets; "" without any."""
        return self.short.compute(decision.rules, self.rules_in_short)

    def rules_in_short(self, rules: Sequence[EvaluatedRule]) -> str:
        """Return the notes to evaluated rules, in brackets."""
        clauses = [clause for rule in rules for clause in rule.clauses]
        names = dict.fromkeys(name for clause in clauses for name in self.placeholders_of(clause))
        found = [f"placeholder {', '.join(names)}"] if names else []
        if not self.diff and any(clause.kind == "changes" for clause in clauses):
            found.insert(0, "no diff known: counts as changed")
        return f" ({'; '.join(found)})" if found else ""

    def summary(self, decisions: Iterable[Decision]) -> Iterator[str]:
        """Yield what holds for all rules of several decisions: a line for each kind of note."""
        distinct = {id(decision.rules): decision.rules for decision in decisions}.values()
        clauses = [clause for rules in distinct for rule in rules for clause in rule.clauses]
        if not self.diff and any(clause.kind == "changes" for clause in clauses):
            yield NO_DIFF
        names = dict.fromkeys(name for clause in clauses for name in self.placeholders_of(clause))
        made_up = [f"{name} = {self.placeholders[name]!r}" for name in names if self.placeholders[name] is not None]
        if made_up:
            yield f"placeholders: {', '.join(made_up)}; --set NAME=VALUE"
        if undefined := [name for name in names if self.placeholders[name] is None]:
            yield f"taken as undefined: {', '.join(undefined)}; --set NAME=VALUE"
        if unknown := dict.fromkeys(name for clause in clauses for name in unknown_of(clause)):
            yield f"not known before a job runs: {', '.join(unknown)}"


def unknown_of(clause: Clause) -> list[str]:
    """Return the variables of running jobs that a clause asks for."""
    return [name for name, value in clause.seen.items() if value is None and name in OF_RUNNING_JOBS]


NO_NOTES = Notes()
