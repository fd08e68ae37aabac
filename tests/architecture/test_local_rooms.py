"""The rooms of `pullcord_local` and what each may import. A room stands below every room that may import it."""

import sys
from graphlib import TopologicalSorter

from tests.architecture.sources import sources

PACKAGE = "pullcord_local"
MOTO = {"moto"}

# fmt: off
#    room            may import, beside the standard library and itself         a line is here if it…
ROOMS = {
    "arguments":       set(),                                                 # reads the value of an option
    "account":         set(),                                                 # names the account, the region, an ARN
    "memory":          set(),                                                 # gives memory back to the system
    "peers":           set(),                                                 # says to which user a connection belongs
    "http_server":     {"peers", "h11"},                                      # speaks HTTP/1.1 on a socket
    "explain":         {"pullcord.config", "pullcord.pipelines", "pullcord.version"},  # says what a configuration would create
}
ROOMS |= {
    "aws_calls":       {"account", "boto3", "botocore", "werkzeug"} | MOTO,   # parses, makes or transports any AWS call
    "iam":             {"account", "aws_calls"} | MOTO,                       # decides whether a call is allowed
    "persistence":     {"account"} | MOTO,                                    # opens the file of what is stored
    "dynamodb":        {"account", "aws_calls", "persistence"} | MOTO,        # makes moto's tables behave as on AWS
    "objects":         {"aws_calls", "persistence"},                          # puts, gets or lists objects
    "inventory":       {"iam"},                                               # describes a resource of a deployed stack
}
RESOURCES = {"account", "inventory"}
ROOMS |= {
    "stack":           RESOURCES | {"aws_calls", "iam", "samtranslator"},     # turns a template into resources
    "lambdas":         RESOURCES | {"http_server", "iam", "memory", "persistence", "awslambdaric"},  # runs functions in processes
    "workflow":        RESOURCES | {"aws_calls", "jsonata"} | MOTO,           # runs state machines
    "gateway":         {"account", "http_server", "lambdas"},                 # turns HTTP requests into invocations
}
SERVICES = {"iam", "persistence", "dynamodb", "objects", "stack", "lambdas", "workflow"}
ROOMS |= {
    "cloud":           SERVICES | {"aws_calls", "http_server", "inventory"} | MOTO,  # connects services to one cloud
    "serve":           {"arguments", "account", "http_server", "memory", "persistence", "stack", "gateway", "cloud"},  # serves a deployed stack
}
ROOMS |= {
    "demo":            {"arguments", "serve", "rich"},                        # shows a first pipeline
    "commands":        {"pullcord.version", "arguments", "explain", "serve", "demo"},  # declares a command or its options
    "cli":             {"explain", "commands"},                               # is the entry point
}
# fmt: on


def room_of(module: str) -> str:
    """`pullcord_local.iam.policy` → iam, `pullcord.config.rules` → pullcord.config, `moto.core` → moto."""
    package, _, rest = module.partition(".")
    room = rest.partition(".")[0]
    if package == PACKAGE and room:
        return room
    return f"{package}.{room}" if package == "pullcord" else package


LOCAL = [source for source in sources("local") if source.module != PACKAGE]


def test_every_room_is_in_the_table():
    assert {room_of(source.module) for source in LOCAL} == set(ROOMS)


def test_imports_only_go_down():
    assert not [
        f"{source}:{line}: `{room_of(source.module)}` may not import {name}"
        for source in LOCAL
        for name, line in source.imports()
        if room_of(name) not in allowed(room_of(source.module))
    ]


def allowed(room):
    return ROOMS.get(room, set()) | {room, PACKAGE} | sys.stdlib_module_names


def test_the_table_has_no_way_back_up():
    order = list(ROOMS)

    for room, may_import in ROOMS.items():
        assert all(order.index(below) < order.index(room) for below in may_import & set(order)), room


def test_the_table_allows_nothing_that_no_file_needs():
    needed = {(room_of(source.module), room_of(name)) for source in LOCAL for name, _ in source.imports()}

    assert not [f"{room}: {name}" for room, names in ROOMS.items() for name in names if (room, name) not in needed]


def test_no_two_modules_need_each_other():
    modules = {source.module for source in LOCAL}
    graph = {source.module: {name for name, _ in source.imports()} & modules for source in LOCAL}

    TopologicalSorter(graph).prepare()  # raises CycleError, naming the modules
