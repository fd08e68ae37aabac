"""What jobs and trigger jobs have in common.

Source: https://docs.gitlab.com/ci/yaml/#job-keywords
"""

from typing import cast

from pullcord.config import ruby
from pullcord.config.checked import AllowFailure, CheckedJob, Need, Parallel, Policy, Rule, YamlVariable
from pullcord.config.entries import checks, inherit, plain, policy, rules, stages, variables
from pullcord.config.entries.default import KEYWORDS, Defaults, Keyword, seldom
from pullcord.config.entries.entry import Entry, Places, flattened
from pullcord.config.problems import Problem
from pullcord.config.tree import Map

LONGEST_NAME = 255
KEYS = frozenset(
    {
        "extends",
        "stage",
        "only",
        "except",
        "rules",
        "variables",
        "inherit",
        "allow_failure",
        "when",
        "needs",
        "resource_group",
        "environment",
        "interruptible",
    }
)
_NOT_BESIDE_RULES = frozenset({"only", "except", "start_in"})
_ENVIRONMENT = seldom("environment")
_MANY_PIPELINES = (
    "may allow multiple pipelines to run for a single action due to `rules:when` clause with no `workflow:rules` - "
    "read more: https://docs.gitlab.com/ee/ci/jobs/job_troubleshooting.html"
    "#job-may-allow-multiple-pipelines-to-run-for-a-single-action-warning"
)


class Run:
    """One validation of a file, as its jobs see it.

    warnings: None where `workflow:rules` decides and nobody has to be warned
    seen:     results of what jobs share: the very same list or map below the same keyword, as `extends` and aliases
              leave it, and the same scalar are checked once, unless they have faults, which every job tells
    """

    __slots__ = ("defaults", "seen", "warnings")

    def __init__(self, defaults: Defaults, warnings: list[Problem] | None) -> None:
        self.defaults = defaults
        self.warnings = warnings
        self.seen: dict[tuple[str, int | tuple[type, object]], object] = {}


class Common:
    """What has been found out about a job so far: the keywords that all jobs have, and options for the rest."""

    __slots__ = ("except_", "inherited", "only", "options", "rules", "stage", "variables")

    def __init__(
        self,
        inherited: inherit.Inherited = inherit.EVERYTHING,
        stage: str = stages.OF_A_JOB,
        only: Policy | None = None,
        except_: Policy | None = None,
        rules: tuple[Rule, ...] | None = None,
        variables: tuple[YamlVariable, ...] = (),
    ) -> None:
        self.inherited = inherited
        self.stage = stage
        self.only = only
        self.except_ = except_
        self.rules = rules
        self.variables = variables
        self.options: dict[str, object] = {}


def check_own(entry: Entry) -> None:
    """What GitLab checks first of every job: its name, and keywords that exclude each other."""
    if not isinstance(entry.key, str):
        if ruby.blank(entry.key):
            entry.wrong("name", "can't be blank", "config")
        entry.wrong("name", "should be a symbol", "config")
    elif not entry.key:
        entry.wrong("name", "can't be blank", "config")
    elif len(entry.key) > LONGEST_NAME:
        entry.wrong("name", f"is too long (maximum is {LONGEST_NAME} characters)", "config")
    checks.exclusive_keys(entry, ("script", "trigger"))
    checks.exclusive_keys(entry, ("run", "trigger"))
    listed = entry.get("rules")
    if listed is not None and not _NOT_BESIDE_RULES.isdisjoint(entry.map):
        beside = [str(key) for key, value in entry.map.items() if key in _NOT_BESIDE_RULES and value is not None]
        if beside:
            entry.wrong("config", f"key may not be used with `rules`: {', '.join(beside)}", beside[0])
    checks.strings_or_string(entry, "extends")
    if listed is not None and not checks.is_nested_maps(listed):
        entry.wrong("rules", "should be an array containing hashes and arrays of hashes")
    checks.string(entry, "resource_group")


def check_common(entry: Entry, run: Run) -> Common:
    """The keywords of all jobs."""
    value = entry.map
    common = Common()
    if (stage := value.get("stage")) is not None:
        if type(stage) is not str:
            plain.string(entry.child("stage"))
        common.stage = ruby.to_s(stage)
    if value.get("only") is not None:
        common.only = policy.check(entry.child("only"))
    if value.get("except") is not None:
        common.except_ = policy.check(entry.child("except"))
    if value.get("rules") is not None:
        common.rules = _rules(entry, run)
    if value.get("variables") is not None:
        common.variables = variables.check(entry.child("variables"), variables.OF_A_JOB)
    if value.get("inherit") is not None:
        common.inherited = inherit.check(entry.child("inherit"), KEYWORDS.keys())
    if value.get("environment") is not None:
        common.options["environment"] = _ENVIRONMENT(entry.child("environment"))
    take(entry, "interruptible", plain.boolean, common, run)
    return common


def take(entry: Entry, key: str, keyword: Keyword, common: Common, run: Run) -> None:
    """Put the value of a keyword among the options: the job's own, or else the default if the job takes it."""
    if entry.map.get(key) is not None:
        common.options[key] = checked(entry, key, keyword, run)
    elif (default := run.defaults.get(key)) is not None and common.inherited.takes(key):
        common.options[key] = default.value
        entry.problems.extend(default.problems)


def checked(entry: Entry, key: str, keyword: Keyword, run: Run) -> object:
    """The value of a keyword of the job, or what another job found out about the very same one."""
    value = entry.map[key]
    known = (key, id(value) if isinstance(value, (dict, list)) else (type(value), value))
    if known in run.seen:
        return run.seen[known]
    below = entry.child(key)
    found = keyword(below)
    if not below.faults():
        run.seen[known] = found
    return found


def _of_a_job(entry: Entry) -> tuple[Rule, ...] | None:
    return rules.check(entry, rules.OF_A_JOB)


def _rules(entry: Entry, run: Run) -> tuple[Rule, ...] | None:
    before = len(entry.problems)
    found = cast("tuple[Rule, ...] | None", checked(entry, "rules", _of_a_job, run))
    sound = len(entry.problems) == before
    if run.warnings is not None and found and sound and _only_when(found[-1], entry.get("rules")):
        run.warnings.append(Problem(f"{entry.location()} {_MANY_PIPELINES}", found[-1].place))
    return found


def _only_when(last: Rule, listed: object) -> bool:
    """Whether the last rule says `when` and nothing else, and not never."""
    if last.when in {None, "never"} or last.if_ is not None:
        return False
    *_, (raw, _) = flattened(listed, None)
    written = [key for key, value in raw.items() if value is not None] if isinstance(raw, dict) else []
    return written == ["when"]


def job_of(
    entry: Entry,
    common: Common,
    *,
    needs: tuple[Need, ...] | None = None,
    parallel: Parallel | None = None,
    allow_failure: AllowFailure | None = None,
) -> CheckedJob:
    """The job that comes of it."""
    value = entry.value if isinstance(entry.value, dict) else {}
    options = common.options
    if value.get("resource_group") is not None:
        options["resource_group"] = value["resource_group"]
    return CheckedJob(
        name=ruby.to_s(entry.key),
        stage=common.stage,
        when=value.get("when"),
        start_in=value.get("start_in"),
        allow_failure=allow_failure,
        rules=common.rules,
        has_rules="rules" in value,
        only=common.only,
        except_=common.except_,
        needs=needs,
        variables=common.variables,
        inherit_variables=common.inherited.variables,
        parallel=parallel,
        options=options,
        place=entry.place,
        places=Places(value) if isinstance(value, Map) else {},
    )
