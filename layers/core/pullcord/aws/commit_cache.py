"""A cache of the files of commits, in the bucket. Commits never change, so entries never become stale."""

from botocore.exceptions import BotoCoreError, ClientError

from pullcord.aws.clients import client
from pullcord.errors import Unavailable


class CommitCache:
    """A cache under git/. It never raises: without an entry, the repository is asked."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def get(self, key: str) -> bytes | None:
        """The content under a key, None without one."""
        try:
            body: bytes = client("s3").get_object(Bucket=self.bucket, Key=f"git/{key}")["Body"].read()
        except (ClientError, BotoCoreError, Unavailable):
            return None
        return body

    def put(self, key: str, content: bytes) -> None:
        """Store the content under a key, if possible."""
        try:
            client("s3").put_object(Bucket=self.bucket, Key=f"git/{key}", Body=content)
        except (ClientError, BotoCoreError, Unavailable):
            return
