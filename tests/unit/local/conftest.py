import pytest

from pullcord_local.persistence.store import Store


@pytest.fixture(autouse=True)
def _stores_are_closed(monkeypatch):
    """Closes every store at the end of its test."""
    opened, prepare = [], Store.prepare
    monkeypatch.setattr(Store, "prepare", lambda store: (opened.append(store), prepare(store)))
    yield
    for store in opened:
        store.close()
