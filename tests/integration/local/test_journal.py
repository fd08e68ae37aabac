"""The journal of the tables, beside a running stack."""

import json

from pullcord_local.dynamodb.items import item_ref
from pullcord_local.persistence import journal
from pullcord_local.persistence.journal import Journal


def test_a_journal_that_has_grown_too_long_is_compacted(tmp_path, monkeypatch, operator, outputs):
    monkeypatch.setattr(journal, "COMPACT_GROWTH", 1)
    monkeypatch.setattr(journal, "COMPACT_SLACK_BYTES", 2000)
    stored = Journal(tmp_path / "tables.jsonl")
    stored.load()
    key = {"pk": {"S": "journal"}, "sk": {"S": "1"}}
    limit, database = stored.limit, operator("dynamodb")
    for number in range(100):
        database.put_item(TableName=outputs["Things"], Item=key | {"n": {"N": str(number)}})
        stored.append([item_ref(outputs["Things"], key)])
    stored.close()

    assert (tmp_path / "tables.jsonl").stat().st_size < limit + 1000
    changes = [json.loads(line)[0] for line in (tmp_path / "tables.jsonl").read_text().splitlines()]
    assert [item["n"] for _, found, item in changes if found == key][-1] == {"N": "99"}
