"""One object of each kind for the tests of JSON, with a different value in every field."""

from pullcord.access import User
from pullcord.pipelines import Commit, Pipeline
from pullcord.projects import Namespace, Project
from tests.unit.wire.literals import LATER, SHA, TIME

ADA = User(5, "ada", "Ada Example", "ada@example.com", created_at=TIME, bio="Counts.", namespace_id=3)
BOB = User(6, "bob", "Bob Example", "bob@example.com", state="blocked", public_email="bob@example.com")
ROOT = User(1, "root", "Administrator", admin=True)

ACME = Namespace(30, "Acme", "acme", "acme", visibility="public", description="Makers", created_at=TIME)
TOOLS = Namespace(
    31, "Tools", "tools", "acme/tools", parent_id=30, ancestors=(30,), full_name="Acme / Tools", created_at=TIME
)
OWN = Namespace(3, "Ada Example", "ada", "ada", "user", owner_id=5)

WIDGETS = Project(
    id=7,
    name="Widgets",
    path="widgets",
    namespace_id=31,
    namespace_path="acme/tools",
    import_url="https://ada:secret@git.example.test/widgets.git",
    default_branch="main",
    visibility="internal",
    groups=(31, 30),
    namespace_kind="group",
    namespace_name="Acme / Tools",
    creator_id=5,
    description="Small parts",
    ci_config_path="ci/main.yml",
    created_at=TIME,
    updated_at=LATER,
    import_login=b"sealed",
)
GIT_COMMIT = Commit(
    id=SHA,
    title="Add widgets",
    message="Add widgets\n\nMany of them.\n",
    author_name="Ada Example",
    author_email="ada@example.com",
    authored_date="2026-02-28T09:00:00.000+01:00",
    committer_name="Bob Example",
    committer_email="bob@example.com",
    committed_date="2026-03-01T11:20:00.000+01:00",
    parent_ids=("89e6c98d92887913cadf06b2adb97f26cde4849b",),
)
PIPELINE = Pipeline(
    id=9001,
    iid=17,
    project_id=7,
    user_id=5,
    sha=SHA,
    ref="main",
    tag=False,
    source="trigger",
    status="created",
    created_at=TIME,
    updated_at=LATER,
    name="Nightly",
    trigger_id=11,
    commit=GIT_COMMIT._asdict(),
)
