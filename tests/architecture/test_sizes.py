import ast

from tests.architecture.sources import sources

FILE = 250
FUNCTION = 50
DOOR = 45

EVERYTHING = sources("layers/core", "layers/third_party", "functions", "local", "tests")


def test_every_file_can_be_read_in_one_go():
    lengths = {str(source): len(source.text.splitlines()) for source in EVERYTHING}

    assert not {name: length for name, length in lengths.items() if length > FILE}


def test_every_function_fits_on_a_screen():
    assert not {
        f"{source}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for source in EVERYTHING
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    }


def test_a_door_composes_and_routes_and_holds_no_logic():
    doors = [source for source in EVERYTHING if source.folder == "functions" and source.path.name == "handler.py"]
    decisions = [
        f"{door}:{node.lineno}"
        for door in doors
        for node in ast.walk(door.tree)
        if isinstance(node, ast.If | ast.For | ast.While | ast.Match)
    ]

    assert not {str(door) for door in doors if len(door.text.splitlines()) > DOOR}
    assert not decisions
