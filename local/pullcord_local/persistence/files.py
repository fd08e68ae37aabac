"""Writing files so that a crash leaves the old or the new content, never a part."""

import os
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Give a file its new content at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
