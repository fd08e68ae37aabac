"""Events of Secrets Manager that are not about a step of this secret's rotation."""

import pytest

from pullcord.usecases.rotation.rotate_pepper import STEPS, RotationMisdirected, rotate
from tests.unit.usecases.rotation.test_rotate_pepper import PEPPERS, Rotation


@pytest.fixture
def rotation():
    return Rotation()


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("secret", ["", "Peppers", PEPPERS.replace("Peppers", "GitCredentials"), f"{PEPPERS}x"])
def test_a_step_for_another_secret_does_nothing(rotation, name, secret):
    rotation.step("createSecret")
    before = dict(rotation.versions.values), rotation.versions.read

    with pytest.raises(RotationMisdirected):
        rotation.step(name, secret=secret)

    assert (rotation.versions.values, rotation.versions.read) == before


@pytest.mark.parametrize(
    "event", [{}, {"Step": "createSecret"}, {"Step": "", "SecretId": PEPPERS}, {"SecretId": PEPPERS}]
)
def test_an_event_that_names_no_step_or_secret_does_nothing(rotation, event):
    with pytest.raises(RotationMisdirected):
        rotate({"ClientRequestToken": "v1", **event}, rotation.deps)

    assert set(rotation.versions.values) == {"v0"}
