"""The secrets on disk, with all versions; the folder is for its owner only, as that of private keys would be."""

import json
from collections.abc import Iterable
from pathlib import Path

from moto.secretsmanager.models import FakeSecret, secretsmanager_backends

from pullcord_local.account import ACCOUNT, REGION
from pullcord_local.persistence.files import replace


def all_secrets() -> list[FakeSecret]:
    """Every secret of the account."""
    found = secretsmanager_backends[ACCOUNT][REGION].secrets.values()
    return [secret for secret in found if isinstance(secret, FakeSecret)]


def save(path: Path) -> None:
    """Write every secret's versions."""
    state = {
        secret.name: {"versions": secret.versions, "current": secret.default_version_id} for secret in all_secrets()
    }
    replace(path, json.dumps(state).encode())


def load(path: Path, arns: Iterable[str]) -> None:
    """Give the secrets of these ARNs the versions that they had, if any are on disk."""
    if not path.exists():
        return
    state = json.loads(path.read_bytes())
    wanted = set(arns)
    for secret in all_secrets():
        if secret.arn in wanted and secret.name in state:
            secret.versions = state[secret.name]["versions"]
            secret.set_default_version_id(state[secret.name]["current"])
