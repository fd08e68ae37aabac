"""The journal of the tables, beside a running stack."""

import json

from pullcord_local.dynamodb.rows import place
from pullcord_local.persistence import journal
from pullcord_local.persistence.journal import Journal


def test_a_journal_that_has_grown_too_long_is_begun_anew(tmp_path, monkeypatch, operator, outputs):
    monkeypatch.setattr(journal, "GROWTH", 1)
    monkeypatch.setattr(journal, "SLACK", 2000)
    kept = Journal(tmp_path / "tables.jsonl")
    kept.load()
    key = {"pk": {"S": "journal"}, "sk": {"S": "1"}}
    limit, database = kept.limit, operator("dynamodb")
    for number in range(100):
        database.put_item(TableName=outputs["Things"], Item=key | {"n": {"N": str(number)}})
        kept.append([place(outputs["Things"], key)])
    kept.close()

    assert (tmp_path / "tables.jsonl").stat().st_size < limit + 1000
    changes = [json.loads(line)[0] for line in (tmp_path / "tables.jsonl").read_text().splitlines()]
    assert [item["n"] for _, found, item in changes if found == key][-1] == {"N": "99"}
