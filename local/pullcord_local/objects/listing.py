"""The XML of S3's answers about several objects.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from pullcord_local.aws_calls.call import Answer, Call, escape

MAX_KEYS = 1000


class ObjectSummary(NamedTuple):
    """An object in a list."""

    key: str
    size: int
    etag: str
    modified: str


def listing(call: Call, bucket: str, objects: Sequence[ObjectSummary], limit: int) -> Answer:
    """The answer of ListObjectsV2; `objects` has one more than `limit` if there are more."""
    encoded = call.query.get("encoding-type") == "url"
    shown = objects[:limit]
    contents = "".join(
        f"<Contents><Key>{escape(quote(summary.key, safe='/') if encoded else summary.key)}</Key>"
        f"<LastModified>{summary.modified}</LastModified><ETag>{escape(summary.etag)}</ETag>"
        f"<Size>{summary.size}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        for summary in shown
    )
    more = len(objects) > limit
    token = f"<NextContinuationToken>{quote(shown[-1].key)}</NextContinuationToken>" if more and shown else ""
    return xml(
        f"<ListBucketResult><Name>{escape(bucket)}</Name><Prefix>{escape(call.query.get('prefix', ''))}</Prefix>"
        f"<KeyCount>{len(shown)}</KeyCount><MaxKeys>{limit}</MaxKeys><IsTruncated>{str(more).lower()}</IsTruncated>"
        f"{'<EncodingType>url</EncodingType>' if encoded else ''}{token}{contents}</ListBucketResult>"
    )


def deletion(keys: Iterable[str]) -> Answer:
    """The answer of DeleteObjects."""
    deleted = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
    return xml(f"<DeleteResult>{deleted}</DeleteResult>")


def xml(text: str) -> Answer:
    """A successful answer in XML."""
    return Answer(200, {"content-type": "application/xml"}, f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode())
