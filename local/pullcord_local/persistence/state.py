"""The state of the embedded cloud on disk; without a folder it lives and dies with the process."""

import fcntl
import os
import threading
from collections.abc import Mapping
from pathlib import Path

from pullcord_local.cloud.call import Call
from pullcord_local.dynamodb.rows import Place
from pullcord_local.iam.s3_needs import bucket_and_key
from pullcord_local.persistence import objects, secrets
from pullcord_local.persistence.journal import Journal


class State:
    """Told of every successful write; `restore` brings a former run's state into a freshly deployed stack."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.journal: Journal | None = None
        self.claim = -1
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            self.claim = claimed(folder)

    def restore(self, given_secrets: Mapping[str, bool]) -> None:
        """Load what is on disk, then write from now on.

        given_secrets: by ARN whether the template itself gives the value, which then wins over a stored one
        """
        if self.folder is None:
            return
        secrets.load(self.folder / "secrets.json", [arn for arn, given in given_secrets.items() if not given])
        objects.load(self.folder / "objects")
        self.journal = Journal(self.folder / "tables.jsonl")
        self.journal.load()
        self.secrets_written()

    def tables_written(self, places: list[Place]) -> None:
        """Items were written; the database's lock is held."""
        if self.journal is not None:
            self.journal.append(places)

    def secrets_written(self) -> None:
        """A secret was written."""
        if self.folder is not None and self.journal is not None:
            with self.lock:
                secrets.save(self.folder / "secrets.json")

    def objects_written(self, call: Call) -> None:
        """Objects were written, copied or deleted."""
        if self.folder is None or self.journal is None:
            return
        bucket, key = bucket_and_key(call)
        keys = [key] if key else objects.deleted_keys(call)
        with self.lock:
            for name in keys:
                objects.save(self.folder / "objects", bucket, name)

    def close(self) -> None:
        """Everything is on disk already; let go of it."""
        if self.journal is not None:
            self.journal.close()
        if self.claim >= 0:
            os.close(self.claim)
            self.claim = -1


def claimed(folder: Path) -> int:
    """A descriptor that holds the folder for this process. Raises BlockingIOError when another one has it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BlockingIOError(f"{folder} is in use by another process") from None
    return descriptor
