"""The files of former versions, taken over into the database."""

import json

import pytest

from pullcord_local.persistence.folder import Folder
from pullcord_local.persistence.former_files import JOURNAL, SECRETS

KEY = {"pk": {"S": "a"}, "sk": {"S": "1"}}
OTHER = {"pk": {"S": "a"}, "sk": {"S": "2"}}


def line(*changes):
    return json.dumps([["Things", key, item] for key, item in changes]) + "\n"


@pytest.fixture
def former(tmp_path):
    """A data folder of a former version with these lines in its journal."""

    def make(text):
        (tmp_path / JOURNAL).write_text(text)
        secret = {"versions": {"v": {"secret_string": "pepper"}}, "current": "v"}
        (tmp_path / SECRETS).write_text(json.dumps({"Pepper": secret}))
        stored = tmp_path / "objects" / "bucket" / "5f"
        stored.parent.mkdir(parents=True)
        stored.with_suffix(".new").write_bytes(b"{")
        metadata = {"content-type": "text/x", "x-amz-meta-m": "1", "x-amz-content-sha256": "2c"}
        stored.write_bytes(json.dumps({"key": "ä b", "metadata": metadata, "etag": '"5d"'}).encode() + b"\nhello\nyou")
        return tmp_path

    return make


def items(folder):
    return [json.loads(row[0]) for row in folder.store.rows("SELECT item FROM items ORDER BY pk, sk")]


def test_items_secrets_and_objects_are_taken_over_and_the_files_deleted(former):
    folder = Folder(
        former(line((KEY, KEY | {"n": {"N": "1"}})) + line((KEY, KEY), (OTHER, OTHER)) + line((OTHER, None)))
    )

    assert items(folder) == [KEY]
    assert json.loads(folder.store.one("SELECT state FROM secrets WHERE name = 'Pepper'")[0])["current"] == "v"
    bucket, key, head, content = folder.store.one("SELECT * FROM objects")
    assert (bucket, key.decode(), content) == ("bucket", "ä b", b"hello\nyou")
    assert json.loads(head)["headers"] == {"content-type": "text/x", "x-amz-meta-m": "1"}
    assert sorted(path.name for path in folder.path.iterdir()) == ["lock", "pullcord.db", "pullcord.db-wal"]


@pytest.mark.parametrize(
    "damaged", [line((KEY, KEY)) + '[["Things",{"pk"', '[["Things",{"p' + line((OTHER, OTHER)) + line((KEY, KEY))]
)
def test_a_line_that_a_full_disk_has_cut_is_left_out_with_a_word(former, capsys, damaged):
    folder = Folder(former(damaged))

    assert items(folder) == [KEY]
    assert "of tables.jsonl is incomplete and left out\n" in capsys.readouterr().err


def test_what_was_written_since_stays_if_the_files_could_not_be_deleted(former):
    folder = Folder(former(line((KEY, KEY))))
    with folder.store.transaction() as connection:
        connection.execute("DELETE FROM items")
    folder.close()
    (folder.path / JOURNAL).write_text(line((KEY, KEY)))

    assert items(Folder(folder.path)) == []
