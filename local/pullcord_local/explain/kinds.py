"""Kind of a pipeline: its source, and its ref, which is a branch or a tag.

Source: https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
"""

from collections.abc import Iterable

from pullcord.pipelines import SOURCES

MERGE_REQUEST = "merge_request_event"
EXTERNAL_REQUEST = "external_pull_request_event"
NEVER_OF_TAGS = frozenset({MERGE_REQUEST, EXTERNAL_REQUEST})
BRANCHES, TAGS = "refs/heads/", "refs/tags/"
MIN_SIMILARITY = 0.6


class WrongKind(ValueError):
    """Raised for a source that does not exist, and for a source and a ref that exclude each other."""


def check_source(source: str, *, tag: bool) -> None:
    """Check that there are pipelines of a source, and of a tag if one is given. Raises WrongKind."""
    if source not in SOURCES:
        meant = similar(source, SOURCES)
        hint = f"; did you mean {meant}?" if meant else ";"
        raise WrongKind(f"unknown source {source!r}{hint} sources: {', '.join(SOURCES)}")
    if tag and source in NEVER_OF_TAGS:
        raise WrongKind(f"a pipeline of source {source} is for a branch, never for a tag")


def split_ref(ref: str) -> tuple[str, bool | None]:
    """Split a ref: its short name, and whether it names a tag; None for a name that does not say. Raises WrongKind."""
    for prefix, tag in ((BRANCHES, False), (TAGS, True)):
        if ref.startswith(prefix) and len(ref) > len(prefix):
            return ref.removeprefix(prefix), tag
    if not ref.strip():
        raise WrongKind("the ref is empty")
    if ref.startswith("refs/merge-requests/"):
        raise WrongKind(f"{ref} is neither branch nor tag: name the source branch, with source {MERGE_REQUEST}")
    if ref == "refs" or ref.startswith("refs/"):
        raise WrongKind(f"{ref} is neither {BRANCHES}NAME nor {TAGS}NAME")
    return ref, None


def similar(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that one begins, misspells or abbreviates (`mr`); None if there is none."""
    import difflib

    wanted = name.lower()
    by_name = {each.lower(): each for each in known}
    begun = [each for each in by_name if wanted and each.startswith(wanted)]
    misspelt = difflib.get_close_matches(wanted, by_name, n=1, cutoff=MIN_SIMILARITY)
    abbreviated = [each for each in by_name if "".join(word[0] for word in each.split("_")[:2] if word) == wanted != ""]
    return next((by_name[each] for each in (*begun, *misspelt, *abbreviated)), None)
