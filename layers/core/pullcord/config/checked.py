"""Validated configuration: what the phases after validation read instead of raw YAML."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pullcord.config.problems import Location, Problem

NOTHING: Mapping[str, Any] = MappingProxyType({})


class YamlVariable(NamedTuple):
    """Variable written in the file. raw: `expand: false`."""

    key: str
    value: str
    raw: bool = False


class Paths(NamedTuple):
    """Globs of `changes:` or `exists:`, as written. compare_to: of `changes` alone; project, ref: of `exists` alone."""

    paths: tuple[str, ...] = ()
    compare_to: str | None = None
    project: str | None = None
    ref: str | None = None
    regexp: str | None = None


class Need(NamedTuple):
    """Item of `needs:`. `matrix` selects parallel jobs; `project`, `pipeline`: a job of another pipeline ("cross")."""

    name: str | None = None
    artifacts: bool = True
    optional: bool = False
    matrix: tuple[Mapping[str, object], ...] = ()
    project: str | None = None
    ref: str | None = None
    pipeline: str | None = None
    location: Location | None = None

    @property
    def cross(self) -> bool:
        """Whether the needed job is in another pipeline."""
        return self.project is not None or self.pipeline is not None


class AllowFailure(NamedTuple):
    """Value of `allow_failure:`: true, false, or true for some exit codes only."""

    allowed: bool
    exit_codes: tuple[int, ...] = ()


class Rule(NamedTuple):
    """Item of `rules:` of a job, of `workflow`, or of an include. None means: not written."""

    if_: str | None = None
    changes: Paths | None = None
    exists: Paths | None = None
    when: str | None = None
    start_in: str | None = None
    allow_failure: AllowFailure | None = None
    variables: tuple[YamlVariable, ...] = ()
    needs: tuple[Need, ...] | None = None
    interruptible: bool | None = None
    auto_cancel: Mapping[str, str] = NOTHING
    location: Location | None = None


class RefPolicy(NamedTuple):
    """Value of `only:` or `except:`. None means: key not written; a list becomes `refs`."""

    refs: tuple[str, ...] | None = None
    variables: tuple[str, ...] | None = None
    changes: tuple[str, ...] | None = None
    kubernetes: str | None = None
    location: Location | None = None


class Parallel(NamedTuple):
    """Value of `parallel:`: a number, or the entries of a matrix (variable → its values, in the file's order)."""

    number: int | None = None
    matrix: tuple[Mapping[str, tuple[str, ...]], ...] | None = None


class CheckedJob(NamedTuple):
    """Visible job after defaults and inheritance, before `parallel` and rules.

    stage:         "test" where the file names none
    when:          the job-level `when`, None if not written
    rules:         None without the key (or null); has_rules: the key is written, even with null, which switches off
                   the default of `only`
    only, except_: None if not written; the default policy is applied when the job is evaluated
    variables:     of the job alone; inherit_variables: True, False or the names taken from the globals
    options:       everything else, validated and normalised: script (flat list), before_script, after_script, image,
                   services, artifacts, cache, tags (unexpanded), environment, retry, timeout, trigger, dependencies,
                   coverage, resource_group, release, id_tokens, interruptible, inputs, pages, hooks, run, …
    """

    name: str
    stage: str = "test"
    when: str | None = None
    start_in: str | None = None
    allow_failure: AllowFailure | None = None
    rules: tuple[Rule, ...] | None = None
    has_rules: bool = False
    only: RefPolicy | None = None
    except_: RefPolicy | None = None
    needs: tuple[Need, ...] | None = None
    variables: tuple[YamlVariable, ...] = ()
    inherit_variables: bool | tuple[str, ...] = True
    parallel: Parallel | None = None
    options: Mapping[str, object] = NOTHING
    location: Location | None = None
    locations: Mapping[str, Location | None] = NOTHING


class CheckedWorkflow(NamedTuple):
    """Value of `workflow:`. `rules` is None without the key or null; `has_rules`: whether the key is written."""

    rules: tuple[Rule, ...] | None = None
    has_rules: bool = False
    name: str | None = None
    auto_cancel: Mapping[str, str] = NOTHING
    location: Location | None = None


class CheckedConfig(NamedTuple):
    """Validated file. With `errors`, the rest may be incomplete and must not be evaluated."""

    stages: tuple[str, ...] = ()
    variables: tuple[YamlVariable, ...] = ()
    workflow: CheckedWorkflow = CheckedWorkflow()
    jobs: tuple[CheckedJob, ...] = ()
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
