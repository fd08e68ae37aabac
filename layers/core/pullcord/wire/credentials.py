"""Where a personal access token may stand in a call.

Source: https://docs.gitlab.com/api/rest/authentication
"""

from pullcord.wire.call import Call


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
