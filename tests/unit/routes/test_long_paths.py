"""Long paths: read in time linear to their length, or not at all."""

import pytest

from pullcord.errors import PathTooLong
from pullcord.routes import paths
from tests.counting import growth, steps

BASE = "/api/v4/projects/"


def test_long_paths_are_read():
    paths.canonical(BASE + "a/" * 4000)
    paths.canonical(BASE + "a/ref/" * 1300 + "trigger/pipeline")
    paths.canonical(BASE + "a%2F" * 2000 + "/trigger/pipeline")


@pytest.mark.parametrize("text", ["ref/", "a/ref/", "repository/x/", "a/triggers/"])
def test_a_path_that_fits_nothing_takes_steps_in_proportion_to_its_length(text):
    short, long = (steps(lambda times=times: paths.canonical(BASE + text * times + "end")) for times in (150, 600))

    assert long < 5 * short


def test_a_ref_that_goes_nowhere_takes_time_in_proportion_to_its_length():
    assert growth(*(lambda path=BASE + "a/ref/" * times + "end": paths.canonical(path) for times in (100, 800))) < 24


def test_a_path_that_is_too_long_is_not_looked_at():
    longest = BASE + "a" * (paths.MAX_LENGTH - len(BASE))

    assert paths.canonical(longest) == longest
    assert steps(lambda: refused(longest + "a" * 100_000)) < 1000
    assert paths.route_of("GET", longest + "a") is None


def refused(path):
    with pytest.raises(PathTooLong):
        paths.parsed(path)


# One after the other: a path that fits nothing, one of owners without end, one of the refs, of dots, of encodings.
@pytest.mark.parametrize(
    "make",
    [
        lambda n: BASE + "%2fa" * n + "/ref/a" * (n // 2) + "!",
        lambda n: BASE + "a%2fb" + "/ref/a" * n + "/trigger/pipeline",
        lambda n: BASE + "a/trigger/pipeline/" * n,
        lambda n: BASE + "a/ref/" * n + "trigger",
        lambda n: BASE + "a/b/repository/branches/" * n,
        lambda n: BASE + "1/triggers/" + "." * n,
        lambda n: "/api/v4/user" + ".json" * n,
        lambda n: "/" * n + "api/v4/user",
        lambda n: BASE + "%" * n,
        lambda n: BASE + "%25" * n + "/triggers",
        lambda n: "/api/v4/groups/" + "a/members/" * n + "!",
        lambda n: "/api/v4/groups/" + "a/variables/b/" * n,
        lambda n: BASE + "-" * n + "/jobs",
    ],
)
def test_time_is_in_proportion_to_the_length_of_a_path(make, monkeypatch):
    monkeypatch.setattr(paths, "MAX_LENGTH", 10**9)
    once, twice, four_times = (steps(lambda n=n: paths.route_of("GET", make(n))) for n in (100, 200, 400))

    assert twice < 2.5 * once + 1000
    assert four_times < 2.5 * twice + 1000
    assert growth(*(lambda n=n: paths.route_of("GET", make(n)) for n in (500, 4000))) < 24
