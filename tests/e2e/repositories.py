"""Real git repositories for projects to point at."""

import os
import subprocess
from pathlib import Path

PERSON = {
    "GIT_AUTHOR_NAME": "Ada Example",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Grace Example",
    "GIT_COMMITTER_EMAIL": "grace@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repository:
    """A repository with a work tree, beginning with one commit on `main`."""

    def __init__(self, folder: Path, files: dict[str, str], message: str = "Add widgets") -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(files, message)

    @property
    def url(self) -> str:
        return self.folder.as_uri()

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        done = subprocess.run(command, env=os.environ | PERSON, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, files: dict[str, str], message: str = "Change widgets") -> str:
        """Commit on the branch that is checked out; the commit's id."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}")
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, files: dict[str, str] | None = None) -> str:
        """A branch off `main`, with a commit of its own if there are files; its commit's id."""
        self.git("branch", "--quiet", name, "main")
        if files:
            self.git("checkout", "--quiet", name)
            self.commit(files, f"Begin {name}")
            self.git("checkout", "--quiet", "main")
        return self.git("rev-parse", f"refs/heads/{name}")

    def tag(self, name: str, *, message: str | None = None) -> None:
        """A tag on `main`, annotated if there is a message."""
        self.git("tag", *(["--annotate", f"--message={message}"] if message else []), name, "main")
