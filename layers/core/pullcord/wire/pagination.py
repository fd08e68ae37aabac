"""Offset pagination with GitLab's headers.

Source: https://docs.gitlab.com/api/rest/#offset-based-pagination
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from pullcord.errors import BadParameters
from pullcord.jobs import Span
from pullcord.wire.call import Call
from pullcord.wire.credentials import is_credential

DEFAULT_PER_PAGE, MAX_PER_PAGE = 20, 100
MAX_PAGE = 10**9


def page[T](call: Call, rows: Sequence[T], *, counted: bool = True) -> tuple[Sequence[T], dict[str, str]]:
    """The rows of the page that is asked for, and the headers. counted: whether to tell how many there are."""
    number, size = _asked(call, "page", 1, MAX_PAGE), _asked(call, "per_page", DEFAULT_PER_PAGE, MAX_PER_PAGE)
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


def span(call: Call) -> Span:
    """The stretch that is asked for of a list too long to count, with one row more to know whether it goes on."""
    size = _asked(call, "per_page", DEFAULT_PER_PAGE, MAX_PER_PAGE)
    if call.parameters.get("pagination") != "keyset":
        return Span(size + 1, (_asked(call, "page", 1, MAX_PAGE) - 1) * size)
    return Span(size + 1, 0, _cursor(call), str(call.parameters.get("sort") or "desc") != "asc")


def stretch[T](call: Call, rows: Sequence[T], last: Callable[[T], int]) -> tuple[Sequence[T], dict[str, str]]:
    """Rows of `span` without the one more, and the headers. last: a row's id, for the cursor after it."""
    size = _asked(call, "per_page", DEFAULT_PER_PAGE, MAX_PER_PAGE)
    goes_on, shown = len(rows) > size, rows[:size]
    if call.parameters.get("pagination") != "keyset":
        number = _asked(call, "page", 1, MAX_PAGE)
        following, before = (str(number + 1) if goes_on else ""), (str(number - 1) if number > 1 else "")
        headers = {"X-Page": str(number), "X-Per-Page": str(size), "X-Next-Page": following, "X-Prev-Page": before}
        relations = {"prev": before, "next": following, "first": "1"}
        links = (f'<{_address(call, to, size)}>; rel="{name}"' for name, to in relations.items() if to)
        return shown, {**headers, "Link": ", ".join(links)}
    if not goes_on:
        return shown, {}
    query = urlencode([*_others(call.parameters), ("per_page", size), ("cursor", str(last(shown[-1])))])
    return shown, {"Link": f'<{call.url}?{query}>; rel="next"'}


def _cursor(call: Call) -> int | None:
    sent = call.parameters.get("cursor") or call.parameters.get("id_after") or call.parameters.get("id_before")
    if sent in (None, ""):
        return None
    if not str(sent).isdecimal() or len(str(sent)) > 16:
        raise BadParameters(["cursor is invalid"])
    return int(str(sent))


def _asked(call: Call, name: str, default: int, maximum: int) -> int:
    value = call.parameters.get(name)
    if value in (None, ""):
        return default
    try:
        number = int(str(value))
    except ValueError as error:
        raise BadParameters([f"{name} is invalid"]) from error
    if number < 1:
        raise BadParameters([f"{name} does not have a valid value"])
    return min(number, maximum)


def _address(call: Call, number: str, size: int) -> str:
    return f"{call.url}?{urlencode([*_others(call.parameters), ('page', number), ('per_page', size)])}"


def _others(parameters: Mapping[str, object]) -> list[tuple[str, str]]:
    """The call's other parameters, without any that holds a token."""
    result: list[tuple[str, str]] = []
    for name, value in parameters.items():
        if name in {"page", "per_page", "cursor"} or is_credential(name):
            continue
        many = value if isinstance(value, list) else [value]
        result += [(f"{name}[]" if isinstance(value, list) else name, str(one)) for one in many]
    return result
