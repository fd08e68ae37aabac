import pytest

CONTENT = "\n---\nj: {script: s}"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("{spec: {}, other: 1}", "header config contains unknown keys: other"),
        ("spec: {input: {}}", "header:spec config contains unknown keys: input"),
        ("spec: [a]", "header:spec config should be a hash"),
        ("spec: {inputs: [a]}", "header:spec:inputs config should be a hash"),
        ("spec: {inputs: {Foo: x}}", "header:spec:inputs:foo config should be a hash, " * 2),
        ("spec: {inputs: {foo: {defaults: 1}}}", "header:spec:inputs:foo config contains unknown keys: defaults"),
        ("spec: {inputs: {foo: {type: integer}}}", "header:spec:inputs:foo input type unknown value: integer"),
        ("spec: {inputs: {foo: {type: [a]}}}", 'header:spec:inputs:foo input type unknown value: ["a"]'),
        ("spec: {inputs: {foo: {regex: 5}}}", "header:spec:inputs:foo input regex should be a string"),
        (
            "spec: {inputs: {foo: {description: [a]}}}",
            "header:spec:inputs:foo input description must be an alphanumeric string",
        ),
        ("spec: {inputs: {foo: {options: x}}}", "header:spec:inputs:foo input options should be an array"),
        (
            f"spec: {{inputs: {{foo: {{options: {[*range(51)]}}}}}}}",
            "header:spec:inputs:foo config cannot define more than 50 options",
        ),
        (
            "spec: {inputs: {size: {default: 1, rules: [{options: [a], default: a}]}}}",
            "header:spec:inputs:size config these keys cannot be used together: default, rules",
        ),
        (
            "spec: {inputs: {size: {options: [1], rules: [{options: [a], default: a}]}}}",
            "header:spec:inputs:size config these keys cannot be used together: options, rules",
        ),
        (
            "spec: {inputs: {a: {x: 1}, b: {y: 1}, c: {z: 1}, d: {w: 1}}}",
            ", ".join(
                f"header:spec:inputs:{name} config contains unknown keys: {key}" for name, key in ("ax", "by", "cz")
            ),
        ),
        ("spec: {component: [name, foo]}", "header:spec:component config contains unknown values: foo"),
        ("spec: {include: [{template: X}]}", "header:spec:include:include config contains unknown keys: template"),
        ("spec: {include: [{local: n.yml}]}", "Local file `n.yml` does not exist!"),
        ("spec: {include: {local: more.yml}}", "Header include file `more.yml` contains unknown keys: [:foo, :bar]"),
        ("spec: {include: [{local: list.yml}]}", "`list.yml`: Invalid configuration format"),
        (
            "spec: {include: [{local: in.yml}], inputs: {a: {}}}",
            "Duplicate input keys found: a. Input keys must be unique across all included files and inline specifications.",
        ),
    ],
)
def test_a_wrong_header_is_refused(refusal, header, message):
    files = {"in.yml": "inputs: {a: {default: x}}", "more.yml": "inputs: {}\nfoo: 1\nbar: 1", "list.yml": "[a]"}

    assert refusal(header + CONTENT, files=files).message == message.removesuffix(", ")


@pytest.mark.parametrize("header", ["spec:", "spec: {inputs: null}", "spec: {inputs: {}}", "spec: {description: text}"])
def test_a_header_may_declare_nothing(content, header):
    assert list(content(header + CONTENT)) == ["j"]


def test_inputs_come_from_files_too(content):
    text = "spec: {include: [in.yml, {project: g/p, file: in.yml}], inputs: {c: {default: z}}}\n---\n"
    text += 'j: "$[[ inputs.a ]] $[[ inputs.b ]] $[[ inputs.c ]]"'
    files = {"in.yml": "inputs: {a: {default: x}}"}

    assert content(text, files=files, projects={"g/p": {"in.yml": "inputs: {b: {default: y}}"}})["j"] == "x y z"


def test_a_component_knows_itself_and_nobody_else_does(content, refusal):
    body = 'spec: {component: [name, version]}\n---\nj: "$[[ component.name ]] $[[ component.version ]]"'

    merged = content("include: {component: h/g/p/one@v1}", projects={"g/p": {"templates/one.yml": body}})

    assert merged["j"] == "one v1"
    assert refusal(body).message == "unknown interpolation provided: `name` in `component.name`"


def test_a_component_includes_nothing_in_its_header(refusal):
    body = "spec: {include: [{local: in.yml}]}\n---\nj: 1"

    message = refusal("include: {component: h/g/p/one@v1}", projects={"g/p": {"templates/one.yml": body}}).message

    assert message == (
        "`h/g/p/one@v1`: Component `h/g/p/one@v1` cannot use `spec:include`. This keyword is not supported in components"
    )
