from pullcord.git.commit_cache import CommitFiles, RecentlyUsed


def test_the_least_recently_used_entry_is_discarded():
    memory = RecentlyUsed(10)
    for key in ("a", "b"):
        memory.put(key, b"1234")
    memory.get("a")
    memory.put("c", b"1234")
    memory.put("d", b"12345678901")

    assert [memory.get(key) for key in "abcd"] == [b"1234", None, b"1234", None]


def test_an_entry_is_computed_once_for_each_remote():
    class Shelf(dict):
        def put(self, key, content):
            self[key] = content

    shelf, found = Shelf(), []

    def find():
        found.append(1)
        return b""

    for remote in ("https://one.example/a", "https://one.example/a", "https://two.example/a"):
        assert CommitFiles(remote, shelf, RecentlyUsed(0)).get_or_fetch("x", find) == b""
    assert (len(found), len(shelf)) == (2, 2)
