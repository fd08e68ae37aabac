"""Every code that a caller can be told stands in README.md, and no other."""

import ast
import re

from tests.architecture.sources import ROOT, sources

README = (ROOT / "README.md").read_text(encoding="utf-8")


def codes():
    """Values of `code=` arguments and of `code = ` in classes of refusals."""
    for source in sources("layers/core/pullcord"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.keyword) and node.arg == "code":
                yield from texts(node.value)
            if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["code"]:
                yield from texts(node.value)


def texts(value):
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def documented():
    table = README.partition("\n## Refusals\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`(\w+)`", row)}


def test_every_code_is_documented():
    assert set(codes()) - {"refused"} - documented() == set()


def test_every_documented_code_exists():
    made = {"filtered_by_rules", "empty_by_rules"}  # put together from a plan's outcome

    assert documented() - set(codes()) - made == set()
