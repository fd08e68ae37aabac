import random
import subprocess
from datetime import UTC, datetime, timedelta

from pullcord.git import Policy, history, open_repository
from tests.unit.git.workshop import ENVIRONMENT, Worktree

TREE = b"tree " + b"1" * 40 + b"\n"


def test_merge_bases_are_those_of_git(tmp_path):
    tree, chosen = Worktree.new(tmp_path), random.Random(11)
    empty = tree.git("mktree", text="")
    commits = []
    for index in range(60):
        parents = chosen.sample(commits[-12:], min(len(commits), chosen.choice([0, 1, 1, 1, 2, 2])))
        date = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=index)
        links = [word for parent in parents for word in ("-p", parent)]
        commits.append(tree.git("commit-tree", empty, "-m", str(index), *links, GIT_COMMITTER_DATE=date.isoformat()))
    with open_repository(tree.url, Policy(allowed=("file://",))) as repository:
        pairs = [tuple(chosen.sample(commits, 2)) for _ in range(40)]
        found = {pair: repository.merge_base(*pair) for pair in pairs}
    expected = {pair: merge_bases(tree, *pair) for pair in pairs}

    assert all(found[pair] in expected[pair] if expected[pair] else found[pair] is None for pair in pairs)
    assert sum(map(bool, expected.values())) > 10


def merge_bases(tree, one, other):
    command = ["git", "-C", str(tree.path), "merge-base", "--all", one, other]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False).stdout.split()


def test_history_is_read_only_as_far_as_needed():
    shas = [f"{index:040x}" for index in range(500)]
    commits = {
        sha: TREE
        + (b"parent " + parent.encode() + b"\n" if parent else b"")
        + b"committer A <a@b> %d +0000\n\n" % index
        for index, (sha, parent) in enumerate(zip(shas, ["", *shas], strict=False))
    }
    depths = []

    def histories(tips, depth):
        depths.append(depth)
        wanted = {sha for tip in tips for sha in shas[max(0, int(tip, 16) + 1 - depth) : int(tip, 16) + 1]}
        return {sha: commits[sha] for sha in wanted}

    assert history.merge_base(shas[490], shas[499], histories, 10_000) == shas[490]
    assert depths == [64]
    assert history.merge_base(shas[10], shas[499], histories, 10_000) == shas[10]
    assert depths == [64, 64, 1024]
    assert history.merge_base(shas[10], shas[499], histories, 100) is None
    assert history.merge_base(shas[3], shas[3], histories, 100) == shas[3]
