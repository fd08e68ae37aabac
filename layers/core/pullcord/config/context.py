"""Inputs of the compiler beside the text: the pipeline's context, and the reader of further files. No effects."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

ZEROS = "0" * 40
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Variable(NamedTuple):
    """CI/CD variable as the compiler sees it.

    raw:    the value is never expanded
    masked: never shown in messages or traces (`[MASKED]` instead)
    file:   the job gets a path; expressions and expansions use the content
    """

    key: str
    value: str
    raw: bool = False
    masked: bool = False
    file: bool = False


def duplicate_names(keys: Iterable[str]) -> str | None:
    """Return GitLab's error for duplicate variable names; None if all names differ."""
    names = [key for key, times in Counter(keys).items() if times > 1]
    return f"Duplicate variable name{'s' * (len(names) > 1)}: {', '.join(names)}" if names else None


class CompilerLimits(NamedTuple):
    """Limits of the compiler; the defaults are GitLab's (docs.gitlab.com/administration/instance_limits)."""

    yaml_bytes: int = 2_097_152
    parsed_bytes: int = 0
    """Memory that parsed values may need, as Ruby would count it; 0 stands for `yaml_bytes`."""
    yaml_depth: int = 100
    includes: int = 150
    total_bytes: int = 314_572_800
    jobs: int = 0
    """Jobs of one pipeline; 0 means no limit."""
    deployments: int = 500


class Context(NamedTuple):
    """Context of the requested pipeline: ref, source, variables, inputs and limits.

    predefined:        variables known before the pipeline exists (lowest precedence)
    project_variables: instance, group and project settings, already in order of rising precedence
    variables:         of the request (trigger, API, …), highest precedence; file-type TRIGGER_PAYLOAD among them
    pipeline_only:     predefined variables that includes do not see (marked "Pipeline" in GitLab's reference)
    inputs:            pipeline inputs, typed (JSON) or text
    ignore_skip:       `[skip ci]` in the commit message has no effect (API, web, schedule and trigger runs)
    skip_missing:      includes that the reader cannot reach are skipped with a warning; GitLab never does
    """

    ref: str = "main"
    tag: bool = False
    source: str = "push"
    project: str = ""
    predefined: Mapping[str, str] = NOTHING
    pipeline_only: Mapping[str, str] = NOTHING
    project_variables: Sequence[Variable] = ()
    variables: Sequence[Variable] = ()
    inputs: Mapping[str, object] | None = None
    commit_message: str = ""
    ignore_skip: bool = False
    skip_missing: bool = False
    limits: CompilerLimits = CompilerLimits()


class MissingProject(LookupError):
    """Raised for a project that does not exist or that the user may not read."""


class MissingRef(LookupError):
    """Raised for a ref that the project does not have."""


class RemoteFailure(Exception):
    """Raised when a remote include cannot be fetched; the text is what GitLab puts after "Remote file `U` "."""


class RemoteBlocked(RemoteFailure):
    """Raised when a remote include may not be fetched or its host cannot be reached; the text is GitLab's reason."""


class ConfigReader(Protocol):
    """Reader of files and diffs: the only way of the compiler to anything outside its arguments.

    `project` None is the pipeline's own project at the pipeline's commit; `ref` None is that project's HEAD. The
    version of a component is a `ref`, too: a branch, tag or commit, or `~latest` and `1.2` where there are releases.
    """

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Return the text of a file; None when there is none. Raises MissingProject, MissingRef."""
        ...

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Return every file path of the tree, sorted. Raises MissingProject, MissingRef."""
        ...

    def remote(self, url: str) -> str:
        """Return the body of a URL. Raises RemoteFailure."""
        ...

    def template(self, name: str) -> str | None:
        """Return an instance template by its name without `.gitlab-ci.yml`; None when there is none."""
        ...

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Return the changed paths of the push or merge request, or against `compare_to`; None when no diff is known.

        Raises MissingRef for an unknown `compare_to`.
        """
        ...
