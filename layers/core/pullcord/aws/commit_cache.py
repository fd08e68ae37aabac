"""What commits hold, kept in the bucket: a commit never changes, so what is known of it stays known."""

from botocore.exceptions import BotoCoreError, ClientError

from pullcord.aws.clients import client


class Files:
    """A cache under git/. It may forget, and it never raises: the repository is asked instead."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def get(self, key: str) -> bytes | None:
        """What was put under this key, or None."""
        try:
            body: bytes = client("s3").get_object(Bucket=self.bucket, Key=f"git/{key}")["Body"].read()
        except (ClientError, BotoCoreError):
            return None
        return body

    def put(self, key: str, content: bytes) -> None:
        """Keep the content under this key, if possible."""
        try:
            client("s3").put_object(Bucket=self.bucket, Key=f"git/{key}", Body=content)
        except (ClientError, BotoCoreError):
            return
