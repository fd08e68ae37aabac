"""Expressions of `rules:if`, `only:variables`, `workflow:rules:if`, `include:rules:if` and input rules.

    or_      = and_ ("||" and_)*
    and_     = test ("&&" test)*
    test     = not_ (("==" | "!=" | "=~" | "!~") not_)*
    not_     = "!" not_  |  value
    value    = VARIABLE | INPUT | STRING | PATTERN | "null" | "true" | "false"  |  "(" or_ ")"

GitLab reads it with two stacks and never checks that an operator stands between its operands; `"a" "a" ==` is as
good as `"a" == "a"`. The parser below is that algorithm and accepts what it accepts.

Source: https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pullcord.config.conditions import operators, patterns
from pullcord.config.conditions.operators import ExpressionScope, Node

PRECEDENCE = {"!": 1, "==": 2, "!=": 2, "=~": 2, "!~": 2, "&&": 3, "||": 4}
"""Tightest first. An opening parenthesis is missing: nothing is taken from the stack across it."""

MAX_TOKENS = 99

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

MAX_CACHED_LENGTH = 4096
NO_INPUTS: Mapping[str, object] = {}


class InvalidExpression(Exception):
    """Raised inside this module for a text that is no expression."""


class Token(NamedTuple):
    """Token: its kind (a group of LEXEME; both quotes are "string") and its text without `$` or quotes."""

    kind: str
    text: str


class Expression(NamedTuple):
    """Parsed expression. variables, inputs: names in it; root: computes its value."""

    text: str
    variables: tuple[str, ...]
    inputs: tuple[str, ...]
    root: Node

    def value(self, variables: Mapping[str, str], inputs: Mapping[str, object] = NO_INPUTS) -> object:
        """Compute the value: a string, a boolean, None, a pattern, or an input of any type."""
        return self.root(ExpressionScope(variables, inputs))

    def holds(self, variables: Mapping[str, str], inputs: Mapping[str, object] = NO_INPUTS) -> bool:
        """Whether a rule with this `if` matches."""
        return operators.present(self.root(ExpressionScope(variables, inputs)))

    def evaluate(self, variables: Mapping[str, str]) -> tuple[bool, dict[str, str | None]]:
        """Return `holds`, and the variables that were read with their values (None: undefined)."""
        watch = WatchedVariables(variables)
        return self.holds(watch), watch.seen


class WatchedVariables(Mapping[str, str]):
    """Variables that record which of them are read."""

    __slots__ = ("seen", "variables")

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.seen: dict[str, str | None] = {}

    def __getitem__(self, name: str) -> str:
        value = self.seen[name] = self.variables.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)


def valid(text: object) -> bool:
    """Whether a value of a configuration is a valid expression. Anything but a string is not."""
    return parse(text) is not None


def parse(text: object) -> Expression | None:
    """Parse an expression; None if it is invalid (syntax, more than 99 tokens, a pattern that RE2 refuses)."""
    if not isinstance(text, str):
        return None
    return parsed(text) if len(text) <= MAX_CACHED_LENGTH else parsed.__wrapped__(text)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Expression | None:
    """Parse an expression, each distinct text once."""
    tokens = tokenize(text)
    if not tokens:
        return None
    try:
        root = tree(postfix(tokens))
    except InvalidExpression:
        return None
    variables = dict.fromkeys(token.text for token in tokens if token.kind == "variable")
    inputs = dict.fromkeys(token.text for token in tokens if token.kind == "input")
    return Expression(text, tuple(variables), tuple(inputs), root)


def tokenize(text: str) -> list[Token] | None:
    """Split an expression into tokens; None if a part is no token or there are more than 99."""
    found: list[Token] = []
    position = skip(text, 0)
    while position < len(text):
        match = LEXEME.match(text, position)
        if match is None or match.lastgroup is None or len(found) == MAX_TOKENS:
            return None
        kind = match.lastgroup
        found.append(Token("string" if kind in {"double", "single"} else kind, match[kind]))
        position = skip(text, match.end())
    return found


def skip(text: str, position: int) -> int:
    """Return the position of the next character that is not white space."""
    match = SPACE.match(text, position)
    return match.end() if match else position


def postfix(tokens: list[Token]) -> list[Token]:
    """Convert tokens to postfix order: operands before their operator, no parentheses."""
    output: list[Token] = []
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "open" or (token.kind == "operator" and token.text == "!"):
            waiting.append(token)
        elif token.kind == "close":
            close(waiting, output)
        elif token.kind == "operator":
            while waiting and PRECEDENCE.get(waiting[-1].text, 9) <= PRECEDENCE[token.text]:
                output.append(waiting.pop())
            waiting.append(token)
        else:
            output.append(token)
    if any(token.kind == "open" for token in waiting):
        raise InvalidExpression
    return output + waiting[::-1]


def close(waiting: list[Token], output: list[Token]) -> None:
    """Move the operators of the parentheses that end here to the output."""
    while waiting and waiting[-1].kind != "open":
        output.append(waiting.pop())
    if not waiting:
        raise InvalidExpression
    waiting.pop()


def tree(tokens: list[Token]) -> Node:
    """Build the tree of an expression from tokens in postfix order."""
    nodes: list[Node] = []
    for token in tokens:
        if token.kind != "operator":
            nodes.append(leaf(token))
        elif len(nodes) < (1 if token.text == "!" else 2):
            raise InvalidExpression
        elif token.text == "!":
            nodes.append(operators.negation(nodes.pop()))
        else:
            right, left = nodes.pop(), nodes.pop()
            nodes.append(operators.binary(token.text, left, right))
    if len(nodes) != 1:
        raise InvalidExpression
    return nodes[0]


def leaf(token: Token) -> Node:
    """Make the node of an operand: a variable, an input or a constant."""
    match token.kind:
        case "variable":
            return operators.variable(token.text)
        case "input":
            return operators.input_(token.text)
        case "null":
            return operators.constant(None)
        case "boolean":
            return operators.constant(token.text == "true")
        case "pattern":
            pattern = patterns.from_literal(token.text.replace("\\/", "/"))
            if pattern is None:
                raise InvalidExpression
            return operators.constant(pattern)
        case _:
            return operators.constant(token.text)
