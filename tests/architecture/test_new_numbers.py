import ast

from tests.architecture.sources import sources


def mentioned(source):
    """Every name and attribute of a module."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"


def test_whoever_makes_a_number_is_ready_to_take_another():
    makers = [source for source in sources("layers/core") if ".new_id" in mentioned(source)]

    assert makers
    assert [str(source) for source in makers if not {"numbered", ".numbered"} & set(mentioned(source))] == []
