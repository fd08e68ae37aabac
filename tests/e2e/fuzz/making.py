"""Random requests out of the description: some as described, some not at all."""

import json
from random import Random
from urllib.parse import quote, urlencode

from tests.e2e.fuzz.described import OPERATIONS, Operation, resolved
from tests.e2e.fuzz.world import World
from tests.e2e.talking import request

HUGE = "9" * 400
# texts that somebody once forgot to think of
TEXTS = [
    "", " ", "0", "-1", "1", "00", "1e9", "1.5", "true", "null", "NaN", HUGE, str(2**53), str(2**63), str(-(2**63)), "٣",
    "main", "refs/heads/main", "..", "../..", "%2F", "%00", "%zz", "a/b", "\\", "'\"", "<b>&", "$CI_COMMIT_REF_NAME",
    "é", "👍", "\u202e", "\ud800", "\0", "\x7f", "\r\nX-Forged: 1", "x" * 300, "é" * 1100, "x" * 5000, "[" * 200, "{}", "[]",
    '{"a":[1]}', '"\\ud800"', "1e999", "2026-03-01", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "http://169.254.169.254/", "file:///etc/passwd", "https://example.com/a.git", "ada", "root", "ada@example.com", "self", "all",
]  # fmt: skip
ODD = [None, True, False, 0, -1, 1.5, 2**63, 10**400, [], {}, [1], {"a": {"b": [None]}}, [[[[[]]]]], {"": ""}, "text"]
NAMES = [
    "a[",
    "a]",
    "a[]",
    "a[][b]",
    "a[b]",
    "a[b][]",
    "[]",
    "[a]",
    "",
    "a[b[c]]",
    "variables[A]",
    "variables[]",
    "inputs[a][b]",
    "ref",
    "id",
    "scope[]",
    "scope[a]",
    "page",
    "sudo",
]
MEDIA = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]
ODD_MEDIA = [
    "",
    "text/plain",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "application/vnd.api+json",
    "application/xml",
    'multipart/form-data; boundary="',
    ";",
]


class Maker:
    """Makes requests. The same seed and world make the same ones."""

    def __init__(self, seed: int, world: World) -> None:
        self.random = Random(seed)
        self.world = world

    def one(self) -> bytes:
        """One request."""
        operation = self.random.choice(OPERATIONS)
        method = (
            operation.method
            if self.chance(0.97)
            else self.random.choice(["HEAD", "PATCH", "OPTIONS", "DELETE", "PUT", "x"])
        )
        target = f"/api/v4{self.path(operation)}{self.query(operation)}"
        media, body = self.body(operation) if method not in {"GET", "HEAD"} or self.chance(0.05) else ("", b"")
        return request(method, target, self.headers(operation, media, body), body)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def path(self, operation: Operation) -> str:
        path = operation.path
        for one in operation.parameters:
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", self.segment(operation, one["name"]), 1)
        return path

    def segment(self, operation: Operation, name: str) -> str:
        if self.chance(0.15):
            return self.quoted(self.random.choice(TEXTS)) or "0"
        return self.random.choice(self.world.known(operation.path, name))

    def quoted(self, text: str) -> str:
        """Encoded, one way or another."""
        return quote(text, safe=self.random.choice(["", "/", "/:@"]), errors="surrogatepass")

    def query(self, operation: Operation) -> str:
        pairs = [
            (one["name"], self.text(one["name"]) if self.chance(0.5) else self.as_described(one["schema"]))
            for one in operation.parameters
            if one["in"] == "query" and self.chance(0.25)
        ]
        if self.chance(0.1):
            pairs.append((self.random.choice(NAMES), self.random.choice(TEXTS)))
        if self.chance(0.02):
            pairs.append((self.random.choice(["private_token", "access_token"]), self.random.choice(self.world.tokens)))
        return "?" + urlencode([(name, text) for name, text in pairs], errors="surrogatepass") if pairs else ""

    def text(self, name: str) -> str:
        known = self.world.values.get(name)
        return self.random.choice(known) if known and self.chance(0.8) else self.random.choice(TEXTS)

    def headers(self, operation: Operation, media: str, body: bytes) -> dict[str, str]:
        headers = {"Host": "pullcord.test", "Connection": "close"}
        token = self.world.root if self.chance(0.6) else self.random.choice(self.world.tokens)
        if self.chance(0.9):
            headers |= {"PRIVATE-TOKEN": token} if self.chance(0.8) else {"Authorization": f"Bearer {token}"}
        for one in operation.parameters:
            if one["in"] == "header" and self.chance(0.2):
                headers[one["name"]] = printable(
                    self.text(one["name"]) if self.chance(0.5) else one.get("example", "k")
                )
        if media:
            headers["Content-Type"] = media
        if body or self.chance(0.5):
            headers["Content-Length"] = str(len(body))
        return headers

    def body(self, operation: Operation) -> tuple[str, bytes]:
        """A media type and a body of it, or of another."""
        if operation.body is None and self.chance(0.8):
            return "", b""
        sent = self.members(operation)
        media = self.random.choice(MEDIA)
        written = {0: as_json, 1: as_form, 2: as_parts}[MEDIA.index(media)](sent)
        if self.chance(0.05):
            media = self.random.choice([*ODD_MEDIA, *MEDIA])
        return media, written[: self.random.randrange(len(written) + 1)] if self.chance(0.05) else written

    def members(self, operation: Operation) -> dict[str, object]:
        schema = (operation.body or {}).get("content", {}).get("application/json", {}).get("schema", {})
        found = resolved(schema)
        sent = {
            name: self.member(name, part)
            for name, part in found.get("properties", {}).items()
            if self.chance(0.95 if name in found.get("required", ("token", "ref")) else 0.3)
        }
        if self.chance(0.1):
            sent[self.random.choice(NAMES)] = self.random.choice([*ODD, *TEXTS])
        return sent

    def member(self, name: str, schema: dict) -> object:
        if self.chance(0.1):
            return self.random.choice(ODD)
        if self.chance(0.25) and "properties" not in schema:
            return self.text(name)
        known = self.world.values.get(name)
        return self.random.choice(known) if known else self.as_described(schema)

    def as_described(self, schema: dict) -> object:
        """A value that fits, as far as one can say quickly."""
        schema = resolved(schema)
        if "anyOf" in schema:
            return self.as_described(self.random.choice(schema["anyOf"]))
        if "enum" in schema or "const" in schema:
            return self.random.choice(schema.get("enum") or [schema["const"]])
        match schema.get("type"):
            case "integer":
                return self.random.choice([1, 2, 10, 30, 40, 50, 100, self.world.user["id"]])
            case "boolean":
                return self.random.choice([True, False, "1", "no"])
            case "array":
                return [self.as_described(schema["items"]) for _ in range(self.random.randrange(3))]
            case "object":
                return {
                    self.random.choice(
                        ["A", "B_1", "env", "debug", "n", "list", "word", "LEVEL", "TRIGGER_PAYLOAD", "é", ""]
                    ): self.random.choice(TEXTS)
                    for _ in range(self.random.randrange(4))
                }
            case "null":
                return None
        dated = schema.get("format") in {"date", "date-time"}
        return (
            self.random.choice(["2026-12-01", "2030-01-01T00:00:00Z"])
            if dated
            else f"word{self.random.randrange(10**6)}"
        )


def printable(text: str) -> str:
    """What a header may hold."""
    return "".join(character for character in text if character.isprintable() and not "\ud800" <= character <= "\udfff")


def flat(sent: dict[str, object], name: str = "") -> list[tuple[str, object]]:
    """Names in brackets and their values, as forms have them."""
    pairs: list[tuple[str, object]] = []
    for key, value in sent.items():
        full = f"{name}[{key}]" if name else str(key)
        if isinstance(value, dict):
            pairs += flat(value, full)
        elif isinstance(value, list):
            pairs += [(f"{full}[]", one) for one in value]
        else:
            pairs.append((full, value))
    return pairs


def as_json(sent: dict[str, object]) -> bytes:
    return json.dumps(sent).encode()


def as_form(sent: dict[str, object]) -> bytes:
    return urlencode(
        [
            (name.encode("utf-8", "surrogatepass"), str(value).encode("utf-8", "surrogatepass"))
            for name, value in flat(sent)
        ]
    ).encode()


def as_parts(sent: dict[str, object]) -> bytes:
    parts = (f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in flat(sent))
    return ("".join(parts) + "--b--\r\n").encode("utf-8", "surrogatepass")
