"""Where a personal access token may stand in a call, and which parameters are credentials.

Source: https://docs.gitlab.com/api/rest/authentication
"""

import re
from urllib.parse import unquote_plus

from pullcord.wire.call import Call

CREDENTIAL = ("token", "password", "secret")
"""What the name of a parameter that holds a credential ends with: `private_token`, `job_token`, `client_secret`."""
CURSORS = frozenset({"page_token"})
"""Parameters of these endings that are no credentials."""


def is_credential(name: str) -> bool:
    """Whether a parameter of this name holds a credential, which no link, redirect or log repeats."""
    plain = re.split(r"[\[\]]", name.strip("[] "), maxsplit=1)[0].lower()
    return plain.endswith(CREDENTIAL) and plain not in CURSORS


def without_credentials(query: str) -> str:
    """A query string without the parameters that hold credentials, as it was sent otherwise."""
    sent = re.split("[&;]", query)
    return "&".join(one for one in sent if one and not is_credential(unquote_plus(one.partition("=")[0])))


def personal_token(call: Call) -> str | None:
    """The token of the `PRIVATE-TOKEN` or `Authorization: Bearer` header or of a parameter; None without one."""
    header = call.headers.get("private-token")
    if header:
        return header
    scheme, _, value = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip()
    for name in ("private_token", "access_token"):
        if isinstance(sent := call.parameters.get(name), str) and sent:
            return sent
    return None
