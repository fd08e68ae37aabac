"""One text of a configuration: documents, header, inputs, interpolation. What it includes is not looked at here."""

from collections.abc import Mapping

from pullcord.config.include.files import Fetch, Given
from pullcord.config.include.scope import Scope
from pullcord.config.problems import Invalid
from pullcord.config.ruby import blank
from pullcord.config.tree import Map


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
    from pullcord.config.inputs import specification  # most texts have no header, and need none of its passes

    return specification.applied(documents, given, scope, fetch)


def plain_inputs(values: Mapping[str, object] | None) -> Map | None:
    """A pipeline's inputs as a mapping. Raises Invalid when they nest too deep."""
    if not values:
        return None
    from pullcord.config.entries import input_types  # as above

    try:
        result = input_types.tree(values, None)
    except ValueError as error:
        raise Invalid.because("config too large") from error
    return result if isinstance(result, Map) else None
