import pytest
from hypothesis import given
from hypothesis import strategies as some

from pullcord.git import Limits, RepositoryUnavailable
from pullcord.git.listing import Listing, list_files
from pullcord.git.objects import name_of
from pullcord.git.refusals import Malformed


def test_files_of_a_tree_that_contains_itself_many_times_over_are_counted_and_refused():
    objects = {}
    below = name_of("blob", b"")
    entry = b"100644"
    for _ in range(12):
        content = b"".join(entry + b" %d\0" % number + bytes.fromhex(below) for number in range(10))
        below, entry = name_of("tree", content), b"40000"
        objects[below] = content

    with pytest.raises(RepositoryUnavailable, match="it has more than 5000 files and folders"):
        list_files(below, lambda _, sha: objects[sha], Limits(files=5000))


def test_a_path_that_is_too_long_is_malformed():
    objects = {}
    below = name_of("blob", b"")
    for depth in range(100):
        content = (b"40000 " if depth else b"100644 ") + b"x" * 100 + b"\0" + bytes.fromhex(below)
        below = name_of("tree", content)
        objects[below] = content

    with pytest.raises(Malformed):
        list_files(below, lambda _, sha: objects[sha], Limits())


@given(
    some.dictionaries(
        some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), some.booleans()
    )
)
def test_a_listing_survives_the_cache(paths):
    listing = Listing({path: ("160000" if module else "100644", "1" * 40) for path, module in paths.items()})

    assert Listing.decode(listing.encode()) == listing


@pytest.mark.parametrize("content", [b"", b"x", b"x\x9c\x03\x00"])
def test_an_invalid_listing_is_malformed(content):
    with pytest.raises(Malformed):
        Listing.decode(content)
