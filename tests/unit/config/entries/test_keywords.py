"""Keywords that end up among the options of a job."""

import pytest

NAME = "environment name can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot start or end with '/'"
DEFAULT_CACHE = {"policy": "pull-push", "when": "on_success", "unprotect": False, "fallback_keys": []}


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("tags: x", ["tags config should be an array of strings"]),
        ("tags: [[x]]", ["tags config should be an array of strings"]),
        (f"tags: {[f't{index}' for index in range(50)]}", ["tags config must be less than the limit of 50 tags"]),
        (f"tags: ['{','.join(map(str, range(50)))}']", ["tags config must be less than the limit of 50 tags"]),
        ("coverage: x", ["coverage config must be a regular expression with re2 syntax"]),
        ("coverage: /(?=a)/", ["coverage config must be a regular expression with re2 syntax"]),
        ("timeout: 5", ["timeout config should be a duration", "timeout config should not exceed the limit"]),
        ("timeout: 2 months", ["timeout config should not exceed the limit"]),
        ("hooks: x", ["hooks config should be a hash"] * 2),
        ("hooks: {x: 1}", ["hooks config contains unknown keys: x"]),
        (
            "hooks: {pre_get_sources_script: 1}",
            [
                "hooks:pre_get_sources_script config should be a string or a nested array of strings up to 10 levels deep"
            ],
        ),
        ("id_tokens: x", ["id_tokens config should be a hash"]),
        (
            "id_tokens: {T: }",
            [
                "id_tokens:t config missing required keys: aud",
                "id_tokens:t aud should be an array of strings or a string",
            ],
        ),
        ("id_tokens: {T: {aud: a, x: 1}}", ["id_tokens:t config contains unknown keys: x"]),
        ("pages: x", ["pages config should be a hash or a boolean value"]),
        ("pages: {x: 1}", ["pages config contains unknown keys: x"]),
        (
            "pages: {path_prefix: 1, publish: 2}",
            ["pages path prefix should be a string", "pages publish should be a string"],
        ),
        ("inputs: {x: {type: number}}", ["inputs:x must have a default value"]),
        ("inputs: {x: {type: integer, default: 1}}", ["inputs:x input type unknown value: integer"]),
        ("inputs: {x: {foo: 1, default: 1}}", ["inputs:x config contains unknown keys: foo"]),
        ("inputs: {n: {type: number, default: x}}", ["inputs `n`: default value is not a number"]),
        (
            f"inputs: {{{', '.join(f'i{n}: {{default: x}}' for n in range(51))}}}",
            ["inputs has too many entries (maximum 50)"],
        ),
        ("release: {tag_name: v1}", ["release description should be a string", "release description can't be blank"]),
        ("release: {tag_name: v1, description: d, x: 1}", ["release config contains unknown keys: x"]),
        ("release: {tag_name: v1, description: d, ref: a..b}", ["release ref must be a valid ref"]),
        (
            "release: {tag_name: v1, description: d, released_at: soon}",
            ["release released at must be a valid datetime"],
        ),
        (
            "release: {tag_name: v1, description: d, assets: {links: []}}",
            ["release:assets links can't be blank"],
        ),
        (
            "release: {tag_name: v1, description: d, assets: {links: [x]}}",
            ["release:assets links should be an array of hashes"],
        ),
    ],
)
def test_keywords_are_refused_in_these_words(wrong_with, keyword, expected):
    assert wrong_with(keyword) == expected


@pytest.mark.parametrize(
    ("retry", "expected"),
    [
        ("3", "retry config must be less than or equal to 2"),
        ("-1", "retry config must be greater than or equal to 0"),
        ("x", "retry config has to be either an integer or a hash"),
        ("{foo: 1}", "retry config contains unknown keys: foo"),
        ("{max: x}", "retry max is not a number"),
        ("{max: 1.5}", "retry max must be an integer"),
        ("{when: foo}", "retry when is not included in the list"),
        ("{when: [foo, always, bar]}", "retry when contains unknown values: foo, bar"),
        ("{when: 5}", "retry when should be an array of strings or a string"),
        ("{exit_codes: x}", "retry exit codes should be an array of integers or an integer"),
    ],
)
def test_retry_speaks_of_no_job(messages, retry, expected):
    assert messages(f"a: {{script: s, retry: {retry}}}") == [expected]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("[x]", ["environment config should be a hash or a string", "environment name can't be blank", NAME, NAME]),
        ("{url: x}", ["environment name can't be blank", NAME, NAME]),
        ("/x", [NAME]),
        ("{name: x, foo: 1}", ["environment config contains unknown keys: foo"]),
        ("{name: x, url: 5}", ["environment url should be a string"]),
        (f"{{name: x, url: {'u' * 256}}}", ["environment url is too long (maximum is 255 characters)"]),
        ("{name: x, action: go}", ["environment action should be start, stop, prepare, verify, or access"]),
        ("{name: x, on_stop: 5}", ["environment on stop should be a string"]),
        ("{name: x, kubernetes: x}", ["environment kubernetes should be a hash"]),
        ("{name: x, kubernetes: {foo: 1}}", ["environment:kubernetes config contains unknown keys: foo"]),
    ],
)
def test_an_environment_is_refused_in_these_words(wrong_with, environment, expected):
    assert wrong_with(f"environment: {environment}") == expected


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("retry: 1", {"retry": {"max": 1}}),
        ("retry: {max: 2, when: always, exit_codes: 3}", {"retry": {"max": 2, "when": ["always"], "exit_codes": [3]}}),
        ("image: ruby", {"image": {"name": "ruby"}}),
        (
            "image: {name: ruby, pull_policy: always, docker: {user: x}}",
            {"image": {"name": "ruby", "executor_opts": {"docker": {"user": "x"}}, "pull_policy": ["always"]}},
        ),
        (
            "services: [db, [{name: x, alias: y, command: z, variables: {A: 1}}]]",
            {"services": [{"name": "db"}, {"name": "x", "alias": "y", "command": ["z"], "variables": {"A": "1"}}]},
        ),
        ("environment: a/$B", {"environment": {"name": "a/$B", "action": "start"}}),
        ("environment: {name: x, url: }", {"environment": {"name": "x"}}),
        (
            "artifacts: {paths: [x], when: , reports: {junit: a.xml}}",
            {"artifacts": {"paths": ["x"], "reports": {"junit": ["a.xml"]}}},
        ),
        ("artifacts: {expire_in: never}", {"artifacts": {"expire_in": "never"}}),
        ("cache: {paths: [x]}", {"cache": [{"key": "default", "paths": ["x"], **DEFAULT_CACHE}]}),
        ("cache: []", {"cache": []}),
        (
            "cache: [{key: {files: [/a, b], prefix: p}, policy: $P, untracked: true}]",
            {
                "cache": [
                    {"key": {"files": ["a", "b"], "prefix": "p"}, **DEFAULT_CACHE, "policy": "$P", "untracked": True}
                ]
            },
        ),
        ("timeout: 1h 30m", {"timeout": 5400}),
        ("coverage: '/\\d+%/'", {"coverage": "\\d+%"}),
        ("id_tokens: {T: {aud: a}}", {"id_tokens": {"T": {"aud": "a"}}}),
        ("hooks: {pre_get_sources_script: x}", {"hooks": {"pre_get_sources_script": ["x"]}}),
        ("inputs: {x: {default: y}}", {"inputs": {"x": {"default": "y", "type": "string"}}}),
        ("resource_group: g, interruptible: true", {"resource_group": "g", "interruptible": True}),
        ("pages: true", {"pages": True, "artifacts": {"paths": ["public"]}}),
        (
            "pages: {publish: dist}, artifacts: {paths: [x]}",
            {"pages": {"publish": "dist"}, "artifacts": {"paths": ["x", "dist"]}},
        ),
        (
            "pages: true, publish: d, artifacts: {paths: [d]}",
            {"pages": True, "publish": "d", "artifacts": {"paths": ["d"]}},
        ),
    ],
)
def test_options_have_one_form(job, keyword, expected):
    assert job(keyword).options == {"script": ["s"], **expected}


@pytest.mark.parametrize(("denied", "paths"), [("", ["public"]), (", pages: false", None)])
def test_a_job_called_pages_publishes_unless_it_denies_it(check, named, denied, paths):
    assert named("pages", check(f"pages: {{script: s{denied}}}")).options.get("artifacts", {}).get("paths") == paths
