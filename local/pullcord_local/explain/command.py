"""Command `pullcord explain [FILE]`: explains one configuration, to people or machines."""

import os
import sys

from pullcord.config.compiler import compile_pipeline
from pullcord.config.context import CompilerLimits
from pullcord.config.plan import Plan
from pullcord_local.explain.contexts import context
from pullcord_local.explain.described import WrongUse, changed_paths, described, elsewhere, ref_and_file
from pullcord_local.explain.folders import contents
from pullcord_local.explain.notes import Notes
from pullcord_local.explain.options import Options
from pullcord_local.explain.predefined import Predefined, predefined
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import ExplainedConfig, WorkTree

STANDARD_INPUT = "-"
YAML = (".yml", ".yaml")
TOO_BIG = " YAML is too big"
MAX_CHARACTERS = 4_194_304
"""Longer texts are refused as GitLab refuses them, whatever limit an administrator might set."""


def run(arguments: Options) -> int:
    """Explain one configuration. Exit status: 0 a pipeline would be created, 1 not, 2 wrong use."""
    try:
        named = ref_and_file(arguments)
        configuration = read(named.file, arguments)
        situation = described(arguments, named, configuration)
    except WrongUse as wrong:
        sys.stderr.write(f"pullcord explain: {wrong}\n")
        return 2
    known = predefined(situation)
    plan = compiled(configuration, situation, known)
    notes = Notes.about(situation, known, diff=configuration.tree.changed is not None)
    show(plan, configuration, situation, notes, as_json=arguments.format == "json")
    return 0 if plan.outcome == "planned" else 1


def compiled(configuration: ExplainedConfig, situation: Situation, known: Predefined) -> Plan:
    """Compile the configuration. A file beyond GitLab's default size is explained, too, with the error as a warning:
    administrators of GitLab can raise the limit.
    """
    text, name, tree = configuration.text, configuration.filename, configuration.tree
    plan = compile_pipeline(text, name, context(situation, known), tree)
    if len(text) > MAX_CHARACTERS or not plan.errors or not plan.errors[0].message.endswith(TOO_BIG):
        return plan
    raised = CompilerLimits(yaml_bytes=4 * MAX_CHARACTERS, parsed_bytes=max(CompilerLimits().yaml_bytes, 4 * len(text)))
    again = compile_pipeline(text, name, context(situation._replace(limits=raised), known), tree)
    complaint = plan.errors[0]
    if again.errors and again.errors[0].message == complaint.message:
        return plan
    warning = complaint._replace(message=f"{complaint.message} for an instance of GitLab with the usual limits")
    return again._replace(warnings=(warning, *again.warnings))


def show(plan: Plan, configuration: ExplainedConfig, situation: Situation, notes: Notes, *, as_json: bool) -> None:
    """Write the answer to standard output."""
    if as_json:
        from pullcord_local.explain import answers

        more: dict[str, object] = {"notes": configuration.tree.all_notes, "hints": []}
        if plan.errors or plan.warnings or configuration.tree.missing:
            from pullcord_local.explain.include_hints import hints_about_includes

            more["hints"] = list(hints_about_includes(plan, configuration, situation))
        sys.stdout.writelines(answers.written(answers.answer(plan, notes, whole_needs=True) | more))
        sys.stdout.write("\n")
        return
    from pullcord_local.explain import report

    sys.stdout.reconfigure(errors="replace") if hasattr(sys.stdout, "reconfigure") else None
    sys.stdout.write(report.report(plan, configuration, situation, notes, coloured=coloured()))


def coloured() -> bool:
    """Whether to use colours: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def read(file: str, arguments: Options) -> ExplainedConfig:
    """Read the configuration. Raises WrongUse."""
    changed, given = changed_paths(arguments), elsewhere(arguments)
    if file == STANDARD_INPUT:
        text = sys.stdin.buffer.read().decode(errors="replace")
        return ExplainedConfig(text, "standard input", None, WorkTree.around("", changed, given))
    try:
        text = contents(file)
        tree = WorkTree.around(os.path.dirname(file), changed, given)
    except (OSError, ValueError) as error:
        raise WrongUse(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error
    path = os.path.relpath(os.path.realpath(file), tree.root).replace(os.sep, "/")
    named = os.path.splitext(path)[1].lower() in YAML and not path.startswith("../")
    return ExplainedConfig(text, path if named else file, path if named else None, tree)
