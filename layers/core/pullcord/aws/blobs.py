"""Sealed bytes of any size: stored in the item if they fit, else in the bucket."""

from collections.abc import Mapping

from pullcord.aws.clients import client
from pullcord.aws.items import Item

MAX_INLINE = 300_000
"""Bytes that fit into an item beside its other attributes; DynamoDB takes 400 KB."""


class Blobs:
    """Large sealed values under sealed/; the bucket's lifecycle expires them."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def store(self, name: str, sealed: bytes) -> Item:
        """Store a value; returns the attributes for the item that it belongs to. name: unique, such as "request-42"."""
        if len(sealed) <= MAX_INLINE:
            return {"sealed": sealed}
        client("s3").put_object(Bucket=self.bucket, Key=f"sealed/{name}", Body=sealed)
        return {"object": name}

    def fetch(self, item: Mapping[str, object]) -> bytes:
        """The sealed bytes of an item that `store` has filled."""
        sealed = item.get("sealed")
        if isinstance(sealed, bytes):
            return sealed
        body: bytes = client("s3").get_object(Bucket=self.bucket, Key=f"sealed/{item['object']}")["Body"].read()
        return body
