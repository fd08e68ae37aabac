"""`pullcord explain [FILE]`: one configuration, explained to a person or a machine."""

import os
import sys

from pullcord.config.compiler import compile_pipeline
from pullcord.config.context import ZEROS, Limits, Variable
from pullcord.config.plan import Plan
from pullcord.config.variables import predefined
from pullcord_local.explain.options import Options
from pullcord_local.explain.situation import MERGE_REQUEST, Situation, by_kind
from pullcord_local.explain.worktree import Configuration, WorkTree, contents

USUAL = ".gitlab-ci.yml"
STANDARD_INPUT = "-"
YAML = (".yml", ".yaml")
TOO_BIG = " YAML is too big"
MOST_CHARACTERS = 4_194_304
"""A longer text is refused as GitLab refuses it, whatever an administrator might allow."""


class WrongUse(Exception):
    """The options contradict each other, or the file cannot be read."""


def run(arguments: Options, remains: list[object]) -> int:
    """Exit status: 0 a pipeline would be created, 1 not, 2 wrong use. remains: gets all that was made."""
    try:
        tag, file = tag_and_file(arguments)
        configuration = read(file, arguments.changed)
        situation = described(arguments, tag, configuration.tree)
    except WrongUse as wrong:
        sys.stderr.write(f"pullcord explain: {wrong}\n")
        return 2
    plan = compiled(configuration, situation, remains)
    remains.append(plan)
    show(plan, configuration, situation, as_json=arguments.format == "json")
    return 0 if plan.outcome == "planned" else 1


def compiled(configuration: Configuration, situation: Situation, remains: list[object]) -> Plan:
    """The plan. A file too big for GitLab as it comes is explained all the same, with GitLab's complaint as a warning:
    how big a file may be is for the administrator of an instance to say.
    """
    text, name, tree = configuration.text, configuration.filename, configuration.tree
    plan = compile_pipeline(text, name, situation.context(), tree, remains=remains)
    if len(text) > MOST_CHARACTERS or not plan.errors or not plan.errors[0].message.endswith(TOO_BIG):
        return plan
    raised = Limits(yaml_bytes=4 * MOST_CHARACTERS, parsed_bytes=max(Limits().yaml_bytes, 4 * len(text)))
    again = compile_pipeline(text, name, situation._replace(limits=raised).context(), tree)
    complaint = plan.errors[0]
    if again.errors and again.errors[0].message == complaint.message:
        return plan
    warning = complaint._replace(message=f"{complaint.message} for an instance of GitLab with the usual limits")
    return again._replace(warnings=(warning, *again.warnings))


def show(plan: Plan, configuration: Configuration, situation: Situation, *, as_json: bool) -> None:
    """Write the answer to standard output."""
    if as_json:
        from pullcord_local.explain import answers

        sys.stdout.writelines(answers.written(answers.answer(plan)))
        sys.stdout.write("\n")
        return
    from pullcord_local.explain import pages

    sys.stdout.reconfigure(errors="replace") if hasattr(sys.stdout, "reconfigure") else None
    sys.stdout.write(pages.page(plan, configuration, situation, coloured=coloured()))


def coloured() -> bool:
    """On a terminal, unless the user wants none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def tag_and_file(arguments: Options) -> tuple[str | bool | None, str]:
    """`--tag` may stand before the file: with `--ref` there, what follows it is the file."""
    if isinstance(arguments.tag, str) and arguments.ref is not None and arguments.file is None:
        return True, arguments.tag
    return arguments.tag, arguments.file or USUAL


def read(file: str, changed: list[str] | None) -> Configuration:
    """The text and its surroundings. Raises WrongUse."""
    if file == STANDARD_INPUT:
        text = sys.stdin.buffer.read().decode(errors="replace")
        return Configuration(text, "standard input", None, WorkTree.around("", changed))
    try:
        text = contents(file)
        tree = WorkTree.around(os.path.dirname(file), changed)
    except OSError as error:
        raise WrongUse(f"cannot read {file}: {error.strerror}") from error
    path = os.path.relpath(os.path.realpath(file), tree.root).replace(os.sep, "/")
    named = os.path.splitext(path)[1].lower() in YAML and not path.startswith("../")
    return Configuration(text, path if named else file, path if named else None, tree)


def described(arguments: Options, tag: str | bool | None, tree: WorkTree) -> Situation:
    """The pipeline that the options describe. Raises WrongUse."""
    if isinstance(tag, str) and arguments.ref not in {None, tag}:
        raise WrongUse("--ref and --tag name different refs")
    if tag is True and arguments.ref is None:
        raise WrongUse("--tag needs a name, here or as --ref")
    usual = Situation()
    situation = Situation(
        ref=tag if isinstance(tag, str) else arguments.ref or tree.branch or usual.ref,
        tag=tag is not None,
        source=arguments.source,
        project=tree.project or usual.project,
        sha=tree.sha or ZEROS,
        variables=[Variable(name, value) for name, value in map(pair, arguments.variable)],
        inputs=dict(map(pair, arguments.input)) or None,
    )
    return situation.told(known(situation, tree))


def known(situation: Situation, tree: WorkTree) -> predefined.Facts:
    """What a work tree says of its project, and the options of the pipeline."""
    merge_request = situation.source == MERGE_REQUEST
    return predefined.Facts(
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
    """`K=V`. Raises WrongUse."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise WrongUse(f"{text!r} is not of the form K=V")
    return name, value
