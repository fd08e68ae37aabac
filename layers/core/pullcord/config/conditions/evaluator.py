"""Evaluation of the clauses `if`, `changes` and `exists`, each distinct clause once for the whole pipeline.

Sources: https://docs.gitlab.com/ci/yaml/#rulesif, #ruleschanges, #rulesexists
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence

from pullcord.config.checked import Paths
from pullcord.config.conditions import expressions, globs, regexps
from pullcord.config.context import ConfigReader, MissingProject, MissingRef
from pullcord.config.plan import Clause
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Variables

MAX_COMPARISONS = 50_000
"""Paths times globs. Beyond it GitLab does not compare and takes the clause as true."""

MAX_REGEXP_LENGTH = 255


type PathSource = tuple[str | None, ...]
"""Origin of paths: the clause with `compare_to`, or with project and ref."""

type PathTest = Callable[[Paths, Variables], bool]


class RuleError(Exception):
    """Raised for a clause that cannot be evaluated. GitLab puts the text after "Failed to parse rule for JOB: "."""

    limit = False
    """Whether the clause is too large."""


class LimitError(RuleError):
    """Raised for a clause that is too large to be evaluated."""

    limit = True


class RepositoryFiles:
    """File paths of a repository. Directories exist only as beginnings of paths."""

    __slots__ = ("files", "paths")

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = sorted(paths)
        self.files = frozenset(self.paths)

    def has(self, path: str) -> bool:
        """Whether a file exists; for a path that ends in a slash, whether there is a file below it."""
        if not path.endswith("/"):
            return path in self.files
        index = bisect_left(self.paths, path)
        return index < len(self.paths) and self.paths[index].startswith(path)


class RuleEvaluator:
    """Evaluates clauses and stores the results.

    conditions: results of `if` by text and values; constant: results of clauses about paths without variables
    diffs:      changed paths by `compare_to`; trees: files by project and ref; matches: whether globs match paths
    """

    __slots__ = ("conditions", "constant", "diffs", "matches", "reader", "trees")

    def __init__(self, reader: ConfigReader) -> None:
        self.reader = reader
        self.conditions: dict[tuple[str | None, ...], Clause] = {}
        self.diffs: dict[str | None, frozenset[str] | None] = {}
        self.trees: dict[tuple[str | None, str | None], RepositoryFiles] = {}
        self.matches: dict[tuple[object, ...], bool] = {}
        self.constant: dict[tuple[str, Paths], Clause] = {}

    def if_(self, text: str, variables: Variables) -> Clause:
        """Evaluate an expression with unexpanded values. An invalid expression is false."""
        expression = expressions.parse(text)
        if expression is None:
            return Clause("if", text, held=False)
        found = [variables.find(name) for name in expression.variables]
        key = (text, *[None if variable is None else variable.value for variable in found])
        if key not in self.conditions:
            values = {variable.key: variable.value for variable in found if variable is not None}
            held, seen = expression.evaluate(values)
            self.conditions[key] = Clause("if", text, held, {name: variables.public_value(name) for name in seen})
        return self.conditions[key]

    def changes(self, wanted: Paths, variables: Variables) -> Clause:
        """Evaluate `changes`: whether a changed path matches; true when no diff is known. Raises RuleError."""
        return self.constant.get(("changes", wanted)) or self.about_paths(
            "changes", wanted, variables, self.any_changed
        )

    def changed(self, paths: tuple[str, ...]) -> Clause:
        """Evaluate `changes` of `only` and `except`: as `rules:changes`, but without expanding variables.

        Raises TooManyAlternatives.
        """
        changed = self.diff(None)
        held = changed is None or self.any_glob_matches(("changes", None), paths, changed)
        return Clause("changes", ", ".join(paths), held)

    def exists(self, wanted: Paths, variables: Variables) -> Clause:
        """Evaluate `exists`: whether a path of the repository, or of another project, matches. Raises RuleError."""
        return self.constant.get(("exists", wanted)) or self.about_paths("exists", wanted, variables, self.any_exists)

    def about_paths(self, kind: str, wanted: Paths, variables: Variables, test: PathTest) -> Clause:
        """Evaluate a clause about paths. Without variables in it, the result is that of every job. Raises RuleError."""
        others = (wanted.compare_to, wanted.project, wanted.ref, wanted.regexp)
        texts = [*wanted.paths, *(text for text in others if text)]
        names = dict.fromkeys(name for text in texts for name in expansion.mentioned(text))
        seen = {name: variables.public_expanded_value(name) for name in names}
        text = ", ".join(wanted.paths) if wanted.regexp is None else wanted.regexp
        try:
            held = test(wanted, variables)
        except globs.TooManyAlternatives as error:
            raise LimitError(f"rules:{kind} {error}") from None
        clause = Clause(kind, text, held, seen)
        if not names:
            self.constant[kind, wanted] = clause
        return clause

    def any_changed(self, wanted: Paths, variables: Variables) -> bool:
        """Whether a changed path matches."""
        compare_to = self.expand(wanted.compare_to, variables)
        changed = self.diff(compare_to)
        patterns = self.patterns(wanted, variables, "changes")
        if changed is None:
            return True
        if wanted.regexp is not None:
            return self.any_regexp_matches(("changes", compare_to), patterns[0], changed)
        return self.any_glob_matches(("changes", compare_to), patterns, changed)

    def any_exists(self, wanted: Paths, variables: Variables) -> bool:
        """Whether a path of the tree matches."""
        project, ref = self.expand(wanted.project, variables), self.expand(wanted.ref, variables)
        tree = self.tree(project, ref, variables)
        patterns = self.patterns(wanted, variables, "exists")
        if wanted.regexp is not None:
            return self.any_regexp_matches(("exists", project, ref), patterns[0], tree.paths)
        if any(tree.has(glob) for glob in patterns if not globs.wild(glob)):
            return True
        return self.any_glob_matches(("exists", project, ref), list(filter(globs.wild, patterns)), tree.paths)

    def expand(self, text: str | None, variables: Variables) -> str | None:
        """Expand the variables in a text; None stays None."""
        return None if text is None else expansion.keep(text, variables.expanded)

    def patterns(self, wanted: Paths, variables: Variables, clause: str) -> Sequence[str]:
        """Return the globs, or the one regular expression, with variables expanded."""
        if wanted.regexp is None:
            return [expansion.keep(glob, variables.expanded) for glob in wanted.paths]
        regexp = expansion.keep(wanted.regexp, variables.expanded)
        if len(regexp) > MAX_REGEXP_LENGTH:
            message = f"is too long (maximum is {MAX_REGEXP_LENGTH} characters after variable expansion)"
            raise RuleError(f"rules:{clause}:regexp {message}")
        return [regexp]

    def diff(self, compare_to: str | None) -> frozenset[str] | None:
        """Return the changed paths; None when they are not known. Raises RuleError."""
        if compare_to not in self.diffs:
            try:
                self.diffs[compare_to] = self.reader.changes(compare_to)
            except MissingRef:
                raise RuleError("rules:changes:compare_to is not a valid ref") from None
        return self.diffs[compare_to]

    def tree(self, project: str | None, ref: str | None, variables: Variables) -> RepositoryFiles:
        """Return the files of a project at a ref. Raises RuleError."""
        if (project, ref) not in self.trees:
            name = variables.masked_text(project or "")
            try:
                self.trees[project, ref] = RepositoryFiles(self.reader.paths(project, ref))
            except MissingProject:
                raise RuleError(f"rules:exists:project `{name}` not found or access denied") from None
            except MissingRef:
                masked_ref = variables.masked_text(ref or "")
                raise RuleError(f"rules:exists:ref `{masked_ref}` is not a valid ref in project `{name}`") from None
        return self.trees[project, ref]

    def any_glob_matches(self, source: PathSource, patterns: Sequence[str], paths: Collection[str]) -> bool:
        """Whether a path matches a glob; true for more comparisons than GitLab makes. Raises TooManyAlternatives."""
        key = (source, *patterns)
        if key not in self.matches:
            too_many = len(patterns) * len(paths) > MAX_COMPARISONS
            self.matches[key] = too_many or globs.any_matches(patterns, paths)
        return self.matches[key]

    def any_regexp_matches(self, source: PathSource, regexp: str, paths: Iterable[str]) -> bool:
        """Whether a path matches a Ruby regular expression; true where RE2 cannot express it."""
        key = (source, "regexp", regexp)
        if key not in self.matches:
            test = regexps.compiled(regexp)
            self.matches[key] = test is None or any(map(test, paths))
        return self.matches[key]
