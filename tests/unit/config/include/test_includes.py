import base64
import hashlib

import pytest

from pullcord.config.context import CompilerLimits
from pullcord.config.problems import Location

KINDS = "`local`, `project`, `remote`, `template`, `artifact`, `component`"
A, B, C = "a: {script: a}", "b: {script: b}", "c: {script: c}"
ACCESS = "Make sure any includes in the pipeline configuration are correctly defined."


@pytest.mark.parametrize(
    ("include", "keys"),
    [
        ("a.yml", ["a"]),
        ("/a.yml", ["a"]),
        ("{local: a.yml}", ["a"]),
        ("[b.yml, {local: //a.yml}]", ["b", "a"]),
        ("[a.yml, a.yml]", ["a"]),
        ("A.YML", ["upper"]),
        ("ci/*.yml", ["b"]),
        ("'*.yml'", ["a", "b"]),
        ("ci/**.yml", ["b", "c"]),
        ("ci/**/*.yml", ["b", "c"]),
        ("'**/c.yml'", ["c"]),
        ("none/*.yml", ["include"]),
        ("[a.yml, none/*.yml]", ["a"]),
        ("https://example.com/r.yml", ["r"]),
        ("{remote: https://example.com/r.yml, integrity: sha256-%s}", ["r"]),
        ("{template: T.gitlab-ci.yml}", ["t"]),
        ("{project: G/P, file: a.yml}", ["pa"]),
        ("{project: g/p, file: [/a.yml, b.yml], ref: v1}", ["pa", "pc", "pb"]),
        ("{project: g/p}", ["include"]),
        ("$DIR/b.yml", ["b"]),
        ("{local: '${DIR}/b.yml'}", ["b"]),
        ("$DIR/*.yml", ["b"]),
        ("{component: h/g/p/one@v1}", ["k1", "pa"]),
        ("{component: h/g/p/two@main}", ["k2"]),
        ("null", ["include"]),
        ("[]", ["include"]),
    ],
)
def test_every_kind_of_include_brings_its_jobs(content, include, keys):
    digest = base64.b64encode(hashlib.sha256(b"r: {}").digest()).decode()
    files = {"a.yml": A, "b.yml": B, "A.YML": "upper: 1", "ci/b.yml": B, "ci/d/c.yml": C}
    other = {"a.yml": "pa: 1", "b.yml": "include: c.yml\npb: 1", "c.yml": "pc: 1"}
    other |= {"templates/one.yml": "include: a.yml\nk1: 1", "templates/two/template.yml": "k2: 1"}
    merged = content(
        f"include: {include % digest if '%' in include else include}",
        files=files,
        projects={"g/p": other},
        remotes={"https://example.com/r.yml": "r: {}"},
        templates={"T": "t: {}"},
        variables={"DIR": "ci"},
    )

    assert sorted(merged) == sorted(keys)


@pytest.mark.parametrize(
    ("include", "message"),
    [
        ("5", "Each include must be a hash or a string"),
        ("false", "Each include must be a hash or a string"),
        ("{}", f"`{{}}` does not have a valid subkey for include. Valid subkeys are: {KINDS}"),
        ("''", f'`{{"local":""}}` does not have a valid subkey for include. Valid subkeys are: {KINDS}'),
        ("[a.yml, [b.yml]]", "Each include must be a hash or a string"),
        (
            "{foo: bar, n: 1}",
            f'`{{"foo":"bar","n":1}}` does not have a valid subkey for include. Valid subkeys are: {KINDS}',
        ),
        ("{local: a.yml, remote: x}", f"Each include must use only one of: {KINDS}"),
        ("n.yml", "Local file `n.yml` does not exist!"),
        ("/empty.yml", "Local file `empty.yml` is empty!"),
        ("{local: [a]}", 'Included file `["a"]` needs to be a string'),
        ("a.txt", "Included file `a.txt` does not have YAML extension!"),
        ("comment.yml", "Included file `comment.yml` does not have valid YAML syntax!"),
        ("map.yml", "Included file `map.yml` does not have valid YAML syntax!"),
        ("text.yml", "`text.yml`: Invalid configuration format"),
        ("alias.yml", "`alias.yml`: Unknown alias: x"),
        ("{project: No/P, file: a.yml}", f"Project `No/P` not found or access denied! {ACCESS}"),
        ("{project: g/p, file: a.yml, ref: x}", "Project `g/p` reference `x` does not exist!"),
        ("{project: g/p, file: n.yml}", "Project `g/p` file `n.yml` does not exist!"),
        ("{project: g/p, file: empty.yml}", "Project `g/p` file `empty.yml` is empty!"),
        ("{remote: r.yml}", "Remote file `r.yml` does not have a valid address!"),
        (
            "https://x/r.yml",
            "Remote file `https://x/r.yml` could not be fetched after 3 attempts because of a timeout error!",
        ),
        ("{remote: https://x/ok.yml, integrity: sha256-x}", "Remote file `https://x/ok.yml` failed integrity check!"),
        ("{template: T.yml}", "Template file `T.yml` is not a valid location!"),
        ("{template: N.gitlab-ci.yml}", "Included file `N.gitlab-ci.yml` is empty or does not exist!"),
        (
            "{artifact: a.yml, job: x}",
            "Including configs from artifacts is only allowed when triggering child pipelines",
        ),
        ("{component: h/g/p/no@v1}", "Component 'h/g/p/no@v1' - content not found"),
        ("{component: nothing}", "Component 'nothing' - the component path is not supported"),
    ],
)
def test_what_cannot_be_included_is_named(refusal, include, message):
    files = {"a.yml": A, "a.txt": A, "empty.yml": " \n", "comment.yml": "# x", "map.yml": "{}", "text.yml": "hello"}
    problem = refusal(
        f"include: {include}",
        files=files | {"alias.yml": "a: *x"},
        projects={"g/p": {"a.yml": A, "empty.yml": ""}},
        remotes={"https://x/ok.yml": A},
    )

    assert problem.message == message
    assert problem.location is not None


def test_artifacts_need_a_job_even_in_child_pipelines(refusal):
    problem = refusal("include: {artifact: a.yml}", source="parent_pipeline")

    assert problem.message == "Job must be provided when including configs from artifacts"


def test_the_including_file_goes_on_top_of_what_it_includes(content):
    files = {
        "a.yml": "include: c.yml\nv: {V: a}\nj: {s: [1, 2]}",
        "b.yml": "v: {W: b}\nj: {s: [3]}",
        "c.yml": "v: {V: c, W: c, X: c}",
    }
    merged = content("include: [a.yml, b.yml]\nj: {t: main}\nv: {Y: main}", files=files)

    assert merged == {"v": {"V": "a", "W": "b", "X": "c", "Y": "main"}, "j": {"s": [3], "t": "main"}}


def test_the_error_of_a_nested_file_comes_before_that_of_its_elder_sibling(refusal):
    files = {"b.yml": "include: deep.yml"}

    assert refusal("include: [missing.yml, b.yml]", files=files).message == "Local file `deep.yml` does not exist!"


def test_all_locations_are_checked_before_any_file_is_read(refusal):
    files = {"broken.yml": "a: ["}

    assert (
        refusal("include: [missing.yml, broken.yml]", files=files).message == "Local file `missing.yml` does not exist!"
    )


def test_every_include_counts_even_the_same_twice(content, refusal):
    files = {"a.yml": "include: b.yml", "b.yml": B}

    assert content("include: [a.yml, b.yml]", files=files, limits=CompilerLimits(includes=3))
    message = refusal("include: [a.yml, b.yml, b.yml]", files=files, limits=CompilerLimits(includes=3)).message
    assert message == "Maximum of 3 nested includes are allowed!"


def test_the_total_size_is_limited(refusal):
    message = refusal(
        "include: [a.yml, b.yml]", files={"a.yml": A, "b.yml": B}, limits=CompilerLimits(total_bytes=20)
    ).message

    assert message == "Total size of combined CI/CD configuration is too big"


def test_masked_values_do_not_appear_in_messages(refusal):
    message = refusal("include: $SECRET/a.yml", masked={"SECRET": "hunter22"}).message

    assert message == "Local file `[MASKED]/a.yml` does not exist!"


def test_variables_of_the_yaml_are_unknown_to_includes(refusal):
    message = refusal("variables: {DIR: ci}\ninclude: $DIR/a.yml", files={"ci/a.yml": A}).message

    assert message == "Local file `a.yml` does not exist!"


def test_a_file_of_a_project_is_an_include_that_does_not_count(merged, refusal):
    result = merged("include: a.yml\nj: 1", ".gitlab-ci.yml", files={"a.yml": A}, limits=CompilerLimits(includes=1))

    assert result.includes == ("a.yml",)
    assert refusal("a: [", ".gitlab-ci.yml").message.startswith("`.gitlab-ci.yml`: (<unknown>): ")
    assert refusal("# x", ".gitlab-ci.yml").message == "Included file `.gitlab-ci.yml` does not have valid YAML syntax!"
    assert refusal("", ".gitlab-ci.yml").message == "Local file `.gitlab-ci.yml` is empty!"
    assert refusal("include: n.yml", ".gitlab-ci.yml").message == "Local file `n.yml` does not exist!"


def test_a_wildcard_does_not_find_the_file_that_says_it(content):
    assert content("include: '*.yml'\nj: 1", "ci.yml", files={"ci.yml": "never", "a.yml": "a: 1"}) == {"a": 1, "j": 1}


def test_an_include_without_files_stays_only_in_a_text_that_is_no_file(content):
    empty = "include: none/*.yml\nj: 1"

    assert content(empty) == {"include": "none/*.yml", "j": 1}
    assert content(empty, "ci.yml") == {"j": 1}
    assert content("include: a.yml", files={"a.yml": empty}) == {"j": 1}


def test_locations_name_the_included_file(content):
    merged = content(
        "include: [a.yml, {project: g/p, file: b.yml, ref: v1}]\nj: 1",
        files={"a.yml": "\na: 1"},
        projects={"g/p": {"b.yml": "b: 1"}},
    )

    assert merged.at("a") == Location("a.yml", 2, 1)
    assert merged.at("b") == Location("g/p:b.yml@v1", 1, 1)
    assert merged.at("j") == Location("", 2, 1)


def test_an_empty_text_is_asked_for(refusal):
    assert refusal(" \n").message == "Please provide content of .gitlab-ci.yml"


LOGIN = "https://ada:s3cret@example.com/r.yml"


@pytest.mark.parametrize(
    ("include", "message"),
    [
        (LOGIN, "Remote file `https://example.com/r.yml` could not be fetched after 3 attempts"),
        ("{remote: 'https://ada:$PASSWORD@example.com/r.yml'}", "Remote file `https://example.com/r.yml` could not"),
        ("https://ada:s3cret@example.com/r.txt", "Included file `https://example.com/r.txt` does not have YAML"),
        ("https://s3cret@example.com/r.yml?u=a@b.yml", "Remote file `https://example.com/r.yml?u=a@b.yml` could not"),
        (f"{{url: '{LOGIN}'}}", '`{"url":"https://example.com/r.yml"}` does not have a valid subkey for include.'),
    ],
)
def test_logins_in_addresses_do_not_appear_in_messages(refusal, include, message):
    problem = refusal(f"include: {include}", variables={"PASSWORD": "s3cret"})

    assert problem.message.startswith(message)
    assert "s3cret" not in str(problem)


def test_a_login_in_an_address_appears_in_no_location(refusal):
    problem = refusal(f"include: {LOGIN}", remotes={LOGIN: "a: [}"})

    assert "example.com/r.yml" in str(problem)
    assert "s3cret" not in str(problem)
