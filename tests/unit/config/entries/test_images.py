"""`image` and `services`."""

import pytest


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (
            "5",
            ["image config should be a hash or a string", "image name should be a string", "image name can't be blank"],
        ),
        ("{entrypoint: [a]}", ["image name should be a string", "image name can't be blank"]),
        ("{name: a, foo: 1}", ["image config contains unknown keys: foo"]),
        ("{name: a, ports: [1]}", ["image config contains disallowed keys: ports"]),
        ("{name: a, entrypoint: x}", ["image entrypoint should be an array of strings"]),
        ("{name: a, pull_policy: x}", ["image:pull_policy config is not included in the list"]),
        ("{name: a, pull_policy: [x, always]}", ["image:pull_policy config contains unknown values: x"]),
        ("{name: a, pull_policy: []}", ["image:pull_policy config can't be blank"]),
        (
            "{name: a, docker: {foo: 1}}",
            ["image executor opts object property at `/docker/foo` is a disallowed additional property"],
        ),
        ("{name: a, docker: {user: 5}}", ["image executor opts value at `/docker/user` is not a string"]),
    ],
)
def test_an_image_is_refused_in_these_words(wrong_with, image, expected):
    assert wrong_with(f"image: {image}") == expected


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ("x", ["services config should be an array"]),
        ("[{alias: x}]", ["services:service name should be a string", "services:service name can't be blank"]),
        ("[{name: x, foo: 1}]", ["services:service config contains unknown keys: foo"]),
        ("[{name: x, alias: 1}]", ["services:service alias should be a string"]),
        (
            "[{name: x, pull_policy: y, command: 5}]",
            [
                "services:service:pull_policy config is not included in the list",
                "services:service:command config should be a string or a nested array of strings up to 10 levels deep",
            ],
        ),
        ("[{name: x, variables: {A: {value: y}}}]", ["services:service:variables:a config must be a string"]),
    ],
)
def test_services_are_refused_in_these_words(wrong_with, services, expected):
    assert wrong_with(f"services: {services}") == expected
