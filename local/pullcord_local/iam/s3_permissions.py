"""The permissions that an S3 request requires; its operation follows from method, path and query.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

from urllib.parse import unquote

from pullcord_local.aws_calls.call import Call
from pullcord_local.aws_calls.s3 import bucket_and_key, deleted_keys
from pullcord_local.iam.policy import Permission

OBJECT_ACTIONS = {
    "GET": "GetObject",
    "HEAD": "GetObject",
    "PUT": "PutObject",
    "POST": "PutObject",
    "DELETE": "DeleteObject",
}
BUCKET_ACTIONS = {"GET": "ListBucket", "HEAD": "ListBucket", "PUT": "CreateBucket", "DELETE": "DeleteBucket"}


def required_permissions(call: Call) -> list[Permission]:
    """Every permission that the request requires."""
    bucket, key = bucket_and_key(call)
    if not key:
        return bucket_permissions(call, bucket)
    permissions = [Permission(f"s3:{object_action(call)}", object_arn(bucket, key))]
    source = call.headers.get("x-amz-copy-source", "")
    if source:
        copied_bucket, _, copied_key = unquote(source.partition("?")[0]).lstrip("/").partition("/")
        permissions.append(Permission("s3:GetObject", object_arn(copied_bucket, copied_key)))
    return permissions


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


def bucket_permissions(call: Call, bucket: str) -> list[Permission]:
    """The permissions for a request to a bucket; for DeleteObjects a permission for each object."""
    if "delete" in call.query:
        return [Permission("s3:DeleteObject", object_arn(bucket, key)) for key in deleted_keys(call)]
    if not bucket:
        return [Permission("s3:ListAllMyBuckets", "*")]
    action = "ListBucketMultipartUploads" if "uploads" in call.query else BUCKET_ACTIONS.get(call.method, call.method)
    context = {"s3:prefix": (call.query.get("prefix", ""),)} if action == "ListBucket" else {}
    return [Permission(f"s3:{action}", f"arn:aws:s3:::{bucket}", context)]
