"""Rules for the paths and names of groups, projects and users, in GitLab's words and order.

Source: https://docs.gitlab.com/user/reserved_names and https://docs.gitlab.com/api/projects, /api/groups, /api/users
"""

import re
from collections.abc import Container, Iterator

MAX_LENGTH = 255
MAX_FULL_PATH_LENGTH = 1000
"""Maximum length of a path with those of all groups above."""

BLANK = "can't be blank"
TOO_LONG = f"is too long (maximum is {MAX_LENGTH} characters)"
TOO_LONG_BELOW = f"is too long with the groups above (maximum is {MAX_FULL_PATH_LENGTH} characters)"
TOO_SHORT = "is too short (minimum is 2 characters)"

SLUG = re.compile(r"[a-zA-Z0-9]+([._-][a-zA-Z0-9]+)*")
SLUG_RULE = (
    "can only include non-accented letters, digits, '_', '-' and '.'. "
    "It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'."
)
PROJECT_PATH = re.compile(r"[a-zA-Z0-9_.][a-zA-Z0-9_.-]*(?<!\.git)(?<!\.atom)")
PROJECT_PATH_RULE = (
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'"
)
NAMESPACE_PATH = re.compile(r"([a-zA-Z0-9_.][a-zA-Z0-9_.-]*[a-zA-Z0-9_-]|[a-zA-Z0-9_])(?<!\.git)(?<!\.atom)")
NAMESPACE_PATH_RULE = (
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'."
)

# Letters and digits of every script, and all symbols from © to the end of the block of emoji.
_FIRST = "[\\w\u00a9-\U0001f9ff]"
PROJECT_NAME = re.compile(f"{_FIRST}[\\w\u00a9-\U0001f9ff .+-]*")
PROJECT_NAME_RULE = (
    "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. "
    "It must start with a letter, digit, emoji, or '_'."
)
GROUP_NAME = re.compile(f"{_FIRST}[\\w\u00a9-\U0001f9ff .()-]*")
GROUP_NAME_RULE = (
    "can contain only letters, digits, emoji, '_', '.', dash, space, parenthesis. "
    "It must start with letter, digit, emoji or '_'."
)

RESERVED_AT_THE_TOP = frozenset(
    {"-", ".s3cfg", ".well-known", "404.html", "422.html", "500.html", "502.html", "503.html", "admin", "api"}
    | {"apple-touch-icon.png", "assets", "dashboard", "deploy.html", "explore", "favicon.ico", "favicon.png", "files"}
    | {"groups", "health_check", "help", "import", "jwt", "login", "oauth", "profile", "projects", "public"}
    | {"robots.txt", "s", "search", "sitemap", "sitemap.xml", "sitemap.xml.gz", "slash-command-logo.png", "snippets"}
    | {"unsubscribes", "uploads", "users", "v2"}
)
"""First segments of the web interface's own paths, which neither users nor top-level groups may have."""
RESERVED_BELOW = frozenset(
    {"-", "badges", "blame", "blob", "builds", "commits", "create", "create_dir", "edit", "files", "find_file", "new"}
    | {"preview", "raw", "refs", "tree", "update", "wikis"}
)
"""Segments of the web interface below a project, which neither projects nor subgroups may have."""

LETTERS = (
    {"Æ": "AE", "Ð": "D", "\u00d7": "x", "Ø": "O", "Þ": "Th", "ß": "ss", "ẞ": "SS", "æ": "ae", "ð": "d", "ø": "o"}
    | {"þ": "th", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "\u0131": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k", "Ŀ": "L"}
    | {"ŀ": "l", "Ł": "L", "ł": "l", "ŉ": "'n", "Ŋ": "NG", "ŋ": "ng", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t"}
)
"""Latin letters up to ž that are no ASCII letter with an accent, and what is written for them."""


def project_path_problems(path: str, full_path: str = "") -> list[str]:
    """The problems with a project's path; none for a valid one. full_path: with those of the groups above."""
    return list(_project_path_problems(path, full_path))


def namespace_path_problems(path: str, full_path: str = "", *, top: bool = True) -> list[str]:
    """The problems with a group's path or a username; none for a valid one.

    full_path: with those of the groups above; top: whether there is no group above
    """
    return list(_namespace_path_problems(path, full_path, RESERVED_AT_THE_TOP if top else RESERVED_BELOW))


def project_name_problems(name: str) -> list[str]:
    """The problems with a project's name; none for a valid one."""
    return list(_name_problems(name, PROJECT_NAME, PROJECT_NAME_RULE))


def group_name_problems(name: str) -> list[str]:
    """The problems with a group's name; none for a valid one."""
    return list(_name_problems(name, GROUP_NAME, GROUP_NAME_RULE))


def path_of(name: str) -> str:
    """The path of a project that is created with a name alone: the name if it can be a path, else derived from it.

    What has no counterpart in ASCII becomes a dash, and so does everything that is no letter, digit, `-` or `_`.
    The result can be empty.
    """
    if PROJECT_PATH.fullmatch(name):
        return name
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9_-]+", "-", _transliterated(name))).strip("-").lower()


def path_suggestion(text: str) -> str:
    """A path of a group or user that is made from any text, also from an e-mail address; `blank` if nothing remains."""
    slug = re.sub(r"[^a-zA-Z0-9_.-]", "", text.partition("@")[0])
    while (shorter := slug.removesuffix(".git").removesuffix(".atom").removesuffix(".")) != slug:
        slug = shorter
    return slug.lstrip("-") or "blank"


def _project_path_problems(path: str, full_path: str) -> Iterator[str]:
    if not path.strip():
        yield BLANK
    yield from _format_problems(path, PROJECT_PATH, PROJECT_PATH_RULE, RESERVED_BELOW)
    yield from _length_problems(path, full_path)
    if not SLUG.fullmatch(path):
        yield SLUG_RULE


def _namespace_path_problems(path: str, full_path: str, reserved: Container[str]) -> Iterator[str]:
    if not path.strip():
        yield BLANK
    yield from _length_problems(path, full_path)
    if not SLUG.fullmatch(path):
        yield SLUG_RULE
    yield from _format_problems(path, NAMESPACE_PATH, NAMESPACE_PATH_RULE, reserved)
    if len(path) < 2:
        yield TOO_SHORT


def _format_problems(path: str, allowed: re.Pattern[str], rule: str, reserved: Container[str]) -> Iterator[str]:
    if not allowed.fullmatch(path):
        yield rule
    elif path.lower() in reserved:
        yield f"{path} is a reserved name"


def _length_problems(path: str, full_path: str) -> Iterator[str]:
    if len(path) > MAX_LENGTH:
        yield TOO_LONG
    elif len(full_path) > MAX_FULL_PATH_LENGTH:
        yield TOO_LONG_BELOW


def _name_problems(name: str, allowed: re.Pattern[str], rule: str) -> Iterator[str]:
    if not name.strip():
        yield BLANK
    if len(name) > MAX_LENGTH:
        yield TOO_LONG
    if not allowed.fullmatch(name):
        yield rule


def _transliterated(text: str) -> str:
    """The text in ASCII, as Rails writes it: Latin letters up to ž by their base letters, `?` for everything else."""
    import unicodedata

    def ascii_of(letter: str) -> str:
        if letter.isascii() or letter in LETTERS:
            return LETTERS.get(letter, letter)
        base = unicodedata.normalize("NFD", letter)[0]
        return base if "À" <= letter <= "ž" and base.isascii() else "?"

    return "".join(map(ascii_of, unicodedata.normalize("NFC", text)))
