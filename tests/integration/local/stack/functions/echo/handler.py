"""Answers with what it was asked, or as the query asks it to answer."""

import os
import sys
import time
from pathlib import Path

import shared_words


def handle(event, _context):
    wish = event.get("queryStringParameters", {})
    if "sleep" in wish:
        time.sleep(float(wish["sleep"]))
    while "wait_for" in wish and not Path(wish["wait_for"]).exists():
        time.sleep(0.01)
    if "write" in wish:
        Path(wish["write"]).touch()
    if "exit" in wish:
        os._exit(int(wish["exit"]))
    if "raise" in wish:
        raise ValueError(wish["raise"])
    if "cookies" in wish:
        return {"statusCode": 201, "cookies": ["a=1", "b=2"], "headers": {"X-Made": "yes"}, "body": "made"}
    if "binary" in wish:
        return {"statusCode": 200, "isBase64Encoded": True, "headers": {"content-type": "image/png"}, "body": "AP8="}
    if "plain" in wish:
        return wish["plain"]
    environment = {name: os.environ[name] for name in ("GREETING", "WORDS", "TABLE_OF_OTHERS", "AWS_ACCESS_KEY_ID")}
    return {
        "event": event,
        "environment": environment,
        "layer": shared_words.MARK,
        "pid": os.getpid(),
        "foreign": "HOME" in os.environ or "pullcord_local" in sys.modules,
    }
