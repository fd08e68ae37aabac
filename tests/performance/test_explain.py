"""How long `pullcord explain` takes, and how it grows.

The bounds are of the processor's time, twice what a quiet machine needs, so that they hold on a busy one.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import pytest
from configurations import configuration
from processes import measured, medians, repository

from pullcord.config.compiler import compile_pipeline
from pullcord_local.explain.contexts import context
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import WorkTree

pytestmark = pytest.mark.performance

COMMAND = [str(Path(sys.executable).with_name("pullcord")), "explain", "--format", "json"]
REPEATED = 5
GITLAB_CI_LOCAL_MEMORY = 162
"""MiB that gitlab-ci-local 4.75.1 needs for 1,000 jobs; `compare.py` measures it."""


@pytest.fixture(scope="module")
def explained(tmp_path_factory):
    """Medians by number of jobs. Every run has to answer with all of them."""
    folder = tmp_path_factory.mktemp("repositories")
    found = {}

    def run(jobs):
        if jobs not in found:
            place = repository(folder / str(jobs), jobs)
            found[jobs] = medians([measured(COMMAND, place) for _ in range(REPEATED)])
            assert len(json.loads((place / "output").read_bytes())["jobs"]) == jobs
        return found[jobs]

    return run


@pytest.mark.parametrize(("jobs", "seconds"), [(10, 0.12), (100, 0.14), (1000, 0.35)])
def test_a_configuration_is_explained_in_a_time(explained, jobs, seconds):
    assert explained(jobs).processor < seconds


def test_ten_times_the_jobs_take_no_more_than_eleven_times_as_long(explained):
    assert explained(10_000).processor < 11 * explained(1000).processor


def test_a_thousand_jobs_need_little_memory(explained):
    assert explained(1000).memory < 0.5 * GITLAB_CI_LOCAL_MEMORY


def test_a_usual_file_is_compiled_within_ten_milliseconds_once_all_is_loaded():
    text = configuration(20)

    seconds = statistics.median(compiling(text) for _ in range(20))

    assert seconds < 0.010


def test_the_trace_costs_at_most_a_fifth():
    text = configuration(300)
    compiling(text)

    with_trace, without = (
        min(compiling(text, trace=trace) for _ in range(7)) for trace in (True, False)
    )  # the best of some runs, since others use the machine, too

    assert with_trace < 1.2 * without


def compiling(text, *, trace=True):
    start = time.process_time()
    plan = compile_pipeline(text, ".gitlab-ci.yml", context(Situation()), WorkTree(Path()), trace=trace)
    assert plan.outcome == "planned"
    return time.process_time() - start
