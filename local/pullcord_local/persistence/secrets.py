"""The secrets with all their versions, as moto has them in memory and the store on disk."""

import json
from collections.abc import Mapping

from moto.secretsmanager.models import FakeSecret, secretsmanager_backends

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.persistence.store import Store


def all_secrets() -> list[FakeSecret]:
    """Every secret of the account."""
    secrets = secretsmanager_backends[ACCOUNT][REGION].secrets.values()
    return [secret for secret in secrets if isinstance(secret, FakeSecret)]


def save(store: Store) -> None:
    """Store the versions of every secret that differs from what is stored. Raises StoreFull."""
    with store.lock:
        stored = dict(store.rows("SELECT name, state FROM secrets"))
    states = [
        (secret.name, json.dumps({"versions": secret.versions, "current": secret.default_version_id}))
        for secret in all_secrets()
    ]
    states = [state for state in states if stored.get(state[0]) != state[1]]
    if not states:
        return
    with store.transaction() as connection:
        connection.executemany("INSERT OR REPLACE INTO secrets VALUES (?, ?)", states)


def restore(store: Store, given: Mapping[str, bool]) -> None:
    """Restore the stored versions of the secrets, and store those that are new. Raises StoreFull.

    given: by ARN whether the template itself gives the value, which then wins over the stored value
    """
    for secret in all_secrets():
        row = (
            None
            if given.get(secret.arn, True)
            else store.one("SELECT state FROM secrets WHERE name = ?", (secret.name,))
        )
        if row is not None:
            state = json.loads(row[0])
            secret.versions = state["versions"]
            secret.set_default_version_id(state["current"])
    save(store)
