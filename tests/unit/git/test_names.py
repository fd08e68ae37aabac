import random
import subprocess

import pytest

from pullcord.git import names
from tests.unit.git.workshop import ENVIRONMENT

CHARACTERS = "ab/.@{}-~^:?*[\\ \t\x7fé\n"


@pytest.fixture(scope="module")
def judged():
    """Names and whether git itself finds them legal."""
    chosen = random.Random(7)
    made = ["".join(chosen.choices(CHARACTERS, k=chosen.randint(1, 6))) for _ in range(150)]
    made += [
        "main",
        "a.lock",
        "a.lock/b",
        "a.lockb",
        ".a",
        "a/.b",
        "a.",
        "@",
        "a@",
        "@{",
        "a//b",
        "/a",
        "a/",
        "-a",
        "é",
        "a/b/c",
        "HEAD",
    ]
    ask = ["git", "check-ref-format"]
    return {
        name: subprocess.run([*ask, f"refs/heads/{name}"], env=ENVIRONMENT, check=False).returncode == 0
        for name in made
    }


def test_names_are_legal_if_git_accepts_them(judged):
    assert {name: names.is_legal(f"refs/heads/{name}") for name in judged} == judged
    assert sum(judged.values()) > 10
