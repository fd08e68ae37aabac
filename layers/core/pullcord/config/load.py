"""One text of a configuration: documents, header, inputs, interpolation. What it includes is not looked at here."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pullcord.config.files import Base, File
from pullcord.config.problems import Invalid, Place
from pullcord.config.ruby import blank
from pullcord.config.scope import Scope
from pullcord.config.tree import Map

type Fetch = Callable[[Map, Base], list[tuple[File, Map]]]
"""The files that a header includes, with what they hold."""


class Given(NamedTuple):
    """What a text gets from outside: values for its inputs, and the file that it is, if it was included."""

    inputs: object = None
    file: File | None = None

    @property
    def place(self) -> Place | None:
        """Where the inputs were given; None for those of the pipeline."""
        return self.file.location.at("inputs") if self.file is not None else None


def load(text: str, name: str, given: Given, scope: Scope, fetch: Fetch) -> Map:
    """The content of a text, its inputs put in. Raises Invalid with one problem: GitLab joins the first three."""
    documents = scope.documents(text, name)
    if documents.header is None:
        if not blank(given.inputs):
            raise Invalid.because(
                "Given inputs not defined in the `spec` section of the included configuration file",
                given.place or documents.content.place,
            )
        return documents.content
    from pullcord.config import specification  # most texts have no header, and need none of its passes

    return specification.applied(documents, given, scope, fetch)


def plain_inputs(values: Mapping[str, object] | None) -> Map | None:
    """A pipeline's inputs as a mapping. Raises Invalid when they nest too deep."""
    if not values:
        return None
    from pullcord.config import typed  # as above

    try:
        result = typed.tree(values, None)
    except ValueError as error:
        raise Invalid.because("config too large") from error
    return result if isinstance(result, Map) else None
