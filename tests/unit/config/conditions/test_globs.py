"""Globs of `changes` and `exists`, after vectors measured with Ruby's File.fnmatch."""

from fnmatch import translate
from re import match

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.config.conditions import globs
from tests.counting import growth, steps

VECTORS = {
    "*": {"a": True, ".a": True, "a/b": False},
    "*.md": {"a.md": True, ".md": True, "d/a.md": False, "a.MD": False},
    "**": {"a": True, "a/b": False, ".a": True},
    "**/*": {"a": True, "a/b": True, "a/b/c": True, ".a": True, ".g/x": True, "a/.b": True},
    "**/*.md": {"a.md": True, "d/a.md": True, "d/e/a.md": True, ".h/a.md": True},
    "src/*": {"src/a": True, "src/a/b": False, "src/.a": True, "src": False},
    "src/**": {"src/a": True, "src/a/b": False, "src/": True},
    "src/**/*": {"src/a": True, "src/a/b": True, "src/.h/b": True, "src": False, "xsrc/a": False},
    "src/**/test/*.py": {"src/test/a.py": True, "src/x/y/test/a.py": True, "src/x/test/d/a.py": False},
    "**/Dockerfile": {"Dockerfile": True, "a/Dockerfile": True, "a/b/Dockerfile": True, "aDockerfile": False},
    "{a,b}.txt": {"a.txt": True, "b.txt": True, "c.txt": False},
    "src/{x,y}/**/*.{c,h}": {"src/x/a.c": True, "src/y/d/a.h": True, "src/z/a.c": False},
    "{a,{b,c}}d": {"ad": True, "bd": True, "cd": True},
    "{a,}x": {"ax": True, "x": True},
    "[ab].c": {"a.c": True, "b.c": True, "c.c": False},
    "[!a].c": {"a.c": False, "b.c": True},
    "[^a].c": {"a.c": False, "b.c": True},
    "[a-c]x": {"bx": True, "dx": False},
    "a?c": {"abc": True, "ac": False, "a/c": False},
    "?": {"a": True, ".": True},
    "a\\*b": {"a*b": True, "axb": False},
    "src/": {"src/": True, "src/a": False},
    "/src/a": {"src/a": False},
    "./a": {"a": False, "./a": True},
    "a/**/b": {"a/b": True, "a/x/b": True, "a/x/y/b": True, "ab": False},
    "a**b": {"axb": True, "a/b": False},
    "**a": {"xa": True, "x/a": False},
    "*/**": {"a/b": True, "a/b/c": False},
    "**/**/x": {"x": True, "a/x": True, "a/b/x": True},
    ".*": {".a": True, "a": False},
    "*.{yml,yaml}": {".gitlab-ci.yml": True, "a.yaml": True},
    "[[:alpha:]]": {"a": False, "1": False, "a]": True},
    "A": {"a": False},
    "ünï*": {"ünïcode": True},
    "a b/*": {"a b/c": True},
    "$X/*": {"$X/a": True},
    "": {"": True, "a": False},
    "!a": {"b": False, "!a": True},
    "a/**/": {"a/": True, "a/b/": True, "a/b": False},
    "{a,b": {"{a,b": False, "a": False},
    "a}": {"a}": True},
    "a,b": {"a,b": True},
    "[": {"[": False},
    "[a": {"[a": False, "a": False},
    "[]a": {"a": False, "]a": False},
    "[!]": {"x": True, "/": False},
    "[!a]": {"/": False},
    "[c-a]": {"a": True, "b": False, "c": True},
    "a\\": {"a\\": True},
    "a*b*c": {"aXbXbYc": True, "acb": False},
}


@pytest.mark.parametrize(
    ("glob", "path", "fits"), [(g, path, fits) for g in VECTORS for path, fits in VECTORS[g].items()]
)
def test_a_glob_fits_what_it_fits_in_ruby(glob, path, fits):
    assert globs.matches(glob, path) is fits


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_without_slashes_and_brackets_the_standard_library_agrees(glob, path):
    assert globs.matches(glob, path) is (match(translate(glob), path) is not None)


@given(st.text("ab*?/[]{},!^-\\", max_size=20), st.text("ab/", max_size=10))
def test_no_glob_fails(glob, path):
    assert globs.matches(glob, path) in {True, False}


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("**/a*b*c*d*/" * 20 + "x", "abcd/" * 200 + "y"),
        ("*a" * 40 + "b", "a" * 5000),
        ("**/*a/" * 30 + "z", "a/" * 2000),
        ("{a,b}" * 10 + "c", "a" * 10),
    ],
)
def test_a_hostile_glob_costs_few_steps(glob, path):
    globs.compiled.cache_clear()

    answers = []
    steps(lambda: answers.append(globs.matches(glob, path)), most=2_000_000)

    assert answers == [False]


TOO_MANY = [
    "{a,b}" * 40,
    "{a," * 5000 + "}" * 5000,
    "{" + "a," * 1024 + "}",
    "{" + "a" * 40_000 + "," + "b" * 40_000 + "}",
    "{" * 600 + "a,b" + "}" * 600,
]


@pytest.mark.parametrize("glob", TOO_MANY)
def test_a_glob_with_too_many_alternatives_is_refused_after_few_steps(glob):
    globs.compiled.cache_clear()

    with pytest.raises(globs.TooManyAlternatives, match=r"^has too many alternatives in the braces of a glob "):
        steps(lambda: globs.matches(glob, "a"), most=2_000_000)


def test_a_glob_with_too_many_alternatives_does_not_count_beside_one_that_matches():
    assert globs.any_matches(["{a,b}" * 40, "*.md"], ["x.c", "x.md"]) is True
    assert globs.any_matches(["{a,b}" * 40], []) is False


def test_as_many_alternatives_as_there_may_be_are_compared():
    assert globs.matches("{a,b}" * 10, "ab" * 5) is True
    assert globs.matches("{" + "a," * 1023 + "b}", "b") is True


@pytest.mark.parametrize(
    ("glob", "folder"),
    [("**/a*b*c*d*/" * 20 + "x", "abcd/"), ("*a" * 40 + "b", "a"), ("**/*a/" * 30 + "z", "a/")],
)
def test_a_hostile_glob_costs_eight_times_as_much_for_a_path_eight_times_as_long(glob, folder):
    short, long = folder * 5000, folder * 40_000

    assert growth(lambda: globs.matches(glob, short), lambda: globs.matches(glob, long)) < 24
