"""`if`, `changes` and `exists`: does a clause hold? Each distinct question is answered once for the whole pipeline.

Sources: https://docs.gitlab.com/ci/yaml/#rulesif, #ruleschanges, #rulesexists
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from pullcord.config.checked import Paths
from pullcord.config.conditions import expressions, globs, regexps
from pullcord.config.conditions.tracked import Tracked
from pullcord.config.context import MissingProject, MissingRef, Window
from pullcord.config.plan import Clause
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Variables

MOST_COMPARISONS = 50_000
"""Paths times globs. Beyond it GitLab does not look and takes the clause as true."""

LONGEST_REGEXP = 255


type Where = tuple[str | None, ...]
"""Which paths are meant: the clause with `compare_to`, or with project and ref."""

type Ask = Callable[[Paths, Variables], bool]


class RuleError(Exception):
    """A clause cannot be answered. The message is what GitLab puts after "Failed to parse rule for JOB: "."""


class Judge:
    """Answers clauses, and remembers the answers."""

    __slots__ = ("answers", "conditions", "diffs", "settled", "trees", "window")

    def __init__(self, window: Window) -> None:
        self.window = window
        self.conditions: dict[tuple[str | None, ...], Clause] = {}
        self.diffs: dict[str | None, frozenset[str] | None] = {}
        self.trees: dict[tuple[str | None, str | None], Tracked] = {}
        self.answers: dict[tuple[object, ...], bool] = {}
        self.settled: dict[tuple[str, Paths], Clause] = {}

    def if_(self, text: str, variables: Variables) -> Clause:
        """An expression over unexpanded values. One that is none does not hold."""
        expression = expressions.parse(text)
        if expression is None:
            return Clause("if", text, held=False)
        found = [variables.find(name) for name in expression.variables]
        key = (text, *[None if variable is None else variable.value for variable in found])
        if key not in self.conditions:
            values = {variable.key: variable.value for variable in found if variable is not None}
            held, seen = expression.watched(values)
            self.conditions[key] = Clause("if", text, held, {name: variables.shown(name) for name in seen})
        return self.conditions[key]

    def changes(self, wanted: Paths, variables: Variables) -> Clause:
        """Some changed path fits some glob; true when no diff is known. Raises RuleError."""
        return self.settled.get(("changes", wanted)) or self.answer("changes", wanted, variables, self.any_changed)

    def changed(self, paths: tuple[str, ...]) -> Clause:
        """`changes` of `only` and `except`: like `rules:changes`, but variables mean nothing in it."""
        changed = self.diff(None)
        held = changed is None or self.any_fits(("changes", None), paths, changed)
        return Clause("changes", ", ".join(paths), held)

    def exists(self, wanted: Paths, variables: Variables) -> Clause:
        """Some path of the repository, or of another project's, fits some glob. Raises RuleError."""
        return self.settled.get(("exists", wanted)) or self.answer("exists", wanted, variables, self.any_exists)

    def answer(self, kind: str, wanted: Paths, variables: Variables, ask: Ask) -> Clause:
        """A clause about paths. One that refers to no variable is settled for every job."""
        others = (wanted.compare_to, wanted.project, wanted.ref, wanted.regexp)
        texts = [*wanted.paths, *(text for text in others if text)]
        names = dict.fromkeys(name for text in texts for name in expansion.mentioned(text))
        seen = {name: variables.shown_expanded(name) for name in names}
        text = ", ".join(wanted.paths) if wanted.regexp is None else wanted.regexp
        clause = Clause(kind, text, ask(wanted, variables), seen)
        if not names:
            self.settled[kind, wanted] = clause
        return clause

    def any_changed(self, wanted: Paths, variables: Variables) -> bool:
        """Whether a wanted path is among the changed ones."""
        compare_to = self.filled(wanted.compare_to, variables)
        changed = self.diff(compare_to)
        patterns = self.patterns(wanted, variables, "changes")
        if changed is None:
            return True
        if wanted.regexp is not None:
            return self.any_matches(("changes", compare_to), patterns[0], changed)
        return self.any_fits(("changes", compare_to), patterns, changed)

    def any_exists(self, wanted: Paths, variables: Variables) -> bool:
        """Whether a wanted path is in the tree."""
        project, ref = self.filled(wanted.project, variables), self.filled(wanted.ref, variables)
        tree = self.tree(project, ref, variables)
        patterns = self.patterns(wanted, variables, "exists")
        if wanted.regexp is not None:
            return self.any_matches(("exists", project, ref), patterns[0], tree.paths)
        if any(tree.has(glob) for glob in patterns if not globs.wild(glob)):
            return True
        return self.any_fits(("exists", project, ref), list(filter(globs.wild, patterns)), tree.paths)

    def filled(self, text: str | None, variables: Variables) -> str | None:
        """A text with its variables; None stays None."""
        return None if text is None else expansion.keep(text, variables.expanded)

    def patterns(self, wanted: Paths, variables: Variables, clause: str) -> Sequence[str]:
        """The globs, or the one regular expression, with their variables."""
        if wanted.regexp is None:
            return [expansion.keep(glob, variables.expanded) for glob in wanted.paths]
        regexp = expansion.keep(wanted.regexp, variables.expanded)
        if len(regexp) > LONGEST_REGEXP:
            wrong = f"is too long (maximum is {LONGEST_REGEXP} characters after variable expansion)"
            raise RuleError(f"rules:{clause}:regexp {wrong}")
        return [regexp]

    def diff(self, compare_to: str | None) -> frozenset[str] | None:
        """The changed paths; None when they are not known."""
        if compare_to not in self.diffs:
            try:
                self.diffs[compare_to] = self.window.changes(compare_to)
            except MissingRef:
                raise RuleError("rules:changes:compare_to is not a valid ref") from None
        return self.diffs[compare_to]

    def tree(self, project: str | None, ref: str | None, variables: Variables) -> Tracked:
        """The paths of a project at a ref."""
        if (project, ref) not in self.trees:
            name = variables.hidden(project or "")
            try:
                self.trees[project, ref] = Tracked(self.window.paths(project, ref))
            except MissingProject:
                raise RuleError(f"rules:exists:project `{name}` not found or access denied") from None
            except MissingRef:
                shown = variables.hidden(ref or "")
                raise RuleError(f"rules:exists:ref `{shown}` is not a valid ref in project `{name}`") from None
        return self.trees[project, ref]

    def any_fits(self, where: Where, patterns: Sequence[str], paths: Collection[str]) -> bool:
        """Whether some path fits some glob, or nobody can be expected to find out."""
        key = (where, *patterns)
        if key not in self.answers:
            too_many = len(patterns) * len(paths) > MOST_COMPARISONS
            self.answers[key] = too_many or globs.any_matches(patterns, paths)
        return self.answers[key]

    def any_matches(self, where: Where, regexp: str, paths: Iterable[str]) -> bool:
        """Whether some path matches a Ruby regular expression; true where RE2 cannot stand in for it."""
        key = (where, "regexp", regexp)
        if key not in self.answers:
            test = regexps.compiled(regexp)
            self.answers[key] = test is None or any(map(test, paths))
        return self.answers[key]
