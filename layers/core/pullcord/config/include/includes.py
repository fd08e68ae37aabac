"""`include:` all the way down: every included file is loaded, merged in order, and the including file goes on top.

Source: https://docs.gitlab.com/ci/yaml/includes/
"""

import re
from collections.abc import Iterator

from pullcord.config import lazy
from pullcord.config.include import fetch, items, rules
from pullcord.config.include.files import Base, File, Given
from pullcord.config.include.scope import Scope
from pullcord.config.inputs import load
from pullcord.config.merging.merge import merge
from pullcord.config.problems import Invalid, Place
from pullcord.config.tree import Map
from pullcord.config.yaml.documents import size

DIRECTIVE = lazy.pattern(r"^%TAG", re.MULTILINE)


class Includes:
    """One assembly: what has been included so far, counted against the limits.

    Files of one list are all located before the first is fetched, and all loaded before the first error is told, so
    that the error of a nested file comes before that of its elder sibling: GitLab's order.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.names: list[str] = []
        self.taken: set[tuple[str | None, str]] = set()
        self.total = 0
        self.references = False

    def main(self, text: str, filename: str) -> Map:
        """The project's own file, which GitLab reads as an include that does not count. Its inputs are the pipeline's."""
        location = Map(Place(filename, 1, 1))
        location["local"] = filename
        location["inputs"] = load.plain_inputs(self.scope.context.inputs)
        file = File("local", location, Base(), self.scope.mask, location.place, text)
        self.taken.add((None, filename))
        return bare(self.loaded([file])[0])

    def direct(self, text: str) -> Map:
        """A text that is no file: validated as CI lint does, with the pipeline's inputs."""
        self.references = refers(text)
        given = Given(load.plain_inputs(self.scope.context.inputs))
        return self.merged(load.load(text, "", given, self.scope, self.headers), Base())

    def merged(self, content: Map, base: Base) -> Map:
        """A content with everything it includes below it. Without any file, `include` stays to be checked later.

        Raises Invalid.
        """
        if content.get("include") in (None, []):
            return content
        files = self.listed(content, base)
        if not files:
            return content
        result, *others = [*self.loaded(files), content]
        for other in others:
            result = merge(result, other)
        return bare(result)

    def headers(self, spec: Map, base: Base) -> list[tuple[File, Map]]:
        """The files that a header includes: their text is read and nothing more. Raises Invalid."""
        files = self.listed(spec, base)
        self.fetched(files)
        for file in files:
            if file.invalid is not None:
                raise file.invalid
        return [(file, self.declarations(file)) for file in files]

    def declarations(self, file: File) -> Map:
        """What a file for headers holds. Raises Invalid."""
        try:
            return self.scope.documents(file.text or "", file.name).content
        except Invalid as invalid:
            problem = invalid.problems[0]
            raise Invalid.because(f"`{file.path}`: {problem.message}", problem.place) from invalid

    def listed(self, content: Map, base: Base) -> list[File]:
        """The files that `include` lists, counted. Raises Invalid."""
        files = [self.located(location, base) for location in self.spread(content, base)]
        self.count(files)
        return files

    def spread(self, content: Map, base: Base) -> Iterator[Map]:
        """The locations of a content, one for each file."""
        scope = self.scope
        listed = items.entries(content["include"], content.at("include"), scope.variables)
        chosen = [entry for entry in listed if rules.passes(entry, base, scope)]
        for entry in chosen:
            for location in items.project_files(entry):
                yield from self.found(location, base)

    def found(self, location: Map, base: Base) -> Iterator[Map]:
        """The location itself, or those that its wildcard finds and that are not included yet."""
        pattern = location.get("local")
        if not isinstance(pattern, str) or "*" not in pattern:
            yield items.with_variables(location, self.scope.variables)
            return
        for path in items.matching(pattern, self.scope.window.paths(base.project, base.ref)):
            if (base.project, path) not in self.taken:
                yield items.replaced(location, "local", path)

    def located(self, location: Map, base: Base) -> File:
        """A file of the right kind."""
        mask = self.scope.mask
        return File(items.kind_of(location, mask), location, base, mask, location.place)

    def count(self, files: list[File]) -> None:
        """Every include counts, the same file twice as two. Raises Invalid beyond the limit."""
        most = self.scope.context.limits.includes
        for file in files:
            self.names.append(file.name)
            self.taken.add((file.inner.project, file.path))
            if len(self.names) > most:
                raise Invalid.because(f"Maximum of {most} nested includes are allowed!", file.place)

    def loaded(self, files: list[File]) -> list[Map]:
        """The contents of files, their own includes merged. Raises Invalid with the first file's error."""
        self.fetched(files)
        contents = [self.content(file) if file.error is None else Map() for file in files]
        for file in files:
            if file.invalid is not None:
                raise file.invalid
        return contents

    def fetched(self, files: list[File]) -> None:
        """Put a text or an error into every file, step by step for all of them."""
        for file in files:
            file.check_location()
        for file in files:
            if file.error is None:
                fetch.fetch(file, self.scope.context, self.scope.window)
        for file in files:
            if file.error is None:
                fetch.check(file)
                self.weigh(file)

    def weigh(self, file: File) -> None:
        """Add up the size of all texts, and see whether any refers to others. Raises Invalid beyond the limit."""
        text = file.text or ""
        self.references = self.references or refers(text)
        self.total += size(text)
        if self.total > self.scope.context.limits.total_bytes:
            raise Invalid.because("Total size of combined CI/CD configuration is too big", file.place)

    def content(self, file: File) -> Map:
        """The content of one file. What is wrong inside it gets its name in front; what it includes speaks for itself."""
        try:
            given = Given(file.location.get("inputs"), file)
            own = load.load(file.text or "", file.name, given, self.scope, self.headers)
        except Invalid as invalid:
            problem = invalid.problems[0]
            file.error, file.place = f"`{file.path}`: {problem.message}", problem.place or file.place
            return Map()
        result = self.merged(own, file.inner)
        if not result:
            file.error = f"Included file `{file.path}` does not have valid YAML syntax!"
        return result


def refers(text: str) -> bool:
    """Whether a text may have references in it: it has the tag, or the directive that can abbreviate it."""
    return "!reference" in text or ("%TAG" in text and DIRECTIVE().search(text) is not None)


def bare(content: Map) -> Map:
    """The content without its `include`, also one of an included file that included nothing."""
    return content.without("include") if "include" in content else content
