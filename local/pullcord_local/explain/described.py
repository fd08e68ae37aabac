"""Pipeline that the options of the command describe."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pullcord.config.context import Variable
from pullcord_local.explain.kinds import WrongKind, check_source, similar, split_ref
from pullcord_local.explain.notes import OF_RUNNING_JOBS
from pullcord_local.explain.options import Options
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import ExplainedConfig, WorkTree

if TYPE_CHECKING:
    from pullcord_local.explain.elsewhere import Elsewhere

DEFAULT_FILE = ".gitlab-ci.yml"
SOURCE = "CI_PIPELINE_SOURCE"


class WrongUse(Exception):
    """Raised if the options contradict each other or name something that is not there."""


class RefAndFile(NamedTuple):
    """Ref of the pipeline, as far as options name it, and the file to explain."""

    ref: str | None
    tag: bool
    file: str


def ref_and_file(arguments: Options) -> RefAndFile:
    """Read `--ref`, `--tag` and the file. With `--ref`, the value after `--tag` is the file. Raises WrongUse."""
    tag, file = arguments.tag, arguments.file or DEFAULT_FILE
    if isinstance(tag, str) and arguments.ref is not None and arguments.file is None:
        file, tag = tag, True
    ref, ref_is_tag = (None, None) if arguments.ref is None else short(arguments.ref, "--ref")
    if tag is None:
        return RefAndFile(ref, ref_is_tag is True, file)
    name, tag_is_tag = (ref, ref_is_tag) if tag is True else short(str(tag), "--tag")
    if name is None:
        raise WrongUse("--tag needs a name, here or as --ref")
    if ref not in {None, name}:
        raise WrongUse("--ref and --tag name different refs")
    if ref_is_tag is False or tag_is_tag is False:
        raise WrongUse(f"--tag contradicts the branch refs/heads/{name}")
    return RefAndFile(name, tag=True, file=file)


def short(ref: str, option: str) -> tuple[str, bool | None]:
    """Split a ref. Raises WrongUse."""
    try:
        return split_ref(ref)
    except WrongKind as wrong:
        raise WrongUse(f"{option}: {wrong}") from wrong


def described(arguments: Options, named: RefAndFile, configuration: ExplainedConfig) -> Situation:
    """Return the pipeline that the options describe. Raises WrongUse."""
    tree, overrides = configuration.tree, predefined_variables(arguments)
    if arguments.source is not None and overrides.get(SOURCE, arguments.source) != arguments.source:
        raise WrongUse(f"--source and --set {SOURCE} name different sources")
    source = overrides.get(SOURCE, "push") if arguments.source is None else arguments.source
    try:
        check_source(source, tag=named.tag)
    except WrongKind as wrong:
        raise WrongUse(str(wrong)) from wrong
    situation = Situation(
        ref=named.ref or tree.branch or Situation().ref,
        tag=named.tag,
        source=source,
        host=tree.host,
        project=tree.project,
        default_branch=tree.default_branch,
        sha=tree.sha,
        config_path=configuration.filename or DEFAULT_FILE,
        variables=[Variable(name, value) for name, value in (variable(text) for text in arguments.variable)],
        predefined=overrides,
        inputs=without_repetition("--input", [pair(text, "--input") for text in arguments.input]) or None,
        skip_missing=arguments.skip_missing_includes,
    ).with_overrides()
    connect(tree, situation)
    return situation


def connect(tree: WorkTree, situation: Situation) -> None:
    """Tell the work tree whose project it is, and what stands for its commit."""
    tree.project_path = situation.path
    tree.current = frozenset({situation.commit, situation.ref})
    tree.skip_missing = situation.skip_missing


def predefined_variables(arguments: Options) -> Mapping[str, str]:
    """Read `--set`. Raises WrongUse."""
    pairs = [pair(text, "--set") for text in arguments.set]
    if not pairs:
        return {}
    from pullcord_local.explain.names import NAMES, OF_JOBS

    for name, _ in pairs:
        if name not in NAMES:
            meant = similar(name, NAMES)
            hint = f"; did you mean {meant}?" if meant else ""
            raise WrongUse(f"--set: {name} is no predefined variable{hint} (--variable sets a pipeline variable)")
        if name in OF_JOBS:
            raise WrongUse(f"--set: {name} follows from the keywords of each job")
        if name in OF_RUNNING_JOBS:
            raise WrongUse(f"--set: {name} is not known before a job runs, so no rule sees it")
    return without_repetition("--set", pairs)


def elsewhere(arguments: Options) -> "Elsewhere | None":
    """Read the options that give files from elsewhere. Raises WrongUse."""
    if not arguments.include and not arguments.remote and arguments.templates is None:
        return None
    from pullcord_local.explain.elsewhere import Elsewhere, NotGiven

    try:
        return Elsewhere.of(arguments.include, arguments.remote, arguments.templates)
    except NotGiven as missing:
        raise WrongUse(str(missing)) from missing


def changed_paths(arguments: Options) -> list[str] | None:
    """Read `--changed`: paths from the root of the repository. Raises WrongUse."""
    if arguments.changed is None:
        return None
    paths = [path.removeprefix("./") for path in arguments.changed]
    for path in paths:
        if not path or path.startswith("/") or ".." in path.split("/"):
            raise WrongUse(f"--changed {path!r} is no path from the root of the repository")
    return paths


def variable(text: str) -> tuple[str, str]:
    """Split `K=V` of a variable. Raises WrongUse."""
    name, value = pair(text, "--variable")
    if not (name.isascii() and name.replace("_", "a").isalnum()):
        raise WrongUse(f"--variable: {name!r} has other characters than letters, digits and _")
    return name, value


def pair(text: str, option: str) -> tuple[str, str]:
    """Split `K=V`. Raises WrongUse."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        form = "NAME=VALUE" if option == "--set" else "K=V"
        raise WrongUse(f"{text!r} is not of the form {form}")
    return name, value


def without_repetition(option: str, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Convert pairs to a map. Raises WrongUse if a name is repeated."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise WrongUse(f"{option} names {next(name for name in names if names.count(name) > 1)} twice")
    return found
