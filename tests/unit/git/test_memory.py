from pullcord.git.commit_cache import CommitFiles, RecentlyUsed


def test_memory_forgets_what_was_not_used_for_longest():
    memory = RecentlyUsed(10)
    for key in ("a", "b"):
        memory.put(key, b"1234")
    memory.get("a")
    memory.put("c", b"1234")
    memory.put("d", b"12345678901")

    assert [memory.get(key) for key in "abcd"] == [b"1234", None, b"1234", None]


def test_facts_are_found_once_and_not_shared_between_remotes():
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
