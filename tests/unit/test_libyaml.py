import subprocess
import sys


def told(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_libyaml_is_there_without_the_rest_of_pyyaml():
    loaded = told("import sys, pullcord.config.yaml.reader; print(*sys.modules)")

    assert "yaml._yaml" in loaded
    assert not {"yaml.reader", "yaml.constructor", "yaml.resolver", "yaml.emitter"} & set(loaded)


def test_whoever_asks_for_pyyaml_later_gets_all_of_it():
    program = """
import pullcord.config.yaml.reader as reader, yaml, yaml.constructor
print(*yaml.safe_load("[1, 2]"), *yaml.load("[3]", yaml.CSafeLoader), yaml.reader.ReaderError.__module__)
print(yaml.MarkedYAMLError is reader.MarkedYAMLError, hasattr(yaml, "nothing"))
"""

    assert told(program) == ["1", "2", "3", "yaml.reader", "True", "False"]


def test_pyyaml_may_have_been_there_before():
    program = "import yaml, pullcord.libyaml as libyaml; print(yaml.ScalarEvent is libyaml.ScalarEvent)"

    assert told(program) == ["True"]


def test_what_libyaml_cannot_read_has_its_own_words():
    program = """
from pullcord.config.problems import Invalid
from pullcord.config.yaml.reader import read
for text in ("a: \\x01", "a: [", "a: *b"):
    try:
        read(text)
    except Invalid as invalid:
        print(len(str(invalid).split()))
"""

    assert all(int(words) > 2 for words in told(program))
    assert len(told(program)) == 3
