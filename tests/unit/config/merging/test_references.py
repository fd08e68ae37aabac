import pytest

from pullcord.config.problems import Location

SCRIPT = ".a: {script: [x, y], v: {K: 1}, wrong: false, nothing: null}\n"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("!reference [.a, script]", ["x", "y"]),
        ("[z, !reference [.a, script]]", ["z", ["x", "y"]]),
        ("{K: !reference [.a, v, K]}", {"K": 1}),
        ("!reference [.a, v]", {"K": 1}),
        ("!reference [.c, d]", [["x", "y"]]),
    ],
)
def test_a_reference_stands_for_what_it_leads_to(content, value, found):
    assert content(SCRIPT + f"j: {{k: {value}}}\n.c: {{d: [!reference [.a, script]]}}")["j"]["k"] == found


def test_a_whole_entry_may_be_a_reference(content):
    assert content(SCRIPT + "j: !reference [.a, v]")["j"] == {"K": 1}


def test_references_see_extended_jobs_and_included_files(content):
    text = "include: i.yml\n.b: {extends: .a}\nj: {k: !reference [.b, script]}"

    assert content(text, files={"i.yml": SCRIPT})["j"]["k"] == ["x", "y"]


def test_merging_does_not_look_into_references(content):
    text = SCRIPT + ".b: {k: !reference [.a, v]}\nj: {extends: .b, k: {L: 2}}"

    assert content(text)["j"]["k"] == {"L": 2}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("!reference foo", '!reference "foo" is not valid'),
        ("!reference []", "!reference [] is not valid"),
        ("!reference [1]", "!reference [1] is not valid"),
        ("!reference [[.a]]", '!reference [[".a"]] is not valid'),
        ("!reference [.a, x]", '!reference [".a", "x"] could not be found'),
        ("!reference [.a, script, '0']", '!reference [".a", "script", "0"] could not be found'),
        ("!reference [.a, wrong]", '!reference [".a", "wrong"] could not be found'),
        ("!reference [.a, nothing]", '!reference [".a", "nothing"] could not be found'),
        ("!reference [j, k]", '!reference ["j", "k"] is part of a circular chain'),
    ],
)
def test_a_reference_that_leads_nowhere_is_written_as_ruby_writes_it(refusal, value, message):
    assert refusal(SCRIPT + f"j: {{k: {value}}}").message == message


def test_a_cycle_is_named_by_the_reference_that_was_reached_first(refusal):
    text = ".a: {s: [!reference [.b, s]]}\n.b: {s: [!reference [.a, s]]}\nc: {s: [!reference [.b, s]]}"

    assert refusal(text).message == '!reference [".b", "s"] is part of a circular chain'


def test_an_error_points_at_the_reference(refusal):
    assert refusal("j:\n  k: [a, !reference [x]]\n").location == Location("", 2, 10)
