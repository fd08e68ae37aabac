"""Which room of the compiler may import which. A room is a folder or a file of `pullcord/config`.

The table is the documentation: a room stands below all that it may import, and so there is no circle.
"""

import pytest

from tests.architecture.sources import sources

CONFIG = "pullcord.config"

# fmt: off
#    room                  may import, beside the standard library and itself                  a line is here if it…
ROOMS = {
    "lazy":                set(),                                                              # is about doing work late or once
    "garbage_collector":   set(),                                                              # is about Python's collector
    "cycles":              set(),                                                              # finds cycles in any graph
    "context":             set(),                                                              # is an input of the compiler
    "problems":            set(),                                                              # is an error and its location
    "plan":                {"problems"},                                                       # is a result of the compiler
    "checked":             {"problems"},                                                       # is a validated keyword
    "tree":                {"problems"},                                                       # is a value read from YAML
    "ruby":                {"tree"},                                                           # is Ruby's text form of a value
    "yaml":                {"context", "lazy", "problems", "ruby", "tree"},                    # reads a text
    "merging":             {"lazy", "problems", "ruby", "tree"},                               # makes one map of several
    "variables":           {"checked", "context", "cycles", "lazy"},                           # knows a variable's value
}
ROOMS["conditions"] = {"checked", "context", "lazy", "plan", "problems", "variables"}          # decides by rules
ROOMS["entries"] = {"checked", "conditions", "lazy", "problems", "ruby", "tree"}               # validates a keyword
ROOMS["inputs"] = {"conditions", "entries", "lazy", "problems", "ruby", "tree", "variables"}   # is about a text's header
ROOMS["include"] = {"checked", "conditions", "context", "entries", "inputs", "lazy", "merging", "plan"} | {
    "problems", "ruby", "tree", "variables", "yaml",
}                                                                                              # finds an included file
ROOMS["jobs"] = {"checked", "conditions", "context", "cycles", "lazy", "plan", "problems"} | {
    "ruby", "variables",
}                                                                                              # is about a job of the pipeline
ROOMS["incomplete"] = {"entries", "jobs", "lazy", "merging", "problems", "ruby", "tree"}       # is about skipped includes
ROOMS["compiler"] = set(ROOMS) - {"cycles", "lazy", "ruby"}                                    # is the order of the phases
# fmt: on

SOURCES = [source for source in sources("layers/core") if source.module.startswith(f"{CONFIG}.")]


def room_of(module):
    """`pullcord.config.jobs.matrix` → jobs."""
    return module.removeprefix(f"{CONFIG}.").partition(".")[0]


def imported_rooms(source):
    rooms = {(room_of(name), line) for name, line in source.imports() if name.startswith(f"{CONFIG}.")}
    return sorted((room, line) for room, line in rooms if room != room_of(source.module))


def test_every_room_of_the_compiler_is_in_the_table():
    assert {room_of(source.module) for source in SOURCES} == set(ROOMS)


def test_a_room_imports_what_the_table_allows():
    assert not [
        f"{source}:{line}: `{room_of(source.module)}` may not import `{room}`"
        for source in SOURCES
        for room, line in imported_rooms(source)
        if room not in ROOMS[room_of(source.module)]
    ]


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "compiler"])
def test_the_table_allows_nothing_that_a_room_does_not_import(room):
    imported = {name for source in SOURCES if room_of(source.module) == room for name, _ in imported_rooms(source)}

    assert imported == ROOMS[room]


def test_the_table_of_the_compiler_has_no_way_back_up():
    order = list(ROOMS)

    assert not [
        (room, below) for room, allowed in ROOMS.items() for below in allowed if order.index(below) >= order.index(room)
    ]


def test_every_phase_is_imported_by_the_compiler_itself():
    (compiler,) = [source for source in SOURCES if source.module == f"{CONFIG}.compiler"]

    modules = {name.removeprefix(f"{CONFIG}.") for name, _ in compiler.imports()}

    assert modules >= {"yaml.documents", "inputs.header", "inputs.interpolation", "include.includes"}
    assert modules >= {"merging.extends", "merging.references", "entries", "jobs.matrix", "jobs.graph"}
    assert modules >= {"conditions.workflow", "conditions.rules", "jobs.candidates", "jobs.planner"}
