"""No regular expression of ours takes more than linear time, whatever the text.

Every pattern in the sources is found, and matched against hostile texts made of its own characters, at one, two and four
times a length. Patterns of callers run on RE2, and those made of globs have a test of their own.
"""

import ast
import importlib
import re
import sys

import pytest

from tests.architecture.sources import sources
from tests.backtracking import Matcher, TooManySteps, hostile

AT_START = {"match", "fullmatch"}
FUNCTIONS = {"compile", "search", "split", "sub", "findall", "finditer"} | AT_START
SHORT, LENGTHS = 16, (2, 4)
ELSEWHERE = {"config/conditions/globs.py", "config/lazy.py"}
"""Patterns made of what a caller sends as a glob, and the means by which others are compiled late."""


def used_everywhere(text, name):
    """Whether a pattern of this name is looked for in the middle of texts, too."""
    return bool(re.search(rf"\b{re.escape(name)}(\(\))?\.(search|split|sub|subn|findall|finditer)\b", text))


def patterns():
    """Name, pattern, flags and whether it is searched for, of every pattern in the sources."""
    for source in sources("layers/core/pullcord"):
        if any(str(source).endswith(name) for name in ELSEWHERE):
            continue
        module = None
        for node in ast.walk(source.tree):
            if not is_pattern(node):
                continue
            module = module or importlib.import_module(f"pullcord.{source.module}")
            name = next((target for target, value in assigned(source.tree) if value is node), "")
            everywhere = node.func.attr in FUNCTIONS - AT_START - {"compile"} or is_searched(name)
            given = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "flags")]
            flags = sum(evaluated(value, module) for value in given if not is_text(value, node))
            for number, choice in enumerate(choices(node.args[0])):
                yield f"{source}:{node.lineno}-{number}", evaluated(choice, module), flags, everywhere


def choices(node):
    """The expressions of which one is the pattern."""
    return (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)


def is_searched(name):
    """Whether this file or one that imports the name searches with it."""
    return bool(name) and any(used_everywhere(other.text, name) for other in sources("layers/core/pullcord"))


def is_pattern(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in {("lazy", "pattern"), *(("re", name) for name in FUNCTIONS)}
    )


def is_text(argument, node):
    """Whether an argument is for a function of `re` that looks at a text, and no flag."""
    return node.func.attr not in {"compile", "pattern"} and argument in node.args


def evaluated(node, module):
    local = {"word": "one|two|ten", "scale": "hundred", "separators": "&;"}  # of patterns made in functions or loops
    return eval(compile(ast.Expression(node), "pattern", "eval"), {**vars(module), **local})


def assigned(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))


PATTERNS = {name: rest for name, *rest in patterns()}


@pytest.fixture(autouse=True, scope="module")
def deep():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_linear_time(name):
    pattern, flags, everywhere = PATTERNS[name]
    matcher = Matcher(pattern, flags)
    for start, word, end in hostile(matcher.tree):
        texts = [start + word * (SHORT * times) + end for times in (1, *LENGTHS)]
        try:
            once, twice, four_times = (matcher.cost(text, everywhere=everywhere) for text in texts)
        except TooManySteps:
            pytest.fail(f"{pattern!r}: too many steps for {start!r} + {word!r} * {SHORT} + {end!r}")
        assert four_times <= 2.6 * twice + 60, (pattern, start, word, end, once, twice, four_times)


def test_there_are_patterns():
    assert len(PATTERNS) > 60


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(a|a)*b", r"a*a*b", r"\w*\d*!", r"(?:[^/]+/?)+!", r"\s*a?\s*$b"])
def test_a_pattern_of_more_than_linear_time_is_noticed(pattern):
    matcher = Matcher(pattern)
    costs = []
    for start, word, end in hostile(matcher.tree):
        try:
            costs.append([matcher.cost(start + word * (SHORT * n) + end, everywhere=False) for n in (1, 2, 4)])
        except TooManySteps:
            return
    assert any(four_times > 2.6 * twice + 60 for _, twice, four_times in costs)


@pytest.mark.parametrize(
    ("pattern", "text", "found"), [(r"a+b", "aab", True), (r"(?<=x)a", "xa", False), (r"[^/]*\Z", "a/b", False)]
)
def test_the_counting_matcher_matches_as_re_does(pattern, text, found):
    matcher = Matcher(pattern)
    matcher.text, matcher.groups = text, {}

    assert (
        (next(matcher.sequence(list(matcher.tree), 0, 0), None) is not None) == found == bool(re.match(pattern, text))
    )
