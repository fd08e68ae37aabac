"""Compiler: turns a `.gitlab-ci.yml` into a plan. Pure: no clock, network, environment or AWS."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pullcord.config.compiler import compile_pipeline

__all__ = ["compile_pipeline"]


def __getattr__(name: str) -> object:
    """Load the phases at the first compilation, not when a caller only needs the shape of a plan."""
    if name != "compile_pipeline":
        raise AttributeError(name)
    from pullcord.config.compiler import compile_pipeline

    return compile_pipeline
