"""README.md, docs/ and the other pages for people: no dead links, and tables that name all that there is."""

import re
import tomllib

import pytest

from pullcord.aws import keys
from tests.architecture.sources import ROOT
from tests.template.stack import TEMPLATE

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
MAX_FRONT_PAGE_LINES = 150


def anchors(text):
    """The anchors that GitLab and GitHub give to headings."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_there(page, target):
    name, _, heading = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not heading or heading in anchors(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not is_there(page, target)] == []


def test_the_front_page_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= MAX_FRONT_PAGE_LINES


def rows(name, title):
    """The first cells of the table below a heading, each a set of its names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    table = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)[1:]
    return [set(re.findall(r"[\w#@/.*-]+", cell)) for cell in table if not cell.startswith("---")]


def test_every_parameter_of_the_template_is_documented():
    assert set.union(*rows("docs/operate.md", "Configure")) == TEMPLATE["Parameters"].keys()


def test_every_package_has_its_reason():
    groups = [PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()]
    declared = {re.split(r"[\[<>=~ ]", line)[0] for group in groups for line in group if isinstance(line, str)}

    assert set.union(*rows("docs/architecture.md", "Packages")) == declared - {"urllib3"}


def test_every_partition_key_of_the_tables_is_documented():
    shown = {name.partition("#")[0] for cell in rows("docs/architecture.md", "Tables") for name in cell if "#" in name}

    assert set(re.findall(r"^ +([a-z]+)#", keys.__doc__, re.MULTILINE)) == shown
