"""The files that the compiler may read for one pipeline."""

from copy import replace
from dataclasses import dataclass

import pytest

from pullcord.config.context import MissingProject, MissingRef
from pullcord.errors import PipelineRefused
from pullcord.usecases.pipelines.checkout import Checkout
from pullcord.usecases.pipelines.other_projects import OtherProjects
from pullcord.usecases.pipelines.remote_files import RemoteFiles
from pullcord.usecases.pipelines.sources import Sources
from tests.unit.usecases.fakes import ADA, SHA, TODAY, WIDGETS, Peppers
from tests.unit.usecases.hosts import GitHosts, Repository
from tests.unit.usecases.stores import Directory

TOOLS = replace(WIDGETS, id=8, path="tools", import_url="https://git.example.test/tools.git", visibility="public")
URL = "https://ci.example.com/a.yml"


@dataclass
class Page:
    text: str
    failure: str = ""


@pytest.fixture
def own():
    return Repository({"ci.yml": "own", "bom.yml": "\ufefftext"})


@pytest.fixture
def sources(own):
    hosts = GitHosts({TOOLS.import_url: Repository({"tool.yml": "tool"})}, {URL: [Page("page")]}, seconds_left=13)
    projects = OtherProjects(ADA, Directory.of(TOOLS), hosts, Peppers(), TODAY)
    return Sources(Checkout.of(own, "main"), projects, RemoteFiles(hosts, lambda _seconds: None))


def test_files_are_read_at_the_pipelines_commit(sources):
    assert sources.file("ci.yml") == "own"
    assert sources.file("missing.yml") is None
    assert sources.paths() == ["ci.yml", "bom.yml"]


def test_a_byte_order_mark_is_removed(sources):
    assert sources.file("bom.yml") == "text"


def test_files_of_another_project(sources):
    assert sources.file("tool.yml", "acme/tools") == "tool"
    assert sources.file("tool.yml", "acme/tools", "v1.0") == "tool"
    assert sources.file("ci.yml", "acme/tools") is None
    assert sources.paths("acme/tools", "main") == ["tool.yml"]


def test_a_missing_project_or_ref_is_raised(sources):
    with pytest.raises(MissingProject):
        sources.file("tool.yml", "acme/nothing")
    with pytest.raises(MissingRef):
        sources.paths("acme/tools", "deleted")


def test_remote_files_are_fetched_once(sources):
    assert sources.remote(URL) == sources.remote(URL) == "page"


def test_there_are_no_templates(sources):
    assert sources.template("Bash.gitlab-ci.yml") is None


def test_without_a_ref_to_compare_with_the_changes_are_unknown(sources):
    assert sources.changes() is None


def test_changes_are_counted_since_another_ref(sources, own):
    compared = []
    own.changed = lambda base, head: compared.append((base, head)) or frozenset({"ci.yml"})

    assert sources.changes("v1.0") == {"ci.yml"}
    assert compared == [(SHA, SHA)]
    assert own.asked == ["main", "v1.0"]


def test_an_unknown_ref_to_compare_with_is_missing(sources):
    with pytest.raises(MissingRef):
        sources.changes("deleted")


def test_another_refusal_of_the_repository_is_raised(sources, own):
    def refuse(_revision):
        raise PipelineRefused("not now", code="unavailable")

    own.find = refuse

    with pytest.raises(PipelineRefused, match="not now"):
        sources.changes("v1.0")
