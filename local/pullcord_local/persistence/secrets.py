"""The secrets on disk with all their versions, in a folder that only its owner can read."""

import json
from collections.abc import Iterable
from pathlib import Path

from moto.secretsmanager.models import FakeSecret, secretsmanager_backends

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.persistence.files import write_atomically


def all_secrets() -> list[FakeSecret]:
    """Every secret of the account."""
    secrets = secretsmanager_backends[ACCOUNT][REGION].secrets.values()
    return [secret for secret in secrets if isinstance(secret, FakeSecret)]


def save(path: Path) -> None:
    """Write the versions of every secret."""
    state = {
        secret.name: {"versions": secret.versions, "current": secret.default_version_id} for secret in all_secrets()
    }
    write_atomically(path, json.dumps(state).encode())


def load(path: Path, arns: Iterable[str]) -> None:
    """Restore the versions of the secrets with these ARNs, as far as they are on disk."""
    if not path.exists():
        return
    state = json.loads(path.read_bytes())
    restored = set(arns)
    for secret in all_secrets():
        if secret.arn in restored and secret.name in state:
            secret.versions = state[secret.name]["versions"]
            secret.set_default_version_id(state[secret.name]["current"])
