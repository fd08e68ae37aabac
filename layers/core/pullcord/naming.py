"""Rules for the paths and names of groups, projects and users."""

import re

PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<![.-])\Z")
PATH_RULE = "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'"
NAME = re.compile(r"[\w\u2190-\U0010ffff][\w\u2190-\U0010ffff .+()-]*\Z")
NAME_RULE = (
    "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. "
    "It must start with a letter, digit, emoji, or '_'."
)
MAX_LENGTH = 255
MAX_FULL_PATH_LENGTH = 1000
"""Maximum length of a path with those of all groups above."""
RESERVED = frozenset(
    {"-", ".well-known", "admin", "api", "assets", "dashboard", "explore", "files", "groups", "health_check", "help"}
    | {"import", "jwt", "login", "oauth", "profile", "projects", "public", "s", "search", "sitemap", "snippets"}
    | {"unsubscribe", "uploads", "user", "users", "v2"}
)
"""First segments of the web interface's own paths, which neither users nor top-level groups may have."""


def path_problem(path: str, full_path: str = "") -> str | None:
    """The problem with a path, in GitLab's words; None if there is none. full_path: with those of the groups above."""
    if len(full_path) > MAX_FULL_PATH_LENGTH:
        return f"is too long with the groups above (maximum is {MAX_FULL_PATH_LENGTH} characters)"
    if len(path) > MAX_LENGTH:
        return f"is too long (maximum is {MAX_LENGTH} characters)"
    if not PATH.match(path) or path.lower().endswith((".git", ".atom")):
        return PATH_RULE
    return None


def name_problem(name: str) -> str | None:
    """The problem with a project's name, in GitLab's words; None if there is none."""
    if not name.strip():
        return "can't be blank"
    if len(name) > MAX_LENGTH:
        return f"is too long (maximum is {MAX_LENGTH} characters)"
    return None if NAME.match(name) else NAME_RULE


def path_of(name: str) -> str:
    """The path that GitLab derives from a name."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_.-]", "-", name.lower())).strip("-.")
