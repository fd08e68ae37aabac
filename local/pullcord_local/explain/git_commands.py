"""Files of a commit, read with the command `git`. Nothing is fetched, and nothing in the repository changes."""

import os
import re
import subprocess
from collections.abc import Sequence

REF = re.compile(r"\w[\w./+#-]*")
VERSION = re.compile(r"v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})")
ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def commit(root: str, ref: str) -> str | None:
    """Look up a branch (also of the remote `origin`), a tag or a commit; None for one that does not exist."""
    if REF.fullmatch(ref):
        for name in (ref, f"origin/{ref}"):
            if found := output(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
                return found.decode().strip()
    return None


def text(root: str, commit: str, path: str) -> str | None:
    """Return the text of a file of a commit; None without one."""
    if "\0" in path:
        return None
    found = output(root, "cat-file", "blob", f"{commit}:{path}")
    return None if found is None else found.decode(errors="replace")


def paths(root: str, commit: str) -> Sequence[str]:
    """Return every path of a commit, sorted."""
    found = output(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit) or b""
    return sorted(path.decode(errors="replace") for path in found.split(b"\0") if path)


def newest_version(root: str, beginning: Sequence[str]) -> str | None:
    """Return the tag of the newest version whose numbers begin so; None without one."""
    tags = (output(root, "tag", "--list") or b"").decode(errors="replace").split()
    versions = [(found.groups(), tag) for tag in tags if (found := VERSION.fullmatch(tag))]
    wanted = [(numbers, tag) for numbers, tag in versions if list(numbers[: len(beginning)]) == list(beginning)]
    return max(wanted, key=lambda version: [int(number) for number in version[0]])[1] if wanted else None


def output(root: str, *words: str) -> bytes | None:
    """Run git in a repository; None if it fails or is not installed."""
    # In a hook, variables such as GIT_DIR name another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", root, *words], capture_output=True, check=False, env=environment | ENVIRONMENT
        )
    except (OSError, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None
