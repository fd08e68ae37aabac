"""`artifacts` and `cache`."""

import pytest

KEY = "cache:key config"


@pytest.mark.parametrize(
    ("artifacts", "expected"),
    [
        ("[x]", ["artifacts config should be a hash"] * 2),
        ("{path: [x]}", ["artifacts config contains unknown keys: path"]),
        ("{paths: x}", ["artifacts paths should be an array of strings"]),
        ("{public: true, access: all}", ["artifacts config these keys cannot be used together: public, access"]),
        ("{when: never}", ["artifacts when should be one of: on_success, on_failure, always"]),
        ("{access: me}", ["artifacts access should be one of: none, developer, maintainer, all"]),
        ("{expire_in: soon}", ["artifacts expire in should be a duration"]),
        ("{expose_as: x}", ["artifacts paths can't be blank"]),
        ("{expose_as: x, paths: ['*']}", ["artifacts paths can't contain '*' when used with 'expose_as'"]),
        (
            "{expose_as: 'x/y', paths: [a]}",
            ["artifacts expose as can contain only letters, digits, '-', '_' and spaces"],
        ),
        ("{reports: x}", ["artifacts reports should be a hash"]),
        ("{reports: {foo: x}}", ["artifacts:reports config contains unknown keys: foo"]),
        ("{reports: {junit: 5}}", ["artifacts:reports junit should be an array of strings or a string"]),
        (
            "{reports: {coverage_report: {path: x}}}",
            [
                "artifacts:reports:coverage_report coverage format can't be blank",
                "artifacts:reports:coverage_report coverage format must be one of supported formats: cobertura, jacoco.",
            ],
        ),
    ],
)
def test_artifacts_are_refused_in_these_words(wrong_with, artifacts, expected):
    assert wrong_with(f"artifacts: {artifacts}") == expected


@pytest.mark.parametrize(
    ("cache", "expected"),
    [
        ("x", ["caches config can only be a hash or an array"]),
        ("[{}, {}, {}, {}, {}]", ["caches config no more than 4 caches can be created"]),
        ("[x]", ["cache config should be a hash"] * 2),
        ("{path: [x]}", ["cache config contains unknown keys: path"]),
        ("{policy: x}", ["cache policy should be a variable or one of: pull-push, push, pull"]),
        ("{when: x}", ["cache when should be one of: on_success, on_failure, always"]),
        (
            "{fallback_keys: [a, b, c, d, e, f]}",
            ["cache fallback keys has to many entries (maximum 5)"],
        ),
        ("{paths: x}", ["cache:paths config should be an array of strings"]),
        ("{untracked: x}", ["cache:untracked config should be a boolean value"]),
        ("{key: a/b}", [f'{KEY} cannot contain the "/" character']),
        ("{key: a%2Fb}", [f'{KEY} cannot contain the "/" character']),
        ("{key: ..}", [f'{KEY} cannot be "." or ".."']),
        ("{key: 5}", ["cache:key should be a hash, a string or a symbol"]),
        ("{key: {}}", [f"{KEY} must use exactly one of these keys: files, files_commits"]),
        ("{key: {files: []}}", ["cache:key:files config requires at least 1 item"]),
        ("{key: {files: [a, b, c]}}", ["cache:key:files config has too many items (maximum is 2)"]),
        ("{key: {files: [a], prefix: 5}}", ["cache:key:prefix config should be a string or symbol"]),
    ],
)
def test_caches_are_refused_in_these_words(wrong_with, cache, expected):
    assert wrong_with(f"cache: {cache}") == expected
