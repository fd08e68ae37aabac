"""The objects on disk: one folder per bucket, one file per object: a line of JSON about it, then its content."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path

from moto.s3.exceptions import S3ClientError
from moto.s3.models import s3_backends

from pullcord_local.account import ACCOUNT
from pullcord_local.cloud.call import Call
from pullcord_local.persistence.files import replace

DELETED_KEY = re.compile(rb"<Key>([^<]*)</Key>")


def deleted_keys(call: Call) -> list[str]:
    """The keys of a request that deletes many."""
    if "delete" not in call.query:
        return []
    return [unescape(key.decode("utf-8", "replace")) for key in DELETED_KEY.findall(call.body)]


def save(folder: Path, bucket: str, key: str) -> None:
    """Bring an object's file to its present state; without the object there is no file."""
    path = folder / bucket / hashlib.sha256(key.encode()).hexdigest()
    try:
        found = s3_backends[ACCOUNT]["aws"].get_object(bucket, key)
    except S3ClientError:
        found = None
    if found is None:
        path.unlink(missing_ok=True)
        return
    head = {"key": key, "metadata": dict(found.metadata), "etag": found.etag}
    replace(path, json.dumps(head).encode() + b"\n" + found.value)


def load(folder: Path) -> None:
    """Put every stored object into its bucket; buckets that the template no longer has are passed over."""
    backend = s3_backends[ACCOUNT]["aws"]
    for path in sorted(folder.glob("*/*")) if folder.exists() else []:
        if path.parent.name not in backend.buckets or path.suffix:
            continue
        head, _, content = path.read_bytes().partition(b"\n")
        known = json.loads(head)
        stored = backend.put_object(path.parent.name, known["key"], content)
        stored.set_metadata(known["metadata"])
