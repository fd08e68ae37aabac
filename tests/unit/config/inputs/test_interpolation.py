import pytest

HEADER = """
spec:
  inputs:
    s: {default: text}
    n: {type: number, default: 3}
    b: {type: boolean, default: false}
    a: {type: array, default: [x, [y, z], {k: v}]}
    empty: {type: array, default: []}
    path: {default: "/a/very/long/path"}
    refers: {default: "$CI and $SECRET"}
    odd: {default: "it's ünï\\ncode"}
    list: {default: " a , ,b"}
---
"""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("$[[ inputs.s ]]", "text"),
        ("$[[inputs.s]]", "text"),
        ("$[[ inputs.n ]]", 3),
        ("$[[ inputs.b ]]", False),
        ("$[[ inputs.a ]]", ["x", ["y", "z"], {"k": "v"}]),
        ("n=$[[ inputs.n ]] b=$[[ inputs.b ]]", "n=3 b=false"),
        ("a=$[[ inputs.a ]]", 'a=["x", ["y", "z"], {:k=>"v"}]'),
        (" $[[ inputs.n ]]", " 3"),
        ("$[[ inputs.s ]]$[[ inputs.s ]]", "texttext"),
        ("$[[ inputs.a[0] ]]", "x"),
        ("$[[ inputs.a[1][1] ]]", "z"),
        ("$[[ inputs.a[2].k ]]", "v"),
        ("$[[ matrix.X ]]", "$[[ matrix.X ]]"),
        ("$[[]]", "$[[]]"),
        ("$[[ ]]", "$[[ ]]"),
        ("$[[ x", "$[[ x"),
        ("$[[ inputs.path | truncate(1,6) ]]", "a/very"),
        ("$[[ inputs.path | truncate(99,6) ]]", ""),
        ("$[[ inputs.refers | expand_vars ]]", "true and $SECRET"),
        ("$[[ inputs.odd | posix_escape ]]", "it\\'s\\ \\ün\\ï'\n'code"),
        ("$[[ inputs.path | truncate(0,0) | posix_escape ]]", "''"),
        ("$[[ inputs.list | split(',') ]]", ["a", "b"]),
        ("$[[ inputs.path | truncate(1,99) | truncate(2,4) | posix_escape ]]", "very"),
    ],
)
def test_a_block_becomes_its_value(content, written, value):
    assert content(HEADER + f"j: {{k: {written!r}}}", predefined={"CI": "true"})["j"]["k"] == value


def test_keys_are_texts_whatever_their_block_gives(content):
    assert content(HEADER + '"$[[ inputs.n ]]-job": 1\n"$[[ inputs.n ]]": 2') == {"3-job": 1, "3": 2}


@pytest.mark.parametrize(
    ("items", "spliced"),
    [
        ('["first", "$[[ inputs.a ]]", "last"]', ["first", "x", ["y", "z"], {"k": "v"}, "last"]),
        ('["$[[ inputs.empty ]]"]', []),
        ('["a $[[ inputs.empty ]]"]', ["a []"]),
        ("[\"$[[ inputs.list | split(',') ]]\"]", ["a", "b"]),
    ],
)
def test_an_item_that_is_a_list_becomes_its_items(content, items, spliced):
    assert content(HEADER + f"j: {items}")["j"] == spliced


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("inputs.m", "unknown interpolation provided: `m` in `inputs.m`"),
        ("foo.m", "unknown interpolation provided: `foo` in `foo.m`"),
        ("inputs", "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]"),
        ("inputs." + "x" * 1024, "maximum interpolation expression size exceeded"),
        ("inputs.a[3]", "array index 3 out of bounds (size: 3) in `inputs.a[3]`"),
        ("inputs.s[0]", "cannot index into non-array value at [0] in `inputs.s[0]`"),
        ("inputs.a[x]", "invalid array index in `inputs.a[x]`: `x` is not a valid index"),
        ("inputs.a[2].no", "unknown interpolation provided: `no` in `inputs.a[2].no`"),
        (
            "inputs.s | upcase",
            "no function matching `upcase`: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.s | truncate(a,1)",
            "no function matching `truncate(a,1)`: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.s | posix_escape | posix_escape | posix_escape | posix_escape",
            "too many functions in interpolation block",
        ),
        (
            "inputs.n | truncate(0,1)",
            "error in `truncate` function: invalid input type: truncate can only be used with string inputs",
        ),
        (
            "inputs.s | split(',') | posix_escape",
            "split() must be the last function in a chain (it returns an array, not a string)",
        ),
        ("inputs.s | split('')", "error in `split` function: invalid argument: separator cannot be empty"),
        (
            "inputs.refers | expand_vars",
            "error in `expand_vars` function: variable expansion error: masked variables cannot be expanded",
        ),
    ],
)
def test_a_block_without_a_value_is_refused(refusal, block, message):
    problem = refusal(HEADER + f'j:\n  k: "$[[ {block} ]]"', masked={"SECRET": "hunter22"})

    assert problem.message == message
    assert problem.location.line == 15


def test_only_the_content_is_interpolated(content):
    assert content('j: "$[[ inputs.s ]]"') == {"j": "$[[ inputs.s ]]"}


def test_what_a_block_gives_is_not_interpolated_again(content):
    text = 'spec: {inputs: {a: {default: "$[[ inputs.b ]]"}, b: {default: x}}}\n---\nj: "$[[ inputs.a ]]"'

    assert content(text)["j"] == "$[[ inputs.b ]]"
