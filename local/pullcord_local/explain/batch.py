"""Option `--batch`: JSON Lines in, JSON Lines out, one answer for each request, whatever happens."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Mapping

from pullcord.config.compiler import compile_pipeline
from pullcord_local.explain import answers
from pullcord_local.explain.request_files import RequestFiles
from pullcord_local.explain.requests import WrongRequest, situation, text


def run() -> int:
    """Answer standard input on standard output, line by line."""
    gc.enable()  # the command line disables it, but this may run for long
    for line in answer_lines(sys.stdin.buffer):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


def answer_lines(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield an answer for each line that is not blank."""
    for line in lines:
        if line.strip():
            yield answer_line(line)


def answer_line(line: bytes) -> str:
    """Answer a line. Nothing in it may end the process: the next line has to be answered, too."""
    identity: object = None
    try:
        request = as_mapping(json.loads(line))
        identity = request.get("id")
        return answers.line({"id": identity} | answer_request(request))
    except (ValueError, RecursionError) as error:
        return answers.line({"id": identity} | answers.refused(f"wrong request: {error}"))
    except Exception as error:  # noqa: BLE001 - one request failing never stops the next
        return answers.line({"id": identity} | answers.refused(f"internal error: {type(error).__name__}: {error}"))


def as_mapping(request: object) -> Mapping[str, object]:
    """Check that a request is a map. Raises WrongRequest."""
    if not isinstance(request, Mapping):
        raise WrongRequest("a request should be a map")
    return request


def answer_request(request: Mapping[str, object]) -> dict[str, object]:
    """Answer a request. Raises WrongRequest."""
    filename = request.get("filename")
    config = text(request, "config", "")
    plan = compile_pipeline(
        config,
        None if filename is None else str(filename),
        situation(request).context(),
        RequestFiles(request),
    )
    return answers.answer(plan)
