"""The compiler decides by what it is handed: no clock, no environment, no network, no disk, no chance."""

import ast

from tests.architecture.sources import sources

CONFIG = [source for source in sources("layers/core") if source.module.startswith("pullcord.config")]
ELSEWHERE = {"asyncio", "http", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "sys"} | {
    "tempfile", "time", "urllib.request", "uuid",
}  # fmt: skip
EFFECTS = {"print", "open", "input", "exec", "eval", "__import__"}
CLOCKS = {"now", "utcnow", "today", "environ", "getenv"}


def test_no_pass_imports_what_reaches_elsewhere():
    assert not [f"{source}:{line} {name}" for source in CONFIG for name, line in source.imports() if name in ELSEWHERE]


def test_no_pass_has_effects():
    nodes = [(source, node) for source in CONFIG for node in ast.walk(source.tree)]
    calls = [(source, node.func) for source, node in nodes if isinstance(node, ast.Call)]

    assert not [f"{source}:{call.lineno} {call.id}" for source, call in calls if getattr(call, "id", None) in EFFECTS]
    assert not [
        f"{source}:{node.lineno} {node.attr}" for source, node in nodes if getattr(node, "attr", None) in CLOCKS
    ]
