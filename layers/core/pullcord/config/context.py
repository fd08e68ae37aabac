"""Everything outside the text that decides what a configuration means. Data and one window; no effects here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

ZEROS = "0" * 40
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Variable(NamedTuple):
    """A CI/CD variable as the compiler sees it.

    raw:    the value is never expanded
    masked: never shown in messages or traces (`[MASKED]` instead)
    file:   the job gets a path; expressions and expansions use the content
    """

    key: str
    value: str
    raw: bool = False
    masked: bool = False
    file: bool = False


def doubled(keys: Iterable[str]) -> str | None:
    """GitLab's words for variables of one name; None if each has a name of its own."""
    names = [key for key, times in Counter(keys).items() if times > 1]
    return f"Duplicate variable name{'s' * (len(names) > 1)}: {', '.join(names)}" if names else None


class Limits(NamedTuple):
    """GitLab's default application limits (docs.gitlab.com/administration/instance_limits)."""

    yaml_bytes: int = 2_097_152
    parsed_bytes: int = 0
    """What is read may need so much memory, as Ruby would count it; 0 stands for `yaml_bytes`."""
    yaml_depth: int = 100
    includes: int = 150
    total_bytes: int = 314_572_800
    jobs: int = 0
    """Jobs of one pipeline; 0 is without limit."""
    deployments: int = 500


class Context(NamedTuple):
    """One wish to have a pipeline: the ref, why, and what was said with it.

    predefined:        variables GitLab knows before the pipeline exists (lowest precedence)
    project_variables: instance, group and project settings, already in order of rising precedence
    variables:         of the request (trigger, API, …), highest precedence; file-type TRIGGER_PAYLOAD among them
    pipeline_only:     predefined ones that includes do not see (reference section 11, "Pipeline")
    inputs:            pipeline inputs, typed (JSON) or text
    ignore_skip:       `[skip ci]` in the commit message has no effect (API, web, schedule and trigger runs)
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
    limits: Limits = Limits()


class MissingProject(LookupError):
    """No such project, or the caller may not read it."""


class MissingRef(LookupError):
    """The project has no such ref."""


class RemoteFailure(Exception):
    """A remote include could not be fetched; the text is what GitLab puts after "Remote file `U` "."""


class RemoteBlocked(RemoteFailure):
    """A remote include may not be fetched or not be connected to; the text is GitLab's reason."""


class Window(Protocol):
    """The compiler's only window to the world. Reads, never writes.

    `project` None is the pipeline's own project at the pipeline's commit; `ref` None is that project's HEAD. The
    version of a component is a `ref`, too: a branch, tag or commit, or `~latest` and `1.2` where there are releases.
    """

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Text of a file; None when there is none. Raises MissingProject, MissingRef."""
        ...

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Every file path of the tree, sorted. Raises MissingProject, MissingRef."""
        ...

    def remote(self, url: str) -> str:
        """Body of a URL. Raises RemoteFailure."""
        ...

    def template(self, name: str) -> str | None:
        """An instance template by its name without `.gitlab-ci.yml`; None when there is none."""
        ...

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Changed paths of the push or merge request, or against `compare_to`; None when no diff is known.

        Raises MissingRef for an unknown `compare_to`.
        """
        ...
