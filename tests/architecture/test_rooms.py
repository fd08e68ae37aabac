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
    "version":         set(),                                                      # names a version
    "errors":          set(),                                                      # names a refusal
    "ids":             set(),                                                      # makes or reads an id
    "statuses":        set(),                                                      # names a status of a pipeline or job
    "times":           {"ids"},                                                    # writes or reads a time as GitLab does
}
BASICS = set(ROOMS)
ROOMS |= {
    "naming":          BASICS,                                                     # checks a name or path
    "variables":       BASICS,                                                     # states a fact or a rule of a noun
    "projects":        BASICS,
    "peppers":         BASICS | {"cryptography"},
    "tokens":          BASICS | {"peppers"},
    "rekeying":        BASICS | {"peppers", "tokens"},
    "git_logins":      BASICS | {"peppers", "projects"},
    "access":          BASICS | {"projects", "tokens"},
    "callers":         BASICS | {"access"},
    "pipelines":       BASICS,
    "jobs":            BASICS | {"pipelines"},
    "requests":        BASICS | {"access", "projects", "variables"},
}
NOUNS = set(ROOMS)
ROOMS["deadline"] = {"errors"}                                                       # ends what takes too long
ROOMS["cold_start"] = set()                                                          # makes a cold start shorter
ROOMS["libyaml"] = {"yaml"}                                                          # loads no more of PyYAML
ROOMS |= {
    "config":          {"errors", "libyaml", "re2"},                               # holds for any .gitlab-ci.yml
    "git":             {"errors", "dulwich"},                                      # asks a repository something
    "wire":            NOUNS | PYDANTIC | {"aws_lambda_powertools"},  # mentions what a client sees
    "aws":             NOUNS | BOTO3,                                              # knows a key, a secret or an ARN
    "usecases":        NOUNS | {"config"},                                         # orchestrates one operation
    "routes":          NOUNS | {"wire", "usecases"},                               # maps a path to an operation
}
ROOMS |= {
    "functions":       set(ROOMS),                                                 # chooses real things
    "pullcord_local":  set(ROOMS) | BOTO3 | LOCAL,                                 # is for a laptop and never shipped
}

#    room of the use cases   may import beside the ports
USECASES = {
    "host_ports":      set(),
    "ports":           set(),
    "people_ports":    {"ports"},
    "auth":            set(),
    "users":           {"projects", "groups"},     # deleting a user deletes their projects, and leaves groups an owner
    "pipelines":       {"auth"},
    "triggers":        {"auth"},
    "projects":        {"auth", "pipelines"},      # browsing reads commits as pipelines do
    "groups":          {"auth", "projects"},
    "settings":        {"auth", "groups"},         # so does removing a member
    "rotation":        set(),
}
PORTS = {"host_ports", "ports", "people_ports"}
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


def test_use_cases_import_other_nouns_only_as_the_table_says():
    assert not [
        f"{source}:{line}: use cases of `{noun}` may not import {name}"
        for source in sources("layers/core")
        if room_of(source.module) == "usecases" and (noun := noun_of(source.module))
        for name, line in source.imports()
        if name.startswith("pullcord.usecases.") and noun_of(name) not in USECASES[noun] | PORTS | {noun}
    ]


def test_use_cases_of_two_nouns_do_not_import_each_other():
    order = sorted(USECASES, key=lambda noun: len(below(noun)))

    assert all(noun not in below(noun) for noun in order)


def below(noun: str) -> set[str]:
    """Every noun that is imported by one, directly or not."""
    found: set[str] = set()
    waiting = [*USECASES[noun]]
    while waiting:
        found.add(one := waiting.pop())
        waiting += USECASES[one] - found
    return found


def noun_of(module: str) -> str:
    """`pullcord.usecases.users.bootstrap` → users."""
    return f"{module}...".split(".")[2]


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
