"""The compiler: a `.gitlab-ci.yml` in, a plan out. Pure: no clock, network, environment or AWS."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pullcord.config.compiler import compile_pipeline

__all__ = ["compile_pipeline"]


def __getattr__(name: str) -> object:
    """Load the passes when somebody compiles, not when somebody only needs a plan's shape."""
    if name != "compile_pipeline":
        raise AttributeError(name)
    from pullcord.config.compiler import compile_pipeline

    return compile_pipeline
