"""Other projects of the instance, read with the rights of the pipeline's user."""

from copy import replace

import pytest

from pullcord.config.context import MissingProject, MissingRef
from pullcord.errors import PipelineRefused
from pullcord.git_logins import sealed_login
from pullcord.usecases.pipelines.other_projects import OtherProjects, RepositoryAt
from tests.unit.usecases.fakes import ADA, ROOT, SHA, TODAY, WIDGETS, Peppers
from tests.unit.usecases.hosts import GitHosts, Repository
from tests.unit.usecases.stores import Directory

TOOLS = replace(WIDGETS, id=8, name="Tools", path="tools", import_url="https://git.example.test/tools.git")


@pytest.fixture
def repository():
    return Repository()


@pytest.fixture
def hosts(repository):
    return GitHosts({TOOLS.import_url: repository})


def projects_of(hosts, *, user=ADA, level=20, project=TOOLS, directory=None):
    directory = directory or Directory.of(project, levels={user.id: level})
    return OtherProjects(user, directory, hosts, Peppers(), TODAY)


def test_a_project_is_read_at_the_commit_of_its_ref(hosts, repository):
    projects = projects_of(hosts)

    assert projects.at("acme/tools", "v1.0") == RepositoryAt(repository, SHA)
    assert projects.at("Acme/Tools", "v1.0") == RepositoryAt(repository, SHA)
    assert repository.asked == ["v1.0"] * 2


@pytest.mark.parametrize(
    ("default_branch", "asked"), [(None, ["HEAD"]), ("main", ["main"]), ("deleted", ["deleted", "HEAD"])]
)
def test_without_a_ref_the_default_branch_counts_or_head(hosts, repository, default_branch, asked):
    projects_of(hosts, project=replace(TOOLS, default_branch=default_branch)).at("acme/tools", None)

    assert repository.asked == asked


def test_a_project_without_a_remote_has_no_ref(hosts):
    with pytest.raises(MissingRef):
        projects_of(hosts, project=replace(TOOLS, import_url="")).at("acme/tools", "main")
    assert hosts.asked == []


def test_a_project_and_a_ref_are_looked_up_once(hosts, repository):
    projects = projects_of(hosts)
    for ref in ("main", "main", "v1.0", None, "HEAD"):
        projects.at("acme/tools", ref)

    assert hosts.asked == [(TOOLS.import_url, None)]
    assert repository.asked == ["main", "v1.0", "HEAD"]


@pytest.mark.parametrize(("path", "level"), [("acme/nothing", 40), ("acme/tools", None), ("acme/tools", 10), ("8", 40)])
def test_a_project_whose_code_the_user_may_not_read_is_missing(hosts, path, level):
    with pytest.raises(MissingProject):
        projects_of(hosts, level=level).at(path, None)
    assert hosts.asked == []


@pytest.mark.parametrize(("user", "visibility"), [(ADA, "public"), (ADA, "internal"), (ROOT, "private")])
def test_a_project_is_read_without_membership_where_its_code_is_visible(hosts, user, visibility):
    projects = projects_of(hosts, user=user, level=None, project=replace(TOOLS, visibility=visibility))

    assert projects.at("acme/tools", "main").sha == SHA


@pytest.mark.parametrize(
    ("visibility", "level", "readable"),
    [("public", None, True), ("internal", None, False), ("internal", 10, False), ("internal", 20, True)],
)
def test_an_external_user_includes_what_is_public_or_shared_with_them(hosts, visibility, level, readable):
    project = replace(TOOLS, visibility=visibility)
    projects = projects_of(hosts, user=replace(ADA, external=True), level=level, project=project)

    if readable:
        assert projects.at("acme/tools", "main").sha == SHA
    else:
        with pytest.raises(MissingProject):
            projects.at("acme/tools", "main")
        assert hosts.asked == []


def test_an_expired_membership_gives_no_right_to_read(hosts):
    directory = Directory.of(TOOLS)
    directory.members.join("project", TOOLS.id, ADA, 40, expires_at=TODAY)

    with pytest.raises(MissingProject):
        projects_of(hosts, directory=directory).at("acme/tools", None)


def test_a_moved_project_is_not_followed(hosts):
    class Renamed(Directory):
        def project_id(self, full_path):
            return TOOLS.id

    directory = Renamed.of(TOOLS, levels={ADA.id: 40})

    with pytest.raises(MissingProject):
        projects_of(hosts, directory=directory).at("acme/old-tools", None)


def test_an_unknown_ref_is_missing_and_looked_up_once(hosts, repository):
    projects = projects_of(hosts)

    for _ in range(2):
        with pytest.raises(MissingRef):
            projects.at("acme/tools", "deleted")
    assert repository.asked == ["deleted"]


def test_another_refusal_of_the_repository_is_raised(hosts, repository):
    def refuse(_revision):
        raise PipelineRefused("not now", code="unavailable")

    repository.find = refuse

    with pytest.raises(PipelineRefused, match="not now"):
        projects_of(hosts).at("acme/tools", None)


def test_the_login_of_the_remote_is_used(hosts):
    sealed = sealed_login(("ada", "secret"), TOOLS.id, TOOLS.import_url, Peppers(), bytes)
    projects_of(hosts, project=replace(TOOLS, import_login=sealed)).at("acme/tools", None)

    assert hosts.asked == [(TOOLS.import_url, ("ada", "secret"))]
