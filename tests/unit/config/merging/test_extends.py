import pytest

from pullcord.config.problems import Location

CHAIN = [f"e{number}: {{extends: e{number + 1}}}" for number in range(11)]


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("b: {v: {A: 1, B: 2}, s: [x, y]}\nj: {extends: b, v: {B: 3}, s: [z]}", {"v": {"A": 1, "B": 3}, "s": ["z"]}),
        ("b: {s: 1, t: 1}\nc: {s: 2}\nj: {extends: [b, c]}", {"s": 2, "t": 1}),
        ("b: {s: 1}\nj: {extends: b, s: null}", {"s": None}),
        ("j: {extends: [], s: 1}", {"s": 1}),
        ("j: {extends: null, s: 1}", {"s": 1}),
        ("a: {s: 1}\nb: {extends: a, t: 1}\nj: {extends: [b, a]}", {"s": 1, "t": 1}),
        ("b: {s: {deep: {A: 1}}}\nj: {extends: b, s: {deep: {B: 2}}}", {"s": {"deep": {"A": 1, "B": 2}}}),
    ],
)
def test_maps_merge_and_everything_else_is_replaced(content, text, job):
    extended = content(text)["j"]

    assert {key: value for key, value in extended.items() if key != "extends"} == job


def test_keys_of_the_base_come_first(content):
    assert list(content("b: {s: 1, t: 2}\nj: {x: 1, extends: b, s: 2}")["j"]) == ["s", "t", "x", "extends"]


def test_every_top_level_map_can_extend(content):
    assert content("b: {A: 1}\nvariables: {extends: b}")["variables"]["A"] == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A: {extends: [b, c]}", "A: unknown keys in `extends` (b, c)"),
        ("b: x\nA: {extends: [b]}", "A: invalid base hashes in `extends` (b)"),
        ("b: x\nA: {extends: [b, c]}", "A: unknown keys in `extends` (c)"),
        ("A: {extends: A}", "A: circular dependency detected in `extends`"),
        (".a: {extends: .b}\n.b: {extends: .a}", ".a: circular dependency detected in `extends`"),
        ("j: {s: 1}\n.hidden: {extends: nothing}", ".hidden: unknown keys in `extends` (nothing)"),
    ],
)
def test_what_cannot_be_extended_is_named(refusal, text, message):
    assert refusal(text).message == message


@pytest.mark.parametrize("order", [1, -1])
def test_eleven_hops_work_and_twelve_do_not(content, refusal, order):
    eleven, twelve = [*CHAIN[:10], "e10: {extends: e11}", "e11: {s: 1}"], [*CHAIN, "e11: {extends: e12}", "e12: {s: 1}"]

    assert content("\n".join(eleven[::order]))["e0"]["s"] == 1
    assert refusal("\n".join(twelve[::order])).message == "e11: nesting too deep in `extends`"


def test_an_error_points_at_the_extends_key(refusal):
    assert refusal("a:\n  s: 1\n  extends: x\n").location == Location("", 3, 3)


def test_inherited_entries_keep_their_own_locations(content):
    job = content("b:\n  rules: [{when: always}]\nj:\n  extends: b\n  s: 1\n")["j"]

    assert job.at("rules") == Location("", 2, 3)
    assert job.at("s") == Location("", 5, 3)
