"""S3: put, get, delete and list objects.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

import hashlib
import json
import time
from collections.abc import Container
from email.utils import formatdate
from urllib.parse import unquote

from pullcord_local.aws_calls.call import Answer, Call, refusal
from pullcord_local.aws_calls.s3 import bucket_and_key, deleted_keys
from pullcord_local.objects.listing import MAX_KEYS, ObjectSummary, deletion, listing
from pullcord_local.persistence.store import Store, StoreFull

# Headers of a PutObject that a GetObject answers with, beside the metadata.
KEPT_HEADERS = (
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
)
METADATA = "x-amz-meta-"
# What the embedded cloud does not offer, by the header or the parameter that asks for it.
NOT_OFFERED_HEADERS = {"x-amz-copy-source"}
NOT_OFFERED_PARAMETERS = {"acl", "attributes", "legal-hold", "retention", "tagging", "uploadId", "uploads", "versions"}


class Objects:
    """The objects of the buckets, which are given by name. Thread-safe."""

    def __init__(self, store: Store, buckets: Container[str]) -> None:
        self.store = store
        self.buckets = buckets

    def answer(self, call: Call) -> Answer:
        """The answer to a request about objects."""
        bucket, key = bucket_and_key(call)
        if bucket not in self.buckets:
            return refusal(call, 404, "NoSuchBucket", "The specified bucket does not exist")
        try:
            return self.dispatch(call, bucket, key)
        except StoreFull:
            return refusal(call, 503, "SlowDown", "What the request writes could not be stored. Try again.")

    def dispatch(self, call: Call, bucket: str, key: str) -> Answer:
        """The answer of the request's operation. Raises StoreFull."""
        unknown = NOT_OFFERED_PARAMETERS & set(call.query) or NOT_OFFERED_HEADERS & set(call.headers)
        match call.method, bool(key):
            case _ if unknown:
                pass
            case "PUT", True:
                return self.put(call, bucket, key)
            case "GET" | "HEAD", True:
                return self.get(call, bucket, key)
            case "DELETE", True:
                self.delete(bucket, [key])
                return Answer(204)
            case "POST", False if "delete" in call.query:
                keys = deleted_keys(call)
                self.delete(bucket, keys)
                return deletion(keys)
            case "GET", False:
                return self.list(call, bucket)
            case "HEAD", False:
                return Answer(200)
        return refusal(call, 501, "NotImplemented", "the embedded cloud puts, gets, deletes and lists objects only")

    def put(self, call: Call, bucket: str, key: str) -> Answer:
        """PutObject, perhaps only if there is no such object."""
        kept = {name: call.headers[name] for name in KEPT_HEADERS if name in call.headers}
        kept |= {name: value for name, value in call.headers.items() if name.startswith(METADATA)}
        etag = f'"{hashlib.md5(call.body, usedforsecurity=False).hexdigest()}"'
        head = json.dumps({"headers": kept, "etag": etag, "modified": time.time(), "size": len(call.body)})
        with self.store.lock:
            if call.headers.get("if-none-match") == "*" and self.head(bucket, key) is not None:
                return refusal(
                    call, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"
                )
            with self.store.transaction() as connection:
                values = (bucket, key_bytes(key), head, call.body)
                connection.execute("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)", values)
        return Answer(200, {"etag": etag})

    def head(self, bucket: str, key: str) -> str | None:
        """The stored facts about an object beside its content; None if it does not exist."""
        row = self.store.one("SELECT head FROM objects WHERE bucket = ? AND key = ?", (bucket, key_bytes(key)))
        return row and str(row[0])

    def get(self, call: Call, bucket: str, key: str) -> Answer:
        """GetObject and HeadObject."""
        row = self.store.one("SELECT head, content FROM objects WHERE bucket = ? AND key = ?", (bucket, key_bytes(key)))
        if row is None:
            return refusal(call, 404, "NoSuchKey", "The specified key does not exist.")
        head = json.loads(row[0])
        modified = formatdate(head["modified"], usegmt=True)
        headers = {"content-type": "binary/octet-stream", "etag": head["etag"], "last-modified": modified}
        return Answer(200, headers | head["headers"], row[1])

    def delete(self, bucket: str, keys: list[str]) -> None:
        """DeleteObject and DeleteObjects; a missing object is no error."""
        with self.store.transaction() as connection:
            rows = [(bucket, key_bytes(key)) for key in keys]
            connection.executemany("DELETE FROM objects WHERE bucket = ? AND key = ?", rows)

    def list(self, call: Call, bucket: str) -> Answer:
        """ListObjectsV2, without delimiters."""
        prefix = call.query.get("prefix", "")
        after = unquote(call.query.get("continuation-token", "")) or call.query.get("start-after", "")
        limit = min(int(call.query.get("max-keys", MAX_KEYS)), MAX_KEYS)
        statement = (
            "SELECT key, head FROM objects WHERE bucket = ? AND key > ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?"
        )
        start = key_bytes(prefix)
        with self.store.lock:
            rows = list(self.store.rows(statement, (bucket, key_bytes(after), len(start), start, limit + 1)))
        return listing(
            call, bucket, [summary(key.decode("utf-8", "replace"), json.loads(head)) for key, head in rows], limit
        )


def key_bytes(key: str) -> bytes:
    """An object's key as stored: objects are listed in the order of these bytes."""
    return key.encode("utf-8", "surrogateescape")


def summary(key: str, head: dict[str, object]) -> ObjectSummary:
    """An object as it stands in a list."""
    modified = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(float(str(head["modified"]))))
    return ObjectSummary(key, int(str(head["size"])), str(head["etag"]), modified)
