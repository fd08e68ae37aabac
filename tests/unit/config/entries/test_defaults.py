"""`default`, its keywords at the top of the file, and `inherit`."""

import pytest

BROKEN = ["name should be a string", "name can't be blank", "config contains unknown keys: script"]


@pytest.mark.parametrize(
    ("inherit", "expected"),
    [
        ("x", ["inherit config should be a hash"]),
        ("{foo: true}", ["inherit config contains unknown keys: foo"]),
        ("{default: x}", ["inherit:default should be a bool or array of strings"]),
        ("{default: [foo, image]}", ["inherit:default config contains unknown values: foo"]),
        ("{variables: 5}", ["inherit:variables should be a bool or array of strings"]),
        ("{variables: [[x]]}", ["inherit:variables config should be an array of strings"]),
    ],
)
def test_inheritance_is_refused_in_these_words(wrong_with, inherit, expected):
    assert wrong_with(f"inherit: {inherit}") == expected


def test_defaults_know_some_keywords_only(messages):
    assert messages("default: {secrets: {}, stage: x}\na: {script: s}") == [
        "default config contains unknown keys: secrets, stage"
    ]


@pytest.mark.parametrize(
    "keyword", ["image: x", "services: [x]", "before_script: x", "after_script: x", "cache: {paths: [x]}"]
)
def test_a_default_is_either_global_or_below_default(messages, keyword):
    key = keyword.partition(":")[0]

    assert messages(f"{keyword}\ndefault: {{{keyword}}}\na: {{script: 5}}") == [
        f"{key} is defined in top-level and `default:` entry"
    ]


def test_everyone_who_takes_a_broken_default_repeats_what_is_wrong(messages):
    expected = [f"image {message}" for message in BROKEN]

    assert messages("image: {script: x}\na: {script: s}\nb: {script: s, image: x}") == 3 * expected


def test_an_invalid_default_is_reported_at_its_location(messages):
    assert (
        messages("default: {cache: x}\na: {script: s}") == ["default:caches config can only be a hash or an array"] * 2
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", {"image": {"name": "ruby"}, "tags": ["t"], "after_script": ["x"]}),
        ("image: , tags: []", {"image": {"name": "ruby"}, "tags": [], "after_script": ["x"]}),
        ("inherit: {default: false}", {}),
        ("inherit: {default: [tags]}", {"tags": ["t"]}),
        ("inherit: {default: }, image: {name: x}", {"image": {"name": "x"}, "tags": ["t"], "after_script": ["x"]}),
    ],
)
def test_a_default_counts_where_a_job_says_nothing(check, named, written, expected):
    checked = check(f"after_script: x\ndefault: {{image: ruby, tags: [t], timeout: 1h}}\na: {{script: s, {written}}}")

    assert named("a", checked).options == {"script": ["s"], **expected}


@pytest.mark.parametrize(
    ("written", "expected"),
    [("", True), ("true", True), ("false", False), ("[A, B]", ("A", "B")), ("[]", ())],
)
def test_a_job_chooses_among_the_variables_of_the_file(job, written, expected):
    assert job(f"inherit: {{variables: {written}}}").inherit_variables == expected
