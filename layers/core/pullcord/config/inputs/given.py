"""Inputs given to a text, by the pipeline or by an `include`.

Most texts have no header, so that the other modules of this folder are loaded for the first text that has one.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pullcord.config.entries.input_types import tree
from pullcord.config.problems import Invalid, Location
from pullcord.config.ruby import blank
from pullcord.config.tree import Map


class GivenInputs(NamedTuple):
    """Inputs given to a text by the pipeline or by the `include` that names it.

    inputs:         as written; location: where, None for those of the pipeline
    component:      fields of the component that the text is the template of; empty for other texts
    component_path: the component as the include names it; None for other texts
    """

    inputs: object = None
    location: Location | None = None
    component: Mapping[object, object] = Map()
    component_path: str | None = None


type FetchHeaders = Callable[[Map], list[tuple[str, Map]]]
"""Reads the files that a `spec` includes: path and content of each."""


def refuse_inputs(given: GivenInputs, content: Map) -> None:
    """Raise Invalid if a text without header is given inputs."""
    if not blank(given.inputs):
        raise Invalid.because(
            "Given inputs not defined in the `spec` section of the included configuration file",
            given.location or content.location,
        )


def pipeline_inputs(inputs: Mapping[str, object] | None) -> Map | None:
    """Convert the inputs of a pipeline to a mapping. Raises Invalid when they nest too deep."""
    if not inputs:
        return None
    try:
        result = tree(inputs, None)
    except ValueError as error:
        raise Invalid.because("config too large") from error
    return result if isinstance(result, Map) else None
