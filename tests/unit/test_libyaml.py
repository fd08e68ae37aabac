"""libyaml without the rest of PyYAML."""

import subprocess
import sys


def output_of(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_libyaml_is_imported_without_the_rest_of_pyyaml():
    loaded = output_of("import sys, pullcord.config.yaml.reader; print(*sys.modules)")

    assert "yaml._yaml" in loaded
    assert not {"yaml.reader", "yaml.constructor", "yaml.resolver", "yaml.emitter"} & set(loaded)


def test_pyyaml_can_be_imported_completely_afterwards():
    program = """
import pullcord.config.yaml.reader as reader, yaml, yaml.constructor
print(*yaml.safe_load("[1, 2]"), *yaml.load("[3]", yaml.CSafeLoader), yaml.reader.ReaderError.__module__)
print(yaml.MarkedYAMLError is reader.MarkedYAMLError, hasattr(yaml, "nothing"))
"""

    assert output_of(program) == ["1", "2", "3", "yaml.reader", "True", "False"]


def test_pyyaml_may_have_been_imported_before():
    program = "import yaml, pullcord.libyaml as libyaml; print(yaml.ScalarEvent is libyaml.ScalarEvent)"

    assert output_of(program) == ["True"]


def test_errors_of_libyaml_have_messages():
    program = """
from pullcord.config.problems import Invalid
from pullcord.config.yaml.reader import read
for text in ("a: \\x01", "a: [", "a: *b"):
    try:
        read(text)
    except Invalid as invalid:
        print(len(str(invalid).split()))
"""

    assert all(int(words) > 2 for words in output_of(program))
    assert len(output_of(program)) == 3
