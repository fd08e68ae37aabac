"""The state of the embedded cloud on disk; without a folder the state ends with the process."""

import fcntl
import os
import threading
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from pullcord_local.aws_calls.call import Call
from pullcord_local.aws_calls.s3 import bucket_and_key, deleted_keys
from pullcord_local.dynamodb.items import ItemRef
from pullcord_local.persistence import objects, secrets
from pullcord_local.persistence.journal import Journal


class State:
    """The stored state: `restore` loads a former run's state, the `save_…` methods store every successful write.

    Raises BlockingIOError when another process uses the folder.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.journal: Journal | None = None
        self.lock_descriptor = -1
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            self.lock_descriptor = lock_folder(folder)

    def restore(self, given_secrets: Mapping[str, bool]) -> None:
        """Load the stored state into a newly deployed stack, and store writes from now on.

        given_secrets: by ARN whether the template itself gives the value, which then wins over the stored value
        """
        if self.folder is None:
            return
        secrets.load(self.folder / "secrets.json", [arn for arn, given in given_secrets.items() if not given])
        objects.load(self.folder / "objects")
        self.journal = Journal(self.folder / "tables.jsonl")
        self.journal.load()
        self.save_secrets()

    def save_items(self, refs: list[ItemRef]) -> None:
        """Store items that were written; the caller holds the database's lock."""
        if self.journal is not None:
            self.journal.append(refs)

    def save_secrets(self) -> None:
        """Store all secrets after one was written."""
        if self.folder is not None and self.journal is not None:
            with self.lock:
                secrets.save(self.folder / "secrets.json")

    def save_objects(self, call: Call) -> None:
        """Store the objects that a successful call has written, copied or deleted."""
        if self.folder is None or self.journal is None:
            return
        bucket, key = bucket_and_key(call)
        keys = [key] if key else [unescape(name) for name in deleted_keys(call)]
        with self.lock:
            for name in keys:
                objects.save(self.folder / "objects", bucket, name)

    def close(self) -> None:
        """Close the files. Everything is on disk already."""
        if self.journal is not None:
            self.journal.close()
        if self.lock_descriptor >= 0:
            os.close(self.lock_descriptor)
            self.lock_descriptor = -1


def lock_folder(folder: Path) -> int:
    """Lock the folder for this process; the lock's descriptor. Raises BlockingIOError when another process has it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BlockingIOError(f"{folder} is in use by another process") from None
    return descriptor
