import json

import pytest

from tests.specimens.events import of_everything, specimen_service, stored


@pytest.fixture(scope="package")
def specimen(tmp_path_factory):
    """Service, specimen, and what was asked of its functions meanwhile."""
    with specimen_service(tmp_path_factory.mktemp("specimen")) as found:
        yield found


@pytest.fixture(scope="package")
def made_anew(specimen):
    """All events made again."""
    return of_everything(*specimen)


@pytest.fixture(scope="package")
def answers(specimen, made_anew):
    """Name of the event → what its function answered. A pepper was changed for its event; that may not matter here."""
    assert made_anew
    invoke = specimen[0].cloud.functions.invoke
    sent = {name: json.dumps(event).encode() for name, event in stored().items()}
    return {name: invoke(f"pullcord-{name.partition('/')[0]}", event) for name, event in sent.items()}
