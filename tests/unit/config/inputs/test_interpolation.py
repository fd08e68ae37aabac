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
    words: {default: "a\\tb  c"}
    my-word: {default: dashed}
    my-list: {type: array, default: [x]}
    deep: {type: array, default: [[[[[end]]]]]}
    escaped: {default: "$$SECRET"}
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
        (f"$[[ inputs.path | truncate({'9' * 5_000},6) ]]", ""),
        (f"$[[ inputs.path | truncate({'0' * 5_000}1,6) ]]", "a/very"),
        ("$[[ inputs.refers | expand_vars ]]", "true and $SECRET"),
        ("$[[ inputs.odd | posix_escape ]]", "it\\'s\\ \\ün\\ï'\n'code"),
        ("$[[ inputs.path | truncate(0,0) | posix_escape ]]", "''"),
        ("$[[ inputs.list | split(',') ]]", ["a", "b"]),
        ("$[[ inputs.words | split(' ') ]]", ["a", "b", "c"]),
        ("$[[ inputs.s | split('ex') ]]", ["t", "t"]),
        ("$[[ inputs.s | ]]", "text"),
        ("$[[ inputs.s ||| ]]", "text"),
        ("$[[ inputs.s|truncate(0,1)| ]]", "t"),
        ("$[[ inputs.path | truncate( 1 , 6 ]]", "a/very"),
        ("$[[ inputs.path | truncate(1,99999999999999999999) ]]", "a/very/long/path"),
        ("$[[ inputs.path | truncate(99999999999999999999,1) ]]", ""),
        ("$[[ inputs.a[0000] ]]", "x"),
        ("$[[ inputs.my-word ]]", "dashed"),
        ("$[[ inputs.deep[0][0][0][0][0] ]]", "end"),
        ("$[[ matrix ]]", "$[[ matrix ]]"),
        ("$[[ matrix.X | upcase ]]", "$[[ matrix.X | upcase ]]"),
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
        ("inputs.a[0", "invalid array index in `inputs.a[0`: missing closing bracket"),
        ("inputs.a[[0]", "invalid array index in `inputs.a[[0]`: missing closing bracket"),
        ("inputs.a[0]x", "invalid array index syntax in `inputs.a[0]x`"),
        ("inputs.a]0[", "invalid array index syntax in `inputs.a]0[`"),
        ("inputs.my-list[0]", "invalid array index syntax in `inputs.my-list[0]`"),
        ("inputs.a[]", "invalid array index in `inputs.a[]`: `` is not a valid index"),
        ("inputs.a[-1]", "invalid array index in `inputs.a[-1]`: `-1` is not a valid index"),
        ("inputs.a[0][ 1 ]", "invalid array index in `inputs.a[0][ 1 ]`: ` 1 ` is not a valid index"),
        ("inputs.[0]", "invalid indexed access without a key in `inputs.[0]`"),
        ("inputs.l]", "unknown interpolation provided: `l]` in `inputs.l]`"),
        ("inputs.", "unknown interpolation provided: `` in `inputs.`"),
        ("inputs.no[0]", "unknown interpolation provided: `no` in `inputs.no[0]`"),
        ("inputs.a[007]", "array index 7 out of bounds (size: 3) in `inputs.a[007]`"),
        ("inputs[0].a", "cannot index into non-array value at [0] in `inputs[0].a`"),
        (
            "inputs.deep[0][0][0][0][0][0]",
            "too many array indices in `inputs.deep[0][0][0][0][0][0]` (maximum depth: 5)",
        ),
        ("inputs.a.b.c.d.e.f", "unknown interpolation provided: `b` in `inputs.a.b.c.d.e.f`"),
        ("||", "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]"),
        ("| expand_vars", "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]"),
        (
            "x" * 1025,
            (
                "invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]], "
                "maximum interpolation expression size exceeded"
            ),
        ),
        (
            "inputs.s | | expand_vars",
            "no function matching ``: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.s | | ",
            "no function matching ``: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.s | up | split(',') | split(\", \")",
            (
                "no function matching `up`: check that the function name, arguments, and types are correct, "
                "split() must be the last function in a chain (it returns an array, not a string), "
                'no function matching `split(", ")`: check that the function name, arguments, and types are correct'
            ),
        ),
        (
            "inputs.s | truncate (0,1)",
            "no function matching `truncate (0,1)`: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.s | expand_vars()",
            "no function matching `expand_vars()`: check that the function name, arguments, and types are correct",
        ),
        (
            "inputs.a | split(',')",
            "error in `split` function: invalid input type: split can only be used with string inputs",
        ),
        (
            "inputs.escaped | expand_vars",
            "error in `expand_vars` function: variable expansion error: masked variables cannot be expanded",
        ),
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
    problem = refusal(HEADER + f"j:\n  k: $[[ {block} ]]", masked={"SECRET": "hunter22"})

    assert problem.message == message
    assert problem.location.line == HEADER.count("\n") + 2


def test_only_the_content_is_interpolated(content):
    assert content('j: "$[[ inputs.s ]]"') == {"j": "$[[ inputs.s ]]"}


def test_what_a_block_gives_is_not_interpolated_again(content):
    text = 'spec: {inputs: {a: {default: "$[[ inputs.b ]]"}, b: {default: x}}}\n---\nj: "$[[ inputs.a ]]"'

    assert content(text)["j"] == "$[[ inputs.b ]]"
