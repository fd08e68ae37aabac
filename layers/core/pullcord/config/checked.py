"""A configuration whose every entry has been validated: what the evaluating passes read instead of raw YAML."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pullcord.config.problems import Place, Problem

NOTHING: Mapping[str, Any] = MappingProxyType({})


class YamlVariable(NamedTuple):
    """A variable written in the file. raw: `expand: false`."""

    key: str
    value: str
    raw: bool = False


class Paths(NamedTuple):
    """`changes:` or `exists:` of a rule. `paths` are globs as written; the other three belong to one of them each."""

    paths: tuple[str, ...] = ()
    compare_to: str | None = None
    project: str | None = None
    ref: str | None = None
    regexp: str | None = None


class Need(NamedTuple):
    """One item of `needs:`. `matrix` selects parallel jobs; `project`/`pipeline`: jobs of elsewhere ("cross")."""

    name: str | None = None
    artifacts: bool = True
    optional: bool = False
    matrix: tuple[Mapping[str, object], ...] = ()
    project: str | None = None
    ref: str | None = None
    pipeline: str | None = None
    place: Place | None = None

    @property
    def cross(self) -> bool:
        """Whether the needed job is in another pipeline."""
        return self.project is not None or self.pipeline is not None


class AllowFailure(NamedTuple):
    """`allow_failure:` true, false, or true for some exit codes only."""

    allowed: bool
    exit_codes: tuple[int, ...] = ()


class Rule(NamedTuple):
    """One item of `rules:` of a job, of `workflow`, or of an include. None means: not written."""

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
    place: Place | None = None


class Policy(NamedTuple):
    """`only:` or `except:`. None means: key not written; `refs` of a list form are its items."""

    refs: tuple[str, ...] | None = None
    variables: tuple[str, ...] | None = None
    changes: tuple[str, ...] | None = None
    kubernetes: str | None = None
    place: Place | None = None


class Parallel(NamedTuple):
    """`parallel:` a number, or the entries of a matrix: variable → its values, in the order of the file."""

    number: int | None = None
    matrix: tuple[Mapping[str, tuple[str, ...]], ...] | None = None


class CheckedJob(NamedTuple):
    """One visible job after defaults and inheritance, before expansion.

    stage:         "test" where the file names none
    when:          the job-level `when`, None if not written
    rules:         None without the key (or null); has_rules: the key stands there, be it with null, which is enough to
                   switch off the default of `only`
    only, except_: None if not written; the evaluating pass knows the default policy
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
    only: Policy | None = None
    except_: Policy | None = None
    needs: tuple[Need, ...] | None = None
    variables: tuple[YamlVariable, ...] = ()
    inherit_variables: bool | tuple[str, ...] = True
    parallel: Parallel | None = None
    options: Mapping[str, object] = NOTHING
    place: Place | None = None
    places: Mapping[str, Place | None] = NOTHING


class Workflow(NamedTuple):
    """`workflow:`. `rules` None without the key or null; `has_rules` is true whenever the key stands there."""

    rules: tuple[Rule, ...] | None = None
    has_rules: bool = False
    name: str | None = None
    auto_cancel: Mapping[str, str] = NOTHING
    place: Place | None = None


class Checked(NamedTuple):
    """The whole file. With `errors`, the rest may be incomplete and must not be evaluated."""

    stages: tuple[str, ...] = ()
    variables: tuple[YamlVariable, ...] = ()
    workflow: Workflow = Workflow()
    jobs: tuple[CheckedJob, ...] = ()
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
