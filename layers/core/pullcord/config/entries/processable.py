"""Keywords that jobs and trigger jobs have in common.

Source: https://docs.gitlab.com/ci/yaml/#job-keywords
"""

from typing import cast

from pullcord.config import ruby
from pullcord.config.checked import AllowFailure, CheckedJob, Need, Parallel, RefPolicy, Rule, YamlVariable
from pullcord.config.entries import checks, inherit, plain, policy, rules, stages, variables
from pullcord.config.entries.default import KEYWORDS, Defaults, Keyword, lazy_check
from pullcord.config.entries.entry import Entry, KeyLocations, flattened
from pullcord.config.lazy import IdentityMemo
from pullcord.config.problems import Problem
from pullcord.config.tree import Map

MAX_NAME_LENGTH = 255
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
_EXCLUDED_BY_RULES = frozenset({"only", "except", "start_in"})
_ENVIRONMENT = lazy_check("environment")
_MANY_PIPELINES = (
    "may allow multiple pipelines to run for a single action due to `rules:when` clause with no `workflow:rules` - "
    "read more: https://docs.gitlab.com/ee/ci/jobs/job_troubleshooting.html"
    "#job-may-allow-multiple-pipelines-to-run-for-a-single-action-warning"
)


type Result = tuple[object]
"""Result of the validation of a keyword, which may be None."""


class Validation:
    """State of the validation of a file that its jobs share.

    warnings:   None if `workflow:rules` make them needless
    containers: results by keyword and the very same list or map, as `extends` and aliases leave it
    scalars:    results by keyword and scalar. Values with problems are validated for every job, to report them
    """

    __slots__ = ("containers", "defaults", "scalars", "warnings")

    def __init__(self, defaults: Defaults, warnings: list[Problem] | None) -> None:
        self.defaults = defaults
        self.warnings = warnings
        self.containers: IdentityMemo[Result] = IdentityMemo()
        self.scalars: dict[tuple[str, type, object], Result] = {}


class CommonKeywords:
    """Validated keywords of a job: those that all jobs have, and `options` for the rest."""

    __slots__ = ("except_", "inherited", "only", "options", "rules", "stage", "variables")

    def __init__(
        self,
        inherited: inherit.Inheritance = inherit.EVERYTHING,
        stage: str = stages.OF_A_JOB,
        only: RefPolicy | None = None,
        except_: RefPolicy | None = None,
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
    """Check a job's name, and keywords that exclude each other, as GitLab does first."""
    if not isinstance(entry.key, str):
        if ruby.blank(entry.key):
            entry.wrong("name", "can't be blank", "config")
        entry.wrong("name", "should be a symbol", "config")
    elif not entry.key:
        entry.wrong("name", "can't be blank", "config")
    elif len(entry.key) > MAX_NAME_LENGTH:
        entry.wrong("name", f"is too long (maximum is {MAX_NAME_LENGTH} characters)", "config")
    checks.exclusive_keys(entry, ("script", "trigger"))
    checks.exclusive_keys(entry, ("run", "trigger"))
    listed = entry.get("rules")
    if listed is not None and not _EXCLUDED_BY_RULES.isdisjoint(entry.map):
        conflicting = [str(key) for key, value in entry.map.items() if key in _EXCLUDED_BY_RULES and value is not None]
        if conflicting:
            entry.wrong("config", f"key may not be used with `rules`: {', '.join(conflicting)}", conflicting[0])
    checks.strings_or_string(entry, "extends")
    if listed is not None and not checks.is_nested_maps(listed):
        entry.wrong("rules", "should be an array containing hashes and arrays of hashes")
    checks.string(entry, "resource_group")


def check_common(entry: Entry, validation: Validation) -> CommonKeywords:
    """Validate the keywords that all jobs have."""
    value = entry.map
    common = CommonKeywords()
    if (stage := value.get("stage")) is not None:
        if type(stage) is not str:
            plain.string(entry.child("stage"))
        common.stage = ruby.to_s(stage)
    if value.get("only") is not None:
        common.only = policy.check(entry.child("only"))
    if value.get("except") is not None:
        common.except_ = policy.check(entry.child("except"))
    if value.get("rules") is not None:
        common.rules = _rules(entry, validation)
    if value.get("variables") is not None:
        common.variables = variables.check(entry.child("variables"), variables.OF_A_JOB)
    if value.get("inherit") is not None:
        common.inherited = inherit.check(entry.child("inherit"), KEYWORDS.keys())
    if value.get("environment") is not None:
        common.options["environment"] = _ENVIRONMENT(entry.child("environment"))
    take(entry, "interruptible", plain.boolean, common, validation)
    return common


def take(entry: Entry, key: str, keyword: Keyword, common: CommonKeywords, validation: Validation) -> None:
    """Put the value of a keyword into the options: the job's own, else the default if the job inherits it."""
    if entry.map.get(key) is not None:
        common.options[key] = checked(entry, key, keyword, validation)
    elif (default := validation.defaults.get(key)) is not None and common.inherited.inherits(key):
        common.options[key] = default.value
        entry.problems.extend(default.problems)


def checked(entry: Entry, key: str, keyword: Keyword, validation: Validation) -> object:
    """Validate a keyword of the job, unless the very same value was validated for another job."""
    value = entry.map[key]
    container = isinstance(value, (dict, list))
    known = validation.containers.get(value, key) if container else validation.scalars.get((key, type(value), value))
    if known is not None:
        return known[0]
    child = entry.child(key)
    result = (keyword(child),)
    if not child.faults():
        if container:
            validation.containers.put(value, result, key)
        else:
            validation.scalars[key, type(value), value] = result
    return result[0]


def _of_a_job(entry: Entry) -> tuple[Rule, ...] | None:
    return rules.check(entry, rules.OF_A_JOB)


def _rules(entry: Entry, validation: Validation) -> tuple[Rule, ...] | None:
    before = len(entry.problems)
    found = cast("tuple[Rule, ...] | None", checked(entry, "rules", _of_a_job, validation))
    sound = len(entry.problems) == before
    if validation.warnings is not None and found and sound and _only_when(found[-1], entry.get("rules")):
        validation.warnings.append(Problem(f"{entry.path()} {_MANY_PIPELINES}", found[-1].location))
    return found


def _only_when(last: Rule, listed: object) -> bool:
    """Whether the last rule has `when` alone, and it is not "never"."""
    if last.when in {None, "never"} or last.if_ is not None:
        return False
    *_, (raw, _) = flattened(listed, None)
    written = [key for key, value in raw.items() if value is not None] if isinstance(raw, dict) else []
    return written == ["when"]


def job_of(
    entry: Entry,
    common: CommonKeywords,
    *,
    needs: tuple[Need, ...] | None = None,
    parallel: Parallel | None = None,
    allow_failure: AllowFailure | None = None,
) -> CheckedJob:
    """Make the checked job."""
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
        location=entry.location,
        locations=KeyLocations(value) if isinstance(value, Map) else {},
    )
