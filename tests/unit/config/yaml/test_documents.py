import pytest

from pullcord.config.context import CompilerLimits
from pullcord.config.problems import Invalid, Location
from pullcord.config.yaml.documents import read_documents

HEADER = "spec: {inputs: {a: {}}}"


@pytest.mark.parametrize(
    ("text", "has_header", "content"),
    [
        ("a: 1", False, {"a": 1}),
        ("---\na: 1", False, {"a": 1}),
        (f"{HEADER}\n---\na: 1", True, {"a": 1}),
        (f"---\n{HEADER}\n---\na: 1", True, {"a": 1}),
        (f"{HEADER}\n---\na: 1\n---\nb: 1", True, {"b": 1}),
        ("a: 1\n---\nb: 1", False, {"a": 1}),
        (f"{HEADER}\n---\n", False, {"spec": {"inputs": {"a": {}}}}),
        (f"{HEADER}\n---\n# nothing", False, {"spec": {"inputs": {"a": {}}}}),
        (f"{HEADER}\n---", False, {"spec": {"inputs": {"a": {}}}}),
        ("# nothing", False, {}),
        ("{}", False, {}),
        ("[]", False, {}),
        ("a: |\n  x\n  ---\n  y\n", False, {"a": "x\n---\ny\n"}),
    ],
)
def test_a_header_is_a_first_document_with_spec_that_is_followed_by_another(text, has_header, content):
    documents = read_documents(text, "", CompilerLimits())

    assert (documents.header is not None) is has_header
    assert documents.content == content


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "Invalid configuration format"),
        ("- a", "Invalid configuration format"),
        ("a: 1\n---\nhello", "Invalid configuration format"),
        (
            "a: 1\n---\nb: [",
            "(<unknown>): did not find expected node content while parsing a flow node at line 2 column 1",
        ),
        ("x" * 101, "The provided YAML is too big"),
        ("ä" * 51, "The provided YAML is too big"),
    ],
)
def test_every_document_has_to_be_a_mapping_of_bearable_size(text, message):
    with pytest.raises(Invalid, match=".*") as refused:
        read_documents(text, "", CompilerLimits(yaml_bytes=100))

    assert refused.value.problems[0].message == message


def test_lines_of_the_content_count_from_the_top_of_the_file():
    documents = read_documents(f"{HEADER}\n---\n\na: 1\n", "f.yml", CompilerLimits())

    assert documents.content.at("a") == Location("f.yml", 4, 1)
