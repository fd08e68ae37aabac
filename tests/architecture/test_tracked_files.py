"""What is in the repository speaks of the project alone: no one's machine, no one's package registry."""

import re
import subprocess

from tests.architecture.sources import ROOT

REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian", "index" + "-url =")
HOMES = re.compile(r"(?<![\w.{}-])/(?:root|home/\w+|Users/\w+|work)/\w(?!\S*/-/)")
"""Home folders; `/root/widgets/-/pipelines` is the page of a project."""


def tracked():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def lines(pattern):
    """Places of the lines in which the pattern is found."""
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (f"{path.relative_to(ROOT)}:{text.count('\n', 0, m.start()) + 1}" for m in pattern.finditer(text))


def test_no_file_names_a_machine_or_a_registry():
    assert not list(lines(HOMES))
    assert not list(lines(re.compile("|".join(map(re.escape, REGISTRIES)))))


def test_no_work_is_left_as_a_note():
    notes = re.compile("#.*\\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + ")\\b")

    assert not [place for place in lines(notes) if place.partition(":")[0].endswith(".py")]
