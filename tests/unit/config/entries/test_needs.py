"""`needs` and `parallel`."""

import pytest

from pullcord.config.checked import Need, Parallel

MATRIX = "config should be a hash of key value pairs, value can be an array"


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ("x", ["needs config can only be a hash or an array"]),
        ("{}", ["needs config can not be an empty hash"]),
        ("[5]", ["needs:need has an unsupported type"]),
        ("[{foo: 1}]", ["needs:need has an unsupported type"]),
        ('[""]', ["needs:need config can't be blank"]),
        (f"[{'x' * 256}]", ["needs:need config is too long (maximum is 255 characters)"]),
        ("[{job: b, foo: 1}]", ["needs:need config contains unknown keys: foo"]),
        ("[{job: }]", ["needs:need job should be a string", "needs:need job can't be blank"]),
        ("[{job: b, artifacts: 1}]", ["needs:need artifacts should be a boolean value"]),
        ("[{job: b, optional: 1}]", ["needs:need optional should be a boolean value"]),
        ("[{job: b, parallel: 2}]", ['needs config cannot use "parallel: <number>".']),
        ("[{job: b, parallel: x}]", ["needs:need:parallel should be an integer or a hash"]),
        (
            "[{job: b, parallel: {matrix: [{}]}}]",
            ["needs:need:parallel:matrix:variables config requires at least 1 items"],
        ),
        ("[{pipeline: $P, job: b, foo: 1}]", ["needs:need config contains unknown keys: foo"]),
        ("[{pipeline: $P}]", ["needs:need has an unsupported type"]),
        (f"[{', '.join(['{pipeline: $P, job: b}'] * 6)}]", ["needs config must be less than or equal to 5"]),
        ("[{project: g/p, job: b}]", ["needs:need ref should be a string", "needs:need ref can't be blank"]),
    ],
)
def test_needs_are_refused_in_these_words(wrong_with, needs, expected):
    assert wrong_with(f"needs: {needs}") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[]", []),
        ("[b, [c]]", [Need("b"), Need("c")]),
        ("{job: b}", [Need("b")]),
        ("[{job: b, artifacts: false, optional: true}]", [Need("b", artifacts=False, optional=True)]),
        ("[{job: b, parallel: {matrix: [{A: x, B: [1, 2]}]}}]", [Need("b", matrix=({"A": ("x",), "B": ("1", "2")},))]),
        ("[{pipeline: $P, job: b}]", [Need("b", pipeline="$P")]),
        ("[{project: g/p, ref: main, job: b, artifacts: true}]", [Need("b", project="g/p", ref="main")]),
    ],
)
def test_a_need_is_what_is_written(job, written, expected):
    found = job(f"needs: {written}").needs

    assert [
        (need.name, need.artifacts, need.optional, need.matrix, need.pipeline, need.project, need.ref) for need in found
    ] == [
        (need.name, need.artifacts, need.optional, need.matrix, need.pipeline, need.project, need.ref)
        for need in expected
    ]


@pytest.mark.parametrize(
    ("parallel", "expected"),
    [
        ("x", ["parallel should be an integer or a hash"]),
        ("true", ["parallel should be an integer or a hash"]),
        ("0", ["parallel config must be greater than or equal to 1"]),
        ("201", ["parallel config must be less than or equal to 200"]),
        ("1.5", ["parallel config must be an integer"]),
        ("{}", ["parallel config missing required keys: matrix"]),
        ("{matrix: [{A: x}], max: 2}", ["parallel config contains unknown keys: max"]),
        ("{matrix: {A: x}}", ["parallel:matrix config should be an array of hashes"]),
        ("{matrix: [{}]}", ["parallel:matrix:variables config requires at least 1 items"]),
        ("{matrix: [{A: }]}", [f"parallel:matrix:variables {MATRIX}"]),
        ("{matrix: [{A: true}]}", [f"parallel:matrix:variables {MATRIX}"]),
        ("{matrix: [{A: [1.5]}]}", [f"parallel:matrix:variables {MATRIX}"]),
        ("{matrix: [{A: [[x]]}]}", [f"parallel:matrix:variables {MATRIX}"]),
        (
            f"{{matrix: [{{A: {list(range(201))}}}]}}",
            ["parallel:matrix config generates too many jobs (maximum is 200)"],
        ),
        (
            f"{{matrix: [{{{', '.join(f'V{index}: [1, 2]' for index in range(2000))}}}]}}",
            ["parallel:matrix config generates too many jobs (maximum is 200)"],
        ),
    ],
)
def test_copies_are_refused_in_these_words(wrong_with, parallel, expected):
    assert wrong_with(f"parallel: {parallel}") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("200", Parallel(number=200)),
        ("{matrix: []}", Parallel(matrix=())),
        ("{matrix: [{A: [x, 1], B: y}, {C: []}]}", Parallel(matrix=({"A": ("x", "1"), "B": ("y",)}, {"C": ()}))),
    ],
)
def test_copies_are_a_number_or_the_values_of_variables(job, written, expected):
    assert job(f"parallel: {written}").parallel == expected
