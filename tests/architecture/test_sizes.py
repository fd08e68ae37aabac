import ast

from tests.architecture.sources import sources

FILE = 250
FUNCTION = 50
HANDLER = 45

EVERYTHING = sources("layers/core", "layers/third_party", "functions", "local", "tests")


def test_no_file_is_too_long():
    lengths = {str(source): len(source.text.splitlines()) for source in EVERYTHING}

    assert not {name: length for name, length in lengths.items() if length > FILE}


def test_every_function_fits_on_a_screen():
    assert not {
        f"{source}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for source in EVERYTHING
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    }


def test_a_handler_only_composes():
    handlers = [source for source in EVERYTHING if source.folder == "functions" and source.path.name == "handler.py"]
    decisions = [
        f"{handler}:{node.lineno}"
        for handler in handlers
        for node in ast.walk(handler.tree)
        if isinstance(node, ast.If | ast.For | ast.While | ast.Match)
    ]

    assert not {str(handler) for handler in handlers if len(handler.text.splitlines()) > HANDLER}
    assert not decisions
