"""Command `pullcord explain [FILE]`: explains one configuration, to people or machines."""

import os
import sys

from pullcord.config.compiler import compile_pipeline
from pullcord.config.context import ZEROS, CompilerLimits, Variable
from pullcord.config.plan import Plan
from pullcord.config.variables import predefined
from pullcord_local.explain.options import Options
from pullcord_local.explain.situation import MERGE_REQUEST, Situation, by_kind
from pullcord_local.explain.worktree import ExplainedConfig, WorkTree, contents

DEFAULT_FILE = ".gitlab-ci.yml"
STANDARD_INPUT = "-"
YAML = (".yml", ".yaml")
TOO_BIG = " YAML is too big"
MAX_CHARACTERS = 4_194_304
"""Longer texts are refused as GitLab refuses them, whatever limit an administrator might set."""


class WrongUse(Exception):
    """Raised if the options contradict each other or the file cannot be read."""


def run(arguments: Options) -> int:
    """Explain one configuration. Exit status: 0 a pipeline would be created, 1 not, 2 wrong use."""
    try:
        tag, file = tag_and_file(arguments)
        configuration = read(file, arguments.changed)
        situation = described(arguments, tag, configuration.tree)
    except WrongUse as wrong:
        sys.stderr.write(f"pullcord explain: {wrong}\n")
        return 2
    plan = compiled(configuration, situation)
    show(plan, configuration, situation, as_json=arguments.format == "json")
    return 0 if plan.outcome == "planned" else 1


def compiled(configuration: ExplainedConfig, situation: Situation) -> Plan:
    """Compile the configuration. A file beyond GitLab's default size is explained, too, with the error as a warning:
    administrators of GitLab can raise the limit.
    """
    text, name, tree = configuration.text, configuration.filename, configuration.tree
    plan = compile_pipeline(text, name, situation.context(), tree)
    if len(text) > MAX_CHARACTERS or not plan.errors or not plan.errors[0].message.endswith(TOO_BIG):
        return plan
    raised = CompilerLimits(yaml_bytes=4 * MAX_CHARACTERS, parsed_bytes=max(CompilerLimits().yaml_bytes, 4 * len(text)))
    again = compile_pipeline(text, name, situation._replace(limits=raised).context(), tree)
    complaint = plan.errors[0]
    if again.errors and again.errors[0].message == complaint.message:
        return plan
    warning = complaint._replace(message=f"{complaint.message} for an instance of GitLab with the usual limits")
    return again._replace(warnings=(warning, *again.warnings))


def show(plan: Plan, configuration: ExplainedConfig, situation: Situation, *, as_json: bool) -> None:
    """Write the answer to standard output."""
    if as_json:
        from pullcord_local.explain import answers

        sys.stdout.writelines(answers.written(answers.answer(plan)))
        sys.stdout.write("\n")
        return
    from pullcord_local.explain import report

    sys.stdout.reconfigure(errors="replace") if hasattr(sys.stdout, "reconfigure") else None
    sys.stdout.write(report.report(plan, configuration, situation, coloured=coloured()))


def coloured() -> bool:
    """Whether to use colours: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def tag_and_file(arguments: Options) -> tuple[str | bool | None, str]:
    """Return tag and file. With `--ref`, the value after `--tag` is the file."""
    if isinstance(arguments.tag, str) and arguments.ref is not None and arguments.file is None:
        return True, arguments.tag
    return arguments.tag, arguments.file or DEFAULT_FILE


def read(file: str, changed: list[str] | None) -> ExplainedConfig:
    """Read the configuration. Raises WrongUse."""
    if file == STANDARD_INPUT:
        text = sys.stdin.buffer.read().decode(errors="replace")
        return ExplainedConfig(text, "standard input", None, WorkTree.around("", changed))
    try:
        text = contents(file)
        tree = WorkTree.around(os.path.dirname(file), changed)
    except OSError as error:
        raise WrongUse(f"cannot read {file}: {error.strerror}") from error
    path = os.path.relpath(os.path.realpath(file), tree.root).replace(os.sep, "/")
    named = os.path.splitext(path)[1].lower() in YAML and not path.startswith("../")
    return ExplainedConfig(text, path if named else file, path if named else None, tree)


def described(arguments: Options, tag: str | bool | None, tree: WorkTree) -> Situation:
    """Return the pipeline that the options describe. Raises WrongUse."""
    if isinstance(tag, str) and arguments.ref not in {None, tag}:
        raise WrongUse("--ref and --tag name different refs")
    if tag is True and arguments.ref is None:
        raise WrongUse("--tag needs a name, here or as --ref")
    default = Situation()
    situation = Situation(
        ref=tag if isinstance(tag, str) else arguments.ref or tree.branch or default.ref,
        tag=tag is not None,
        source=arguments.source,
        project=tree.project or default.project,
        sha=tree.sha or ZEROS,
        variables=[Variable(name, value) for name, value in map(pair, arguments.variable)],
        inputs=dict(map(pair, arguments.input)) or None,
    )
    return situation.with_predefined(predefined_input(situation, tree))


def predefined_input(situation: Situation, tree: WorkTree) -> predefined.PredefinedInput:
    """Return the data for predefined variables: the project's from the work tree, the pipeline's from the options."""
    merge_request = situation.source == MERGE_REQUEST
    return predefined.PredefinedInput(
        source=situation.source,
        ref=situation.ref,
        tag=situation.tag,
        sha=situation.sha,
        project_path=situation.project,
        default_branch=situation.default_branch,
        server_url=f"https://{tree.host or 'gitlab.example.com'}",
        merge_request=by_kind(situation) if merge_request else None,
        triggered=situation.source == "trigger",
    )


def pair(text: str) -> tuple[str, str]:
    """Split `K=V`. Raises WrongUse."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise WrongUse(f"{text!r} is not of the form K=V")
    return name, value
