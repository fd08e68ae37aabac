"""Which room may import which. The table is the documentation: a room stands below all that it may import."""

import sys

import pytest

from tests.architecture.sources import sources

PYDANTIC = {"pydantic", "pydantic_core"}
BOTO3 = {"boto3", "botocore"}
LOCAL = {"antlr4", "awslambdaric", "dulwich", "h11", "jsonata", "moto", "rich", "samtranslator", "werkzeug", "yaml"}

# fmt: off
#    room            may import, beside the standard library and itself              a line is here if it…
ROOMS = {
    "errors":          set(),                                                      # names a refusal
    "ids":             set(),                                                      # makes or reads an id
    "times":           {"ids"},                                                    # writes or reads a time as GitLab does
}
BASICS = set(ROOMS)
ROOMS |= {
    "variables":       BASICS,                                                     # states a fact or a rule of a noun
    "projects":        BASICS,
    "peppers":         BASICS | {"cryptography"},
    "tokens":          BASICS | {"peppers"},
    "renewals":        BASICS | {"peppers", "tokens"},
    "access":          BASICS | {"projects", "tokens"},
    "pipelines":       BASICS,
    "jobs":            BASICS | {"pipelines"},
    "requests":        BASICS | {"access", "projects", "variables"},
}
NOUNS = set(ROOMS)
ROOMS["deadline"] = {"errors"}                                                       # ends what takes too long
ROOMS["opening"] = set()                                                             # makes a cold start shorter
ROOMS["libyaml"] = {"yaml"}                                                          # loads no more of PyYAML
ROOMS |= {
    "config":          {"errors", "libyaml", "re2"},                               # holds for any .gitlab-ci.yml
    "git":             {"errors", "dulwich", "urllib3"},                           # asks a repository something
    "wire":            NOUNS | PYDANTIC | {"aws_lambda_powertools", "multipart"},  # mentions what a client sees
    "aws":             NOUNS | BOTO3,                                              # knows a key, a secret or an ARN
    "usecases":        NOUNS | {"config"},                                         # puts the steps of one wish in order
    "routes":          NOUNS | {"wire", "usecases"},                               # says which path is which wish
}
ROOMS |= {
    "functions":       set(ROOMS),                                                 # chooses real things
    "pullcord_local":  set(ROOMS) | BOTO3 | LOCAL,                                 # is for a laptop and never shipped
}
# fmt: on

ONE_FILE = {"aws_lambda_powertools": {"wire"}}
"""Libraries that only one file of a room may know, so that they can be exchanged."""


def room_of(module: str) -> str:
    """`pullcord.config.rules` → config, `boto3.dynamodb` → boto3."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "pullcord" and rest else first


def test_every_room_is_in_the_table():
    assert not {str(source) for source in sources() if room_of(source.module) not in ROOMS} - {
        "layers/core/pullcord/__init__.py"
    }


def test_imports_only_go_down():
    assert not [
        f"{source}:{line}: `{room_of(source.module)}` may not import {name}"
        for source in sources()
        for name, line in source.imports()
        if room_of(name) not in allowed(room_of(source.module))
    ]


def allowed(room):
    return ROOMS.get(room, set()) | {room, "pullcord", "_typeshed"} | sys.stdlib_module_names


def test_the_table_has_no_way_back_up():
    order = list(ROOMS)

    for room, allowed in ROOMS.items():
        assert all(order.index(below) < order.index(room) for below in allowed & set(order)), room


@pytest.mark.parametrize(("library", "rooms"), ONE_FILE.items())
def test_only_one_file_of_a_room_knows(library, rooms):
    for room in rooms:
        users = [
            str(source)
            for source in sources("layers/core")
            if room_of(source.module) == room and library in {name.partition(".")[0] for name, _ in source.imports()}
        ]

        assert len(users) <= 1, users
