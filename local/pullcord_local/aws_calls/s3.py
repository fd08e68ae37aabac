"""The bucket and the objects that an S3 request names, and the objects that it deletes."""

import re
from html import unescape
from urllib.parse import unquote

from pullcord_local.aws_calls.call import Call

DELETED_KEY = re.compile(rb"<Key>([^<]*)</Key>")


def bucket_and_key(call: Call) -> tuple[str, str]:
    """The bucket and the key of a path-style address, decoded; the key is empty for a request to the bucket itself."""
    bucket, _, key = call.path.lstrip("/").partition("/")
    return unquote(bucket), unquote(key)


def deleted_keys(call: Call) -> list[str]:
    """The keys in the body of a DeleteObjects request; none for any other request.

    Both the check of permissions and the deletion take the keys from here, so that no object is deleted unchecked.
    """
    if "delete" not in call.query:
        return []
    return [unescape(key.decode("utf-8", "replace")) for key in DELETED_KEY.findall(call.body)]
