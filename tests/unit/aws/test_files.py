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
    """S3, as far as a cache asks it."""

    def __init__(self, error=None):
        self.error = error
        self.kept = {}

    def get_object(self, Bucket, Key):  # noqa: N803 - S3's spelling
        if self.error:
            raise self.error
        return {"Body": io.BytesIO(self.kept[Bucket, Key])}

    def put_object(self, Bucket, Key, Body):  # noqa: N803 - S3's spelling
        if self.error:
            raise self.error
        self.kept[Bucket, Key] = Body


@pytest.fixture
def bucket(monkeypatch):
    made = Bucket()
    monkeypatch.setattr(commit_cache, "client", lambda _service: made)
    return made


def test_what_is_kept_is_found_under_its_own_prefix(bucket):
    CommitCache("objects").put("git/1/a", b"x")

    assert CommitCache("objects").get("git/1/a") == b"x"
    assert list(bucket.kept) == [("objects", "git/git/1/a")]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: str(error)[:40])
def test_whatever_the_bucket_says_it_is_only_a_miss(bucket, error):
    bucket.error = error

    assert CommitCache("objects").get("a") is None
    CommitCache("objects").put("a", b"x")
