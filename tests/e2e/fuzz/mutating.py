"""Recorded requests of real clients with bytes changed, lost, doubled and swapped."""

import re
from random import Random

from tests.e2e.clients.replaying import RECORDED, REQUESTS
from tests.e2e.fuzz.world import World

# what parsers stumble over
SPLINTERS = [
    b"%", b"%00", b"%2F", b"%ff", b"%u0041", b"&", b"=", b"[", b"]", b"[]", b"[a]", b";", b"+", b"..", b"//", b"?", b"#",
    b'"', b"\\", b"\\u0000", b"\\ud800", b"{", b"}", b"[[[[[[[[", b":", b",", b"null", b"true", b"1e999", b"-1", b"9" * 40, b"NaN",
    b"\0", b"\x80", b"\xff\xfe", b"\xc3", b"\r\n", b"\r\n\r\n", b"--", b"\t", b" ", "é".encode(), "\u2028".encode(),
    b"Content-Type: application/json\r\n", b"Transfer-Encoding: chunked\r\n", b"PRIVATE-TOKEN: x\r\n", b"A" * 2000,
]  # fmt: skip


class Mutator:
    """Makes requests. The same seed and world make the same ones."""

    def __init__(self, seed: int, world: World) -> None:
        self.random = Random(seed)
        self.world = world
        raws = ((REQUESTS / f"{name}.http").read_bytes() for name in RECORDED)
        self.recorded = [
            one.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) for one in raws if b"Connection: close" not in one
        ]

    def fitted(self, raw: bytes) -> bytes:
        world = self.world
        ours = {
            b"/projects/group%2Fproj": f"/projects/{world.values['project'][2]}",
            b"/projects/1/": f"{world.at}/",
            b"/triggers/10": f"/triggers/{world.trigger['id']}",
            b"/pipelines/101": f"/pipelines/{world.pipeline['id']}",
            b"/jobs/1000": f"/jobs/{world.job['id']}",
            b"glptt-tok": world.trigger["token"],
            b"glpat-secret": world.root,
        }
        for theirs, own in ours.items():
            raw = raw.replace(theirs, own.encode())
        return raw

    def one(self) -> bytes:
        """One request; nearly always with the length that it says."""
        raw = self.fitted(self.random.choice(self.recorded))
        head, _, body = raw.partition(b"\r\n\r\n")
        for _ in range(self.random.choice([0, 1, 1, 1, 2, 3, 8])):
            if body and self.random.random() < 0.6:
                body = self.changed(body)
            else:
                head = self.changed(head)
        if self.random.random() < 0.97:
            head = re.sub(rb"(?i)(\r\ncontent-length: )\d+", rb"\g<1>" + str(len(body)).encode(), head)
        return head + b"\r\n\r\n" + body

    def changed(self, text: bytes) -> bytes:
        """One change somewhere."""
        at = self.random.randrange(len(text) + 1)
        end = min(len(text), at + self.random.choice([1, 1, 2, 5, 20]))
        match self.random.randrange(6):
            case 0:
                return text[:at] + bytes([self.random.randrange(256)]) + text[at + 1 :]
            case 1:
                return text[:at] + text[end:]
            case 2:
                return text[:at] + text[at:end] * self.random.choice([2, 3, 50]) + text[end:]
            case 3:
                other = self.random.choice(self.recorded)
                begin = self.random.randrange(len(other))
                return text[:at] + other[begin : begin + self.random.randrange(40)] + text[end:]
            case 4:
                return text[:at] + text[at:end].swapcase()[::-1] + text[end:]
        return text[:at] + self.random.choice(SPLINTERS) + text[at:]
