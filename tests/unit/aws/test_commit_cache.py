"""The cache of commits in S3."""

import io

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from pullcord.aws import commit_cache
from pullcord.aws.commit_cache import CommitCache

ERRORS = [
    ClientError({"Error": {"Code": "NoSuchKey"}, "ResponseMetadata": {"HTTPStatusCode": 404}}, "GetObject"),
    ClientError({"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {"HTTPStatusCode": 403}}, "GetObject"),
    ClientError({"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}, "GetObject"),
    EndpointConnectionError(endpoint_url="https://s3.example.com"),
    ReadTimeoutError(endpoint_url="https://s3.example.com"),
]


class Bucket:
    """The two calls of S3 that the cache makes."""

    def __init__(self, error=None):
        self.error = error
        self.objects = {}

    def get_object(self, Bucket, Key):  # noqa: N803 - S3's spelling
        if self.error:
            raise self.error
        return {"Body": io.BytesIO(self.objects[Bucket, Key])}

    def put_object(self, Bucket, Key, Body):  # noqa: N803 - S3's spelling
        if self.error:
            raise self.error
        self.objects[Bucket, Key] = Body


@pytest.fixture
def bucket(monkeypatch):
    made = Bucket()
    monkeypatch.setattr(commit_cache, "client", lambda _service: made)
    return made


def test_a_stored_object_is_found_under_its_prefix(bucket):
    CommitCache("objects").put("git/1/a", b"x")

    assert CommitCache("objects").get("git/1/a") == b"x"
    assert list(bucket.objects) == [("objects", "git/git/1/a")]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: str(error)[:40])
def test_every_error_of_the_bucket_is_a_cache_miss(bucket, error):
    bucket.error = error

    assert CommitCache("objects").get("a") is None
    CommitCache("objects").put("a", b"x")
