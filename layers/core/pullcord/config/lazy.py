"""What few configurations need. A start is a third of an explanation and of a cold Lambda's first answer."""

import re
from collections.abc import Callable
from functools import cache


def pattern(text: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern that is compiled when it is first called for: that takes longer than loading the module around it."""
    return cache(lambda: re.compile(text, flags))
