"""A wrong parameter is refused before anything is changed."""

import re
import subprocess
import tomllib

import pytest

from pullcord_local.stack.parameters import values
from tests.e2e.serving import PULLCORD
from tests.template.stack import ROOT, TEMPLATE

PARAMETERS = TEMPLATE["Parameters"]
SAMCONFIG = (ROOT / "samconfig.toml").read_text(encoding="utf-8")
ANY_TEXT = {"AllowedRemotes", "RootToken"}
"""Of these, every text means something."""

VALUES = {
    "ExternalUrl": (
        ["", "https://ci.example.com", "http://127.0.0.1:8080", "https://example.com/pullcord"],
        ["ci.example.com", "https://ci.example.com/", "https://ci.example.com?x=1", "https://a b"],
    ),
    "GitLogins": (["{}", '{"https://git.example.com": {\n"username": "a", "password": "b"}}\n'], ["", "[]", "ada:secret"]),
    "GitAuthorities": (
        ["", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"],
        ["/etc/ssl/ca.pem", "MIIB"],
    ),
    "DomainName": (["", "ci.example.com", "CI.example.co.uk"], ["https://ci.example.com", "localhost", "ci.example.com."]),
    "CertificateArn": (
        ["", "arn:aws:acm:eu-central-1:123456789012:certificate/5d-aa"],
        ["arn:aws:iam::123456789012:server-certificate/x", "5d-aa"],
    ),
    "HostedZoneId": (["", "Z0123456789ABC"], ["example.com", "/hostedzone/Z0123456789ABC"]),
    "KeyArn": (
        ["", "arn:aws:kms:eu-central-1:123456789012:key/5d-aa"],
        ["alias/pullcord", "arn:aws:kms:eu-central-1:123456789012:alias/pullcord"],
    ),
    "AlarmMail": (["", "ops@example.com"], ["ops", "ops@example.com, dev@example.com"]),
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_a_parameter_takes_what_means_something(name):
    good, bad = VALUES[name]
    pattern = PARAMETERS[name]["AllowedPattern"]

    assert [value for value in good if not re.fullmatch(pattern, value)] == []
    assert [value for value in bad if re.fullmatch(pattern, value)] == []


@pytest.mark.parametrize("deployment", ["default", "prod"])
def test_a_deployment_gives_parameters_that_there_are(deployment):
    settings = tomllib.loads(SAMCONFIG)[deployment]["deploy"]["parameters"]
    given = dict(text.split("=", 1) for text in settings["parameter_overrides"])

    assert values(PARAMETERS, given)
    assert set(re.findall(r'# "(\w+)=', SAMCONFIG)) < set(PARAMETERS)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_says_what_it_is_and_what_it_takes(name):
    reported = {"AllowedValues", "AllowedPattern", "MinValue"} & set(PARAMETERS[name])

    assert PARAMETERS[name]["Description"].endswith((".", "}"))
    assert bool(reported) != (name in ANY_TEXT)


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        (["DomainName=ci.example.com"], "DomainName needs a CertificateArn."),
        (["HostedZoneId=Z0123456789ABC"], "HostedZoneId needs a DomainName."),
        (["ThrottlingRateLimit=-1"], "parameter ThrottlingRateLimit: -1 is not between 0 and inf"),
    ],
)
def test_parameters_that_cannot_be_deployed_are_refused(given, reported):
    options = [word for parameter in given for word in ("--parameter", parameter)]
    run = subprocess.run(
        [PULLCORD, "serve", "--port", "0", "--root-token", "my-secret-token", *options],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode != 0
    assert run.stderr.splitlines()[-1].endswith(reported)
