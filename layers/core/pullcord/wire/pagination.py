"""Offset pagination with GitLab's headers.

Source: https://docs.gitlab.com/api/rest/#offset-based-pagination
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from pullcord.errors import BadParameters
from pullcord.wire.call import Call

DEFAULT, MOST = 20, 100
LARGEST = 10**9


def page[T](call: Call, rows: Sequence[T], *, counted: bool = True) -> tuple[Sequence[T], dict[str, str]]:
    """The rows of the page that is asked for, and the headers. counted: whether to tell how many there are."""
    number, size = _asked(call, "page", 1, LARGEST), _asked(call, "per_page", DEFAULT, MOST)
    pages = max(1, -(-len(rows) // size))
    headers = {
        "X-Page": str(number),
        "X-Per-Page": str(size),
        "X-Next-Page": str(number + 1) if number < pages else "",
        "X-Prev-Page": str(number - 1) if 1 < number <= pages + 1 else "",
    }
    if counted:
        headers |= {"X-Total": str(len(rows)), "X-Total-Pages": str(pages)}
    relations = {"prev": headers["X-Prev-Page"], "next": headers["X-Next-Page"], "first": "1"}
    if counted:
        relations["last"] = str(pages)
    links = (f'<{_address(call, to, size)}>; rel="{name}"' for name, to in relations.items() if to)
    return rows[(number - 1) * size : number * size], {**headers, "Link": ", ".join(links)}


def _asked(call: Call, name: str, default: int, most: int) -> int:
    value = call.parameters.get(name)
    if value in (None, ""):
        return default
    try:
        number = int(str(value))
    except ValueError as error:
        raise BadParameters([f"{name} is invalid"]) from error
    if number < 1:
        raise BadParameters([f"{name} does not have a valid value"])
    return min(number, most)


def _address(call: Call, number: str, size: int) -> str:
    return f"{call.url}?{urlencode([*_others(call.parameters), ('page', number), ('per_page', size)])}"


def _others(parameters: Mapping[str, object]) -> list[tuple[str, str]]:
    """The call's other parameters, without any that holds a token."""
    secret = {"private_token", "access_token", "job_token", "token"}
    result: list[tuple[str, str]] = []
    for name, value in parameters.items():
        if name in {"page", "per_page"} | secret:
            continue
        many = value if isinstance(value, list) else [value]
        result += [(f"{name}[]" if isinstance(value, list) else name, str(one)) for one in many]
    return result
