"""Repositories made by git itself, for tests."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada Lovelace",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_AUTHOR_DATE": "1700000000 +0130",
    "GIT_COMMITTER_NAME": "Charles Babbage",
    "GIT_COMMITTER_EMAIL": "charles@example.com",
    "GIT_COMMITTER_DATE": "1700000060 -0500",
}


@dataclass(frozen=True)
class Worktree:
    """A checked-out repository in which real git commands run."""

    path: Path

    @classmethod
    def new(cls, path: Path, *options: str) -> "Worktree":
        subprocess.run(["git", "init", "-q", "-b", "main", *options, str(path)], check=True, env=ENVIRONMENT)
        return cls(path)

    @property
    def url(self) -> str:
        return self.path.as_uri()

    def git(self, *arguments: str, text: str | None = None, **environment: str) -> str:
        """Standard output of a git command, without the final newline."""
        ran = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            check=True,
            env=ENVIRONMENT | environment,
            input=text,
            capture_output=True,
            text=True,
        )
        return ran.stdout.removesuffix("\n")

    def commit(self, message: str, files: dict[str, str | bytes | None], **environment: str) -> str:
        """Write (None: delete) files, commit all, and give the commit's id."""
        for name, content in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message, **environment)
        return self.git("rev-parse", "HEAD")
