"""Versions of the Peppers secret: the one that functions read, and the one that a rotation prepares."""

from botocore.exceptions import ClientError

from pullcord.aws.clients import client
from pullcord.aws.peppers import parse, serialize
from pullcord.aws.secrets import secret
from pullcord.peppers import PepperSet

CURRENT, PENDING = "AWSCURRENT", "AWSPENDING"


class PepperVersions:
    """Versions are named by the rotation's request token; stages say what they are. secret: an ARN."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def are_of(self, secret: str) -> bool:
        """Whether an ARN or name is that of the secret. An ARN ends in the name, a hyphen and six random characters."""
        return bool(secret) and secret in {self.secret, self.secret.rpartition(":secret:")[2].rpartition("-")[0]}

    def current(self) -> PepperSet:
        """The version that functions read."""
        return parse(secret(self.secret))

    def stored(self, version: str) -> PepperSet | None:
        """One version, None if it has no value yet."""
        try:
            answer = client("secretsmanager").get_secret_value(SecretId=self.secret, VersionId=version)
        except ClientError as error:
            if error.response["Error"].get("Code") == "ResourceNotFoundException":
                return None
            raise
        return parse(answer["SecretString"])

    def store(self, version: str, peppers: PepperSet) -> None:
        """Give a version its value; functions do not read it yet."""
        client("secretsmanager").put_secret_value(
            SecretId=self.secret,
            ClientRequestToken=version,
            SecretString=serialize(peppers),
            VersionStages=[PENDING],
        )

    def promote(self, version: str) -> None:
        """Make a version the one that functions read."""
        stages = client("secretsmanager").describe_secret(SecretId=self.secret)["VersionIdsToStages"]
        current = next(holder for holder, attached in stages.items() if CURRENT in attached)
        if current != version:
            client("secretsmanager").update_secret_version_stage(
                SecretId=self.secret, VersionStage=CURRENT, MoveToVersionId=version, RemoveFromVersionId=current
            )
