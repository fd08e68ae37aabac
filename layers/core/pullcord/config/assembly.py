"""The front of the compiler: from a text to one merged configuration, ready to be checked."""

from typing import NamedTuple

from pullcord.config.context import Context, Window
from pullcord.config.include.includes import Includes
from pullcord.config.include.scope import Scope
from pullcord.config.merging import extends, references
from pullcord.config.problems import Invalid, Place, Problem
from pullcord.config.tree import Map

MOST_INPUTS = 20


class Assembled(NamedTuple):
    """The merged configuration: `extends` applied, references resolved.

    content:  as read-only as every tree; `include` is still in it where nothing was included
    includes: names of the included files in the order in which they were found
    """

    content: Map
    includes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def assemble(text: str, filename: str | None, context: Context, window: Window) -> Assembled:
    """Read, include, merge, extend and resolve.

    With a file name the text is that file of the project, and errors inside it begin with the name; without one it is
    validated as a content of its own, as CI lint does. Raises Invalid.
    """
    if len(context.inputs or {}) > MOST_INPUTS:
        raise Invalid.because(f"There cannot be more than {MOST_INPUTS} inputs", Place(filename or "", 1, 1))
    includes = Includes(Scope(context, window))
    if filename is not None:
        content = includes.main(text, filename)
    elif text.strip():
        content = includes.direct(text)
    else:
        raise Invalid.because("Please provide content of .gitlab-ci.yml", Place("", 1, 1))
    content = extends.extend(content)
    if includes.references:
        content = references.resolve(content)
    return Assembled(content, tuple(includes.names))
