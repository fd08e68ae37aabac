"""All levels of `include:`: every included file is loaded and merged in order, and the including file goes on top.

Source: https://docs.gitlab.com/ci/yaml/includes/
"""

import re
from collections.abc import Callable, Iterator

from pullcord.config import lazy
from pullcord.config.include import fetch, items, rules
from pullcord.config.include.files import IncludeBase, IncludeFile
from pullcord.config.include.scope import IncludeScope
from pullcord.config.inputs.given import FetchHeaders, GivenInputs, pipeline_inputs
from pullcord.config.merging.merge import merge
from pullcord.config.problems import Invalid, Location
from pullcord.config.tree import Map
from pullcord.config.yaml.documents import Documents, size

TAG_DIRECTIVE = lazy.pattern(r"^%TAG", re.MULTILINE)

type Load = Callable[[Documents, GivenInputs, IncludeScope, FetchHeaders], Map]
"""Returns the content of a text with its inputs interpolated. Raises Invalid."""


class Includes:
    """Included files of one configuration, counted against the limits.

    Files of one list are all located before the first is fetched, and all loaded before the first error is raised, so
    that the error of a nested file comes before that of a file later in the list: GitLab's order.
    """

    def __init__(self, scope: IncludeScope, load: Load) -> None:
        self.scope = scope
        self.load = load
        self.names: list[str] = []
        self.skipped: list[IncludeFile] = []
        self.included: set[tuple[str | None, str]] = set()
        self.total = 0
        self.references = False

    def main(self, text: str, filename: str) -> Map:
        """Load the project's own file, which GitLab reads as an include that does not count.

        Its inputs are those of the pipeline. Raises Invalid.
        """
        item = Map(Location(filename, 1, 1))
        item["local"] = filename
        item["inputs"] = pipeline_inputs(self.scope.context.inputs)
        file = IncludeFile("local", item, IncludeBase(), self.scope.mask, text)
        self.included.add((None, filename))
        return without_include(self.load_all([file])[0])

    def direct(self, text: str) -> Map:
        """Load a text that is no file, as CI lint does, with the pipeline's inputs. Raises Invalid."""
        self.references = may_reference(text)
        given = GivenInputs(pipeline_inputs(self.scope.context.inputs))
        documents = self.scope.documents(text, "")
        base = IncludeBase()
        return self.merged(self.load(documents, given, self.scope, lambda spec: self.headers(spec, base)), base)

    def merged(self, content: Map, base: IncludeBase) -> Map:
        """Merge a content over everything that it includes. Without any file, `include` stays to be checked later.

        Raises Invalid.
        """
        if content.get("include") in (None, []):
            return content
        files = self.listed(content, base)
        if not files:
            return content
        result, *others = [*self.load_all(files), content]
        for other in others:
            result = merge(result, other)
        return without_include(result)

    def headers(self, spec: Map, base: IncludeBase) -> list[tuple[str, Map]]:
        """Read the files that a header includes: path and content of each. Raises Invalid."""
        files = self.listed(spec, base)
        self.fetch_all(files)
        for file in files:
            if file.invalid is not None:
                raise file.invalid
        return [(file.path, self.header_content(file)) for file in files if not file.skipped]

    def header_content(self, file: IncludeFile) -> Map:
        """Read a file that a header includes. Raises Invalid."""
        try:
            return self.scope.documents(file.text or "", file.name).content
        except Invalid as invalid:
            problem = invalid.problems[0]
            raise Invalid.because(f"`{file.path}`: {problem.message}", problem.location) from invalid

    def listed(self, content: Map, base: IncludeBase) -> list[IncludeFile]:
        """Return the files that `include` lists, and count them. Raises Invalid."""
        mask = self.scope.mask
        files = [IncludeFile(items.kind_of(item, mask), item, base, mask) for item in self.expanded(content, base)]
        self.count(files)
        return files

    def expanded(self, content: Map, base: IncludeBase) -> Iterator[Map]:
        """Yield the items of `include` whose rules match, one for each file."""
        scope = self.scope
        listed = items.entries(content["include"], content.at("include"), scope.variables)
        included = [entry for entry in listed if rules.include(entry, base, scope)]
        for entry in included:
            for item in items.project_files(entry):
                yield from self.matching(item, base)

    def matching(self, item: Map, base: IncludeBase) -> Iterator[Map]:
        """Yield the item itself, or one for each path that its wildcard matches and that is not included yet."""
        pattern = item.get("local")
        if not isinstance(pattern, str) or "*" not in pattern:
            yield items.with_variables(item, self.scope.variables)
            return
        for path in items.matching(pattern, self.scope.reader.paths(base.project, base.ref)):
            if (base.project, path) not in self.included:
                yield items.replaced(item, "local", path)

    def count(self, files: list[IncludeFile]) -> None:
        """Count every include, the same file twice as two. Raises Invalid beyond the limit."""
        maximum = self.scope.context.limits.includes
        for file in files:
            self.names.append(file.name)
            self.included.add((file.inner.project, file.path))
            if len(self.names) > maximum:
                raise Invalid.because(f"Maximum of {maximum} nested includes are allowed!", file.location)

    def load_all(self, files: list[IncludeFile]) -> list[Map]:
        """Load files and merge their own includes. Raises Invalid with the first file's error."""
        self.fetch_all(files)
        contents = [Map() if file.skipped or file.error is not None else self.content(file) for file in files]
        for file in files:
            if file.invalid is not None:
                raise file.invalid
        return contents

    def fetch_all(self, files: list[IncludeFile]) -> None:
        """Set the text or the error of every file, one step after another for all of them."""
        for file in files:
            file.check_path()
        for file in files:
            if file.error is None:
                fetch.fetch(file, self.scope.context, self.scope.reader)
        for file in files:
            if file.error is None:
                fetch.check(file)
                self.add_size(file)
            if file.unreachable and self.scope.context.skip_missing:
                self.skip(file)

    def skip(self, file: IncludeFile) -> None:
        """Go on without a file that cannot be reached."""
        file.skipped, file.error = True, None
        self.skipped.append(file)

    def add_size(self, file: IncludeFile) -> None:
        """Add up the size of all texts, and note whether any has references. Raises Invalid beyond the limit."""
        text = file.text or ""
        self.references = self.references or may_reference(text)
        self.total += size(text)
        if self.total > self.scope.context.limits.total_bytes:
            raise Invalid.because("Total size of combined CI/CD configuration is too big", file.location)

    def content(self, file: IncludeFile) -> Map:
        """Load a file. Errors inside it begin with its name, errors of its own includes do not."""
        try:
            documents = self.scope.documents(file.text or "", file.name)
            own = self.load(documents, file.given_inputs, self.scope, lambda spec: self.headers(spec, file.inner))
        except Invalid as invalid:
            problem = invalid.problems[0]
            file.error, file.location = f"`{file.path}`: {problem.message}", problem.location or file.location
            return Map()
        result = self.merged(own, file.inner)
        if not result and not self.skipped:
            file.error = f"Included file `{file.path}` does not have valid YAML syntax!"
        return result


def may_reference(text: str) -> bool:
    """Whether a text may have references in it: it has the tag, or the directive that can abbreviate it."""
    return "!reference" in text or ("%TAG" in text and TAG_DIRECTIVE().search(text) is not None)


def without_include(content: Map) -> Map:
    """Return the content without the key `include`."""
    return content.without("include") if "include" in content else content
