"""The objects on disk: a folder per bucket, a file per object with a line of JSON about it, then its content."""

import hashlib
import json
from pathlib import Path

from moto.s3.exceptions import S3ClientError
from moto.s3.models import s3_backends

from pullcord_local.account import ACCOUNT
from pullcord_local.persistence.files import write_atomically


def save(folder: Path, bucket: str, key: str) -> None:
    """Write an object's file, or delete the file if the object does not exist."""
    path = folder / bucket / hashlib.sha256(key.encode()).hexdigest()
    try:
        stored = s3_backends[ACCOUNT]["aws"].get_object(bucket, key)
    except S3ClientError:
        stored = None
    if stored is None:
        path.unlink(missing_ok=True)
        return
    head = {"key": key, "metadata": dict(stored.metadata), "etag": stored.etag}
    write_atomically(path, json.dumps(head).encode() + b"\n" + stored.value)


def load(folder: Path) -> None:
    """Put every object on disk into its bucket, except those of buckets that the template no longer has."""
    backend = s3_backends[ACCOUNT]["aws"]
    for path in sorted(folder.glob("*/*")) if folder.exists() else []:
        if path.parent.name not in backend.buckets or path.suffix:
            continue
        head, _, content = path.read_bytes().partition(b"\n")
        properties = json.loads(head)
        created = backend.put_object(path.parent.name, properties["key"], content)
        created.set_metadata(properties["metadata"])
