"""Configurations as text, checked."""

import pytest

from pullcord.config import entries
from pullcord.config.compiler import merge_texts
from pullcord.config.context import Context


@pytest.fixture
def check():
    """The checked configuration of a text that includes nothing."""
    return lambda text: entries.check(merge_texts(text, None, Context(), None).content)


@pytest.fixture
def messages(check):
    """Everything that is wrong with a text."""
    return lambda text: [problem.message for problem in check(text).errors]


@pytest.fixture
def wrong_with(messages):
    """Everything that is wrong with a keyword of the job `a`, without the location of the job."""
    return lambda keyword: [
        message.removeprefix("jobs:a").lstrip(" :") for message in messages(f"a: {{script: s, {keyword}}}")
    ]


@pytest.fixture
def job(check):
    """The checked job `a`, by the keyword that stands beside its script."""
    return lambda keyword: job_named("a", check(f"a: {{script: s, {keyword}}}"))


@pytest.fixture
def named():
    """A job of a checked configuration."""
    return job_named


def job_named(name, checked):
    assert not checked.errors
    return next(job for job in checked.jobs if job.name == name)
