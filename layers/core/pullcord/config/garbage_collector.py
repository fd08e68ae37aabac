"""Python's cyclic garbage collector during a compilation."""

import gc


class gc_paused:  # noqa: N801 - read as a function: `with gc_paused():`; `contextlib` would be loaded for this alone
    """Pause Python's cyclic garbage collector in the `with` block.

    A compilation makes many containers that all live until its end; the collector goes over them again and again and
    frees nothing, which takes half of the time with ten thousand jobs.
    """

    def __enter__(self) -> None:
        self.enabled = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self.enabled:
            gc.enable()
