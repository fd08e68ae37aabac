"""Opening a door without looking for garbage: a door imports this before all else, and ends with `done`.

What is loaded while a door opens stays for the life of its sandbox. To look through it for garbage again and again, as
Python does while objects become more, was a tenth of a cold start's instructions.
"""

import gc

gc.disable()


def done() -> None:
    """The door stands open. From here on garbage is looked for again, among what calls make alone."""
    gc.freeze()
    gc.enable()
