"""Which permissions an S3 request needs; its operation follows from method, path and query.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

import re
from urllib.parse import unquote

from pullcord_local.cloud.call import Call
from pullcord_local.iam.policy import Need

DELETED_KEY = re.compile(rb"<Key>([^<]*)</Key>")
OBJECT_ACTIONS = {
    "GET": "GetObject",
    "HEAD": "GetObject",
    "PUT": "PutObject",
    "POST": "PutObject",
    "DELETE": "DeleteObject",
}
BUCKET_ACTIONS = {"GET": "ListBucket", "HEAD": "ListBucket", "PUT": "CreateBucket", "DELETE": "DeleteBucket"}


def needs(call: Call) -> list[Need]:
    """Every permission that the request needs."""
    bucket, key = bucket_and_key(call)
    if not key:
        return on_bucket(call, bucket)
    found = [Need(f"s3:{object_action(call)}", object_arn(bucket, key))]
    source = call.headers.get("x-amz-copy-source", "")
    if source:
        copied_bucket, _, copied_key = unquote(source.partition("?")[0]).lstrip("/").partition("/")
        found.append(Need("s3:GetObject", object_arn(copied_bucket, copied_key)))
    return found


def bucket_and_key(call: Call) -> tuple[str, str]:
    """The bucket and the key of a path-style address; no key for a request to the bucket itself."""
    bucket, _, key = call.path.lstrip("/").partition("/")
    return unquote(bucket), unquote(key)


def object_arn(bucket: str, key: str) -> str:
    """The ARN of an object."""
    return f"arn:aws:s3:::{bucket}/{key}"


def object_action(call: Call) -> str:
    """The action of a request to an object."""
    if "tagging" in call.query:
        return OBJECT_ACTIONS[call.method] + "Tagging"
    if "uploadId" in call.query and call.method == "DELETE":
        return "AbortMultipartUpload"
    if "uploadId" in call.query and call.method == "GET":
        return "ListMultipartUploadParts"
    return OBJECT_ACTIONS.get(call.method, call.method)


def on_bucket(call: Call, bucket: str) -> list[Need]:
    """The permissions of a request to a bucket; deleting many objects needs each one's."""
    if "delete" in call.query:
        keys = [key.decode("utf-8", "replace") for key in DELETED_KEY.findall(call.body)]
        return [Need("s3:DeleteObject", object_arn(bucket, key)) for key in keys]
    if not bucket:
        return [Need("s3:ListAllMyBuckets", "*")]
    action = "ListBucketMultipartUploads" if "uploads" in call.query else BUCKET_ACTIONS.get(call.method, call.method)
    context = {"s3:prefix": (call.query.get("prefix", ""),)} if action == "ListBucket" else {}
    return [Need(f"s3:{action}", f"arn:aws:s3:::{bucket}", context)]
