"""Which paths and names groups and projects may have."""

import re

PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<![.-])\Z")
PATH_RULE = "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'"
NAME = re.compile(r"[\w\u2190-\U0010ffff][\w\u2190-\U0010ffff .+()-]*\Z")
NAME_RULE = (
    "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. "
    "It must start with a letter, digit, emoji, or '_'."
)
LONGEST = 255
LONGEST_FULL = 1000
"""Characters of a path with those of all groups above."""
RESERVED = frozenset(
    {"-", ".well-known", "admin", "api", "assets", "dashboard", "explore", "files", "groups", "health_check", "help"}
    | {"import", "jwt", "login", "oauth", "profile", "projects", "public", "s", "search", "sitemap", "snippets"}
    | {"unsubscribe", "uploads", "user", "users", "v2"}
)
"""What stands at the beginning of addresses, and so names neither users nor groups outside of all groups."""


def path_problem(path: str, full_path: str = "") -> str | None:
    """What is wrong with a path, in GitLab's words. full_path: with those of the groups above."""
    if len(full_path) > LONGEST_FULL:
        return f"is too long with the groups above (maximum is {LONGEST_FULL} characters)"
    if len(path) > LONGEST:
        return f"is too long (maximum is {LONGEST} characters)"
    if not PATH.match(path) or path.lower().endswith((".git", ".atom")):
        return PATH_RULE
    return None


def name_problem(name: str) -> str | None:
    """What is wrong with a project's name, in GitLab's words."""
    if not name.strip():
        return "can't be blank"
    if len(name) > LONGEST:
        return f"is too long (maximum is {LONGEST} characters)"
    return None if NAME.match(name) else NAME_RULE


def path_of(name: str) -> str:
    """A path out of a name, as GitLab makes one."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_.-]", "-", name.lower())).strip("-.")
