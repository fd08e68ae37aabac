"""The words of the expression language, in the order in which they are tried at each position."""

import re
from typing import NamedTuple

MOST_TOKENS = 99

SPACE = re.compile(r"\s*", re.ASCII)
LEXEME = re.compile(
    r"""
      (?P<open>\()
    | (?P<close>\))
    | \$\[\[\s*inputs\.(?P<input>[\w-]+)\s*\]\]
    | \$(?P<variable>\w+)
    | "(?P<double>[^"\n]*)"
    | '(?P<single>[^'\n]*)'
    | (?P<pattern>/(?:[^/]|\\/)+[^\\]/[ismU]*)
    | (?P<null>null)
    | (?P<boolean>(?:true|false)\b)
    | (?P<operator>==|=~|!=|!~|&&|\|\||!)
    """,
    re.VERBOSE | re.ASCII,
)


class Token(NamedTuple):
    """One word: its kind (a group of LEXEME; both quotes are "string") and its text without `$` or quotes."""

    kind: str
    text: str


def tokens(text: str) -> list[Token] | None:
    """The words of an expression; None if something is not a word or there are more than 99."""
    found: list[Token] = []
    position = skip(text, 0)
    while position < len(text):
        match = LEXEME.match(text, position)
        if match is None or match.lastgroup is None or len(found) == MOST_TOKENS:
            return None
        kind = match.lastgroup
        found.append(Token("string" if kind in {"double", "single"} else kind, match[kind]))
        position = skip(text, match.end())
    return found


def skip(text: str, position: int) -> int:
    """The position of the next character that is not white space."""
    match = SPACE.match(text, position)
    return match.end() if match else position
