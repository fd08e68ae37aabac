import pytest

from pullcord.git import Policy, open_repository
from tests.unit.git.workshop import Worktree

ON_DISK = Policy(allowed=("file://",))


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """Branches `main` and `feature`, tags `v1.0` (annotated, also a branch), `v1.1` (annotated) and `light`."""
    tree = Worktree.new(tmp_path_factory.mktemp("project"))
    tree.commit("Begin\n\nA longer text.", {".gitlab-ci.yml": "build: {script: make}\n", "src/main.c": "int main;\n"})
    tree.git("branch", "v1.0")
    tree.git("tag", "-a", "v1.0", "-m", "First release")
    tree.git("tag", "-a", "v1.1", "-m", "Second release\n\nWith notes.")
    tree.git("tag", "light")
    tree.git("checkout", "-q", "-b", "feature/new")
    tree.commit("Add a file", {"docs/new name.md": "new\n", "src/main.c": None})
    tree.git("checkout", "-q", "main")
    tree.commit("Go on", {"README": "read\n"})
    return tree


@pytest.fixture
def on_disk(project):
    with open_repository(project.url, ON_DISK) as repository:
        yield repository
