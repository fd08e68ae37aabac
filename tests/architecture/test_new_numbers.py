import ast

from tests.architecture.sources import sources


def mentioned(source):
    """Every name and attribute of a module."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"


def test_every_user_of_a_new_id_takes_another_one_if_it_is_taken():
    makers = [source for source in sources("layers/core") if ".new_id" in mentioned(source)]

    assert makers
    assert [str(source) for source in makers if not {"with_new_id", ".with_new_id"} & set(mentioned(source))] == []
