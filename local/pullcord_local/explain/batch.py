"""Option `--batch`: JSON Lines in, JSON Lines out, one answer for each request, whatever happens."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Mapping

from pullcord.config.compiler import compile_pipeline
from pullcord_local.explain import answers
from pullcord_local.explain.contexts import context
from pullcord_local.explain.notes import Notes
from pullcord_local.explain.predefined import predefined
from pullcord_local.explain.request_files import RequestFiles
from pullcord_local.explain.requests import WrongRequest, situation, text


def run(*, skip_missing: bool = False) -> int:
    """Answer standard input on standard output, line by line. skip_missing: for requests that do not say."""
    gc.enable()  # the command line disables it, but this may run for long
    for line in answer_lines(sys.stdin.buffer, skip_missing=skip_missing):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


def answer_lines(lines: Iterable[bytes], *, skip_missing: bool = False) -> Iterator[str]:
    """Yield an answer for each line that is not blank."""
    for line in lines:
        if line.strip():
            yield answer_line(line, skip_missing=skip_missing)


def answer_line(line: bytes, *, skip_missing: bool = False) -> str:
    """Answer a line. Nothing in it may end the process: the next line has to be answered, too."""
    identity: object = None
    try:
        request = as_mapping(json.loads(line))
        identity = request.get("id")
        return answers.line({"id": identity} | answer_request({"skip_missing_includes": skip_missing} | request))
    except (ValueError, RecursionError) as error:
        return answers.line({"id": identity} | answers.refused(f"wrong request: {error}"))
    except Exception as error:  # noqa: BLE001 - one request failing never stops the next
        return answers.line({"id": identity} | answers.refused(f"internal error: {type(error).__name__}: {error}"))


def as_mapping(request: object) -> dict[str, object]:
    """Check that a request is a map. Raises WrongRequest."""
    if not isinstance(request, Mapping):
        raise WrongRequest("a request should be a map")
    return dict(request)


def answer_request(request: Mapping[str, object]) -> dict[str, object]:
    """Answer a request. Raises WrongRequest."""
    filename = request.get("filename")
    config = text(request, "config", "")
    pipeline = situation(request)
    known, files = predefined(pipeline), RequestFiles(request, pipeline)
    plan = compile_pipeline(config, None if filename is None else str(filename), context(pipeline, known), files)
    diff = files.changed is not None or bool(files.compared)
    return answers.answer(plan, Notes.about(pipeline, known, diff=diff))
