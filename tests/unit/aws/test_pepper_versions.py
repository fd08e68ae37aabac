"""Which secret the versions of a rotation belong to."""

import pytest

from pullcord.aws.pepper_versions import PepperVersions

ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:pullcord-Peppers-a1b2c3"


@pytest.mark.parametrize("secret", [ARN, "pullcord-Peppers"])
def test_a_secret_is_known_by_its_arn_and_by_its_name(secret):
    assert PepperVersions(ARN).are_of(secret)


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "Peppers",
        "pullcord-Peppers-a1b2c3",
        "pullcord-Peppers-a1b2c3d",
        "pullcord-GitCredentials",
        ARN.replace("Peppers", "GitCredentials"),
        ARN.replace("000000000000", "000000000001"),
        f"{ARN}d",
        ARN[:-7],
    ],
)
def test_another_secret_is_another_one(secret):
    assert not PepperVersions(ARN).are_of(secret)
