"""Where two commits' histories part, found in as little history as will do."""

from collections.abc import Callable, Mapping, Sequence

from pullcord.git.objects import read_commit
from pullcord.git.refs import Commit

FIRST_DEPTH = 64
DEEPER = 16

Histories = Callable[[Sequence[str], int], Mapping[str, bytes]]
"""(tips, depth) → the commits reachable from the tips in fewer than `depth` steps, by id."""


def merge_base(one: str, other: str, histories: Histories, max_depth: int) -> str | None:
    """The newest common ancestor that is no ancestor of another one; None when there is none in `most` steps.

    Looks at a short history first and at a longer one only while a common ancestor newer than the one found may hide
    behind the end of what is known.

    Source: https://git-scm.com/docs/git-merge-base
    """
    if one == other:
        return one
    depth = min(FIRST_DEPTH, max_depth)
    while True:
        known = {sha: read_commit(sha, content) for sha, content in histories([one, other], depth).items()}
        best = _best(one, other, known)
        if depth >= max_depth or not _may_hide_a_better(best, one, other, known):
            return best
        depth = min(depth * DEEPER, max_depth)


def _best(one: str, other: str, known: Mapping[str, Commit]) -> str | None:
    common = _ancestors([one], known) & _ancestors([other], known)
    older = _ancestors([parent for sha in common if sha in known for parent in known[sha].parents], known)
    return max(common - older, key=lambda sha: (_date(sha, known), sha), default=None)


def _may_hide_a_better(best: str | None, one: str, other: str, known: Mapping[str, Commit]) -> bool:
    """Whether some history goes on, unknown, from a commit that is newer than the best common ancestor."""
    is_rekeyed = _ancestors([best], known) if best else set()
    open_ends = {
        sha
        for sha in (_ancestors([one], known) | _ancestors([other], known)) - is_rekeyed
        if sha in known and any(parent not in known and parent not in is_rekeyed for parent in known[sha].parents)
    }
    return any(best is None or _date(sha, known) > _date(best, known) for sha in open_ends)


def _ancestors(tips: Sequence[str], known: Mapping[str, Commit]) -> set[str]:
    """The tips and all that can be reached from them in the known history."""
    seen: set[str] = set()
    waiting = list(tips)
    while waiting:
        sha = waiting.pop()
        if sha not in seen:
            seen.add(sha)
            waiting.extend(known[sha].parents if sha in known else ())
    return seen


def _date(sha: str, known: Mapping[str, Commit]) -> float:
    return known[sha].committer.date.timestamp() if sha in known else float("-inf")
