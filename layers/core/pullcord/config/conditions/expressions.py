"""The little language of `rules:if`, `only:variables`, `workflow:rules:if`, `include:rules:if` and input rules.

    or_      = and_ ("||" and_)*
    and_     = test ("&&" test)*
    test     = not_ (("==" | "!=" | "=~" | "!~") not_)*
    not_     = "!" not_  |  value
    value    = VARIABLE | INPUT | STRING | PATTERN | "null" | "true" | "false"  |  "(" or_ ")"

GitLab reads it with two stacks and never checks that an operator stands between its operands; `"a" "a" ==` is as
good as `"a" == "a"`. So the parser below is that algorithm and accepts what it accepts.

Source: https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pullcord.config.conditions import operators, patterns
from pullcord.config.conditions.lexemes import Token, tokens
from pullcord.config.conditions.operators import Node, Scope

PRECEDENCE = {"!": 1, "==": 2, "!=": 2, "=~": 2, "!~": 2, "&&": 3, "||": 4}
"""Tightest first. An opening parenthesis is not here: nothing is taken from the stack across it."""

LONGEST_CACHED = 4096
NO_INPUTS: Mapping[str, object] = {}


class Broken(Exception):
    """The text is not an expression. Never leaves this module."""


class Expression(NamedTuple):
    """A parsed expression: which variables and inputs it may ask for, and how its value is found."""

    text: str
    variables: tuple[str, ...]
    inputs: tuple[str, ...]
    root: Node

    def value(self, variables: Mapping[str, str], inputs: Mapping[str, object] = NO_INPUTS) -> object:
        """The value itself: a text, a boolean, None, a pattern, or an input of any type."""
        return self.root(Scope(variables, inputs))

    def holds(self, variables: Mapping[str, str], inputs: Mapping[str, object] = NO_INPUTS) -> bool:
        """Whether a rule with this `if` is satisfied."""
        return operators.present(self.root(Scope(variables, inputs)))

    def watched(self, variables: Mapping[str, str]) -> tuple[bool, dict[str, str | None]]:
        """Like `holds`, with the variables that were really looked at and their values (None: undefined)."""
        watch = Watch(variables)
        return self.holds(watch), watch.seen


class Watch(Mapping[str, str]):
    """Variables that remember which of them were asked for."""

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
    """Whether a value found in a configuration is an expression. Anything but a text is not."""
    return parse(text) is not None


def parse(text: object) -> Expression | None:
    """The expression that a text stands for; None if it is none (syntax, more than 99 words, a pattern refused)."""
    if not isinstance(text, str):
        return None
    return parsed(text) if len(text) <= LONGEST_CACHED else parsed.__wrapped__(text)


@lru_cache(maxsize=4096)
def parsed(text: str) -> Expression | None:
    """One parse for each distinct text."""
    words = tokens(text)
    if not words:
        return None
    try:
        root = tree(postfix(words))
    except Broken:
        return None
    variables = dict.fromkeys(word.text for word in words if word.kind == "variable")
    inputs = dict.fromkeys(word.text for word in words if word.kind == "input")
    return Expression(text, tuple(variables), tuple(inputs), root)


def postfix(words: list[Token]) -> list[Token]:
    """The words in the order in which they are computed: operands before their operator, no parentheses."""
    output: list[Token] = []
    waiting: list[Token] = []
    for word in words:
        if word.kind == "open" or (word.kind == "operator" and word.text == "!"):
            waiting.append(word)
        elif word.kind == "close":
            close(waiting, output)
        elif word.kind == "operator":
            while waiting and PRECEDENCE.get(waiting[-1].text, 9) <= PRECEDENCE[word.text]:
                output.append(waiting.pop())
            waiting.append(word)
        else:
            output.append(word)
    if any(word.kind == "open" for word in waiting):
        raise Broken
    return output + waiting[::-1]


def close(waiting: list[Token], output: list[Token]) -> None:
    """Compute what stands in the parentheses that end here."""
    while waiting and waiting[-1].kind != "open":
        output.append(waiting.pop())
    if not waiting:
        raise Broken
    waiting.pop()


def tree(words: list[Token]) -> Node:
    """The one node that is left when every operator has taken its operands."""
    nodes: list[Node] = []
    for word in words:
        if word.kind != "operator":
            nodes.append(leaf(word))
        elif len(nodes) < (1 if word.text == "!" else 2):
            raise Broken
        elif word.text == "!":
            nodes.append(operators.negation(nodes.pop()))
        else:
            right, left = nodes.pop(), nodes.pop()
            nodes.append(operators.binary(word.text, left, right))
    if len(nodes) != 1:
        raise Broken
    return nodes[0]


def leaf(word: Token) -> Node:
    """A value: looked up when asked, or known now."""
    match word.kind:
        case "variable":
            return operators.variable(word.text)
        case "input":
            return operators.input_(word.text)
        case "null":
            return operators.constant(None)
        case "boolean":
            return operators.constant(word.text == "true")
        case "pattern":
            pattern = patterns.from_literal(word.text.replace("\\/", "/"))
            if pattern is None:
                raise Broken
            return operators.constant(pattern)
        case _:
            return operators.constant(word.text)
