"""A process that is killed while many threads write: everything that was answered must be there afterwards.

Usage: python -m tests.integration.local.crashing [KILLS]
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

from pullcord_local.persistence.store import Store

THREADS = 8
TABLE = "Things"


class Count(NamedTuple):
    """Writes that were answered, and those of them that were not found again."""

    answered: int
    lost: int


def database(path):
    """The answering function of an embedded DynamoDB with one table, on the file at a path."""
    from pullcord_local.account import isolate

    isolate()
    from pullcord_local.aws_calls import moto_services
    from pullcord_local.aws_calls.call import json_call
    from pullcord_local.dynamodb.database import Database

    moto_services.reset()
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    types = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    schema = {"TableName": TABLE, "KeySchema": keys, "AttributeDefinitions": types, "BillingMode": "PAY_PER_REQUEST"}
    moto_services.answer(json_call("dynamodb", "DynamoDB_20120810.CreateTable", schema))
    created = Database(Store(path))

    def answer(operation, parameters):
        return created.answer(json_call("dynamodb", f"DynamoDB_20120810.{operation}", parameters))

    return answer


def put(pk, sk):
    return {"TableName": TABLE, "Item": {"pk": {"S": pk}, "sk": {"S": sk}, "text": {"S": "x" * 500}}}


def write(path, run):
    """Write until killed: single items and pairs in a transaction; a line on standard output after each answer."""
    answer = database(path)

    def work(thread):
        number = 0
        while True:
            key, number = f"{run}-{thread}-{number}", number + 1
            if number % 2:
                status = answer("PutItem", put("single", key)).status
            else:
                pair = [{"Put": put(half, key)} for half in ("left", "right")]
                status = answer("TransactWriteItems", {"TransactItems": pair}).status
            assert status == 200, status
            os.write(1, f"{'single' if number % 2 else 'pair'} {key}\n".encode())

    for thread in range(THREADS):
        threading.Thread(target=work, args=(thread,), daemon=True).start()
    threading.Event().wait()


def kill_while_writing(path, run, chance):
    """Start a writer, kill it in the middle; the answered writes, as (kind, key)."""
    command = [sys.executable, "-m", "tests.integration.local.crashing", "--write", str(path), str(run)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
    lines = [process.stdout.readline() for _ in range(chance.randint(1, 300))]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    whole = (b"".join(lines) + rest).split(b"\n")[:-1]
    return [tuple(line.decode().split()) for line in whole]


def check(path, answered):
    """Count the answered writes and the lost ones. Fails if a transaction has taken effect in part."""
    store = Store(path)
    halves = {}
    for pk in ("single", "left", "right"):
        rows = store.rows("SELECT sk FROM items WHERE tbl = ? AND pk = ?", (TABLE, pk.encode()))
        halves[pk] = {sk.decode() for (sk,) in rows}
    assert store.one("PRAGMA integrity_check") == ("ok",)
    store.close()
    assert halves["left"] == halves["right"]
    found = {"single": halves["single"], "pair": halves["left"]}
    return Count(len(answered), sum(key not in found[kind] for kind, key in answered))


def crash(path, kills, seed=0):
    """Kill a writer so many times, each time starting on what the last one has left; what was answered and lost."""
    chance, answered = random.Random(seed), []
    for run in range(kills):
        answered += kill_while_writing(path, run, chance)
    return check(path, answered)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), sys.argv[3])
    else:
        with tempfile.TemporaryDirectory() as folder:
            count = crash(Path(folder, "pullcord.db"), int((sys.argv[1:] or ["200"])[0]))
            sys.stdout.write(f"{count.answered} answered, {count.lost} lost\n")
