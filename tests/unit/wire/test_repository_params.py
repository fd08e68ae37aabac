"""Parameters of lists of branches and tags."""

from pullcord.wire.params import read_params
from pullcord.wire.repository_params import RefListParams
from tests.unit.wire.calls import query_call


def test_the_list_of_refs_can_be_searched():
    assert read_params(RefListParams, query_call("search=a")).search == "a"
    assert read_params(RefListParams, query_call("")).search is None
