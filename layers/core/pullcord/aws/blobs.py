"""Sealed bytes of any size: in the item when they fit, else in the bucket."""

from collections.abc import Mapping

from pullcord.aws.clients import client
from pullcord.aws.items import Item

INLINE = 300_000
"""Bytes that may stand in an item beside everything else; DynamoDB takes 400 KB."""


class Blobs:
    """Keeps large sealed values under sealed/; the bucket's lifecycle ends their time."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def stored(self, name: str, sealed: bytes) -> Item:
        """Attributes to put into the item that the value belongs to. name: unique, such as "request-42"."""
        if len(sealed) <= INLINE:
            return {"sealed": sealed}
        client("s3").put_object(Bucket=self.bucket, Key=f"sealed/{name}", Body=sealed)
        return {"object": name}

    def fetched(self, item: Mapping[str, object]) -> bytes:
        """The sealed bytes of an item that `stored` has filled."""
        sealed = item.get("sealed")
        if isinstance(sealed, bytes):
            return sealed
        body: bytes = client("s3").get_object(Bucket=self.bucket, Key=f"sealed/{item['object']}")["Body"].read()
        return body
