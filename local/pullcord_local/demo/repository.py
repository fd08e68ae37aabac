"""The demo's git repository: a copy of the folder `repository`, committed."""

import shutil
import subprocess
from pathlib import Path

SPECIMEN = Path(__file__).parent / "repository"
IDENTITY = ("-c", "user.name=Pullcord", "-c", "user.email=demo@example.com", "-c", "commit.gpgsign=false")


def create(folder: Path) -> Path:
    """Create a repository with one commit on `main`; it replaces the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SPECIMEN, folder)
    git(folder, "init", "--quiet")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    git(folder, "add", ".")
    git(folder, *IDENTITY, "commit", "--quiet", "--message", "Make widgets")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder. Raises OSError with git's message if it fails."""
    finished = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603, S607 # fixed words
    if finished.returncode:
        raise OSError(f"git {arguments[0]}: {finished.stderr.strip()}")
