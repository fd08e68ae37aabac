"""Hosts that nobody may be made to connect to, in every spelling that some library somewhere understands."""

import ipaddress
import itertools

INSIDE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "192.0.0.192", "168.63.129.16", "198.18.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
INSIDE_IPV6 = [
    "::", "::1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "ff02::1", "ff0e::1",
    "100::1", "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "64:ff9b:1::1",
    "2620:4f:8000::1", "4000::1", "fe80::1234:5678",
]  # fmt: skip


def embedded(address: str) -> list[str]:
    """The IPv6 addresses that mean an IPv4 one: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP."""
    number = int(ipaddress.IPv4Address(address))
    high, low = number >> 16, number & 0xFFFF
    turned_high, turned_low = high ^ 0xFFFF, low ^ 0xFFFF
    return [
        f"::ffff:{address}",
        f"::ffff:{high:x}:{low:x}",
        f"::{address}",
        f"::ffff:0:{high:x}:{low:x}",
        f"64:ff9b::{high:x}:{low:x}",
        f"64:ff9b:1::{high:x}:{low:x}",
        f"2002:{high:x}:{low:x}::1",
        f"2001:0:4136:e378:8000:63bf:{turned_high:x}:{turned_low:x}",
        f"2606:4700::5efe:{high:x}:{low:x}",
        f"2606:4700::200:5efe:{high:x}:{low:x}",
    ]


def respelled(address: str) -> list[str]:
    """Decimal, octal, hexadecimal, short and decorated spellings of an IPv4 address."""
    first, second, third, fourth = address.split(".")
    number = int(ipaddress.IPv4Address(address))
    rest = number & 0xFFFFFF
    return [
        str(number), hex(number), hex(number).upper(), f"0{number:o}", f"0x{number:08x}.", str(number + 2**32),
        ".".join(hex(int(part)) for part in address.split(".")), ".".join(f"0{int(part):o}" for part in address.split(".")),
        ".".join(part.zfill(3 + len(part)) for part in address.split(".")), f"{first}.{rest}", f"0x{int(first):x}.{rest}",
        f"{first}.{second}.{rest & 0xFFFF}", f"{first}.{second}.{third}.0x{int(fourth):x}", f"{address}..", f".{address}",
        f"{address}%00", f"{address}%20", f"{address}\u3002", "".join(chr(0x2460 + int(d) - 1) if d not in "0." else d for d in address),
        "".join(chr(0xFF10 + int(d)) if d != "." else "\uff0e" for d in address), f"[{address}]", f"0{address}", f"{address}.0",
    ]  # fmt: skip


ODD_IPV6 = [
    "[::1%25lo]", "[fe80::1%25eth0]", "[::1", "::1]", "[[::1]]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::ffff:0x7f000001]", "[::127.1]", "[v1.::1]", "[::1]x", "[]", "[:]", "[::ffff:127.0.0.1.]", "::1", "[::1]:0", "[::1]:65536",
]  # fmt: skip
ODD_NAMES = [
    "", ".", "..", "a..b", "-a.example", "a-.example", "exa mple.com", "exa\tmple.com", "example.com\r\nX: y", "example.com\0",
    "ex\u00e4mple.com", "example.com\\@127.0.0.1", "example.com%2f@127.0.0.1", "example.com%00.evil", "localhost:99999",
    "example.com:-1", "example.com:0", "example.com:port", "example.com:4 43", "a" * 64 + ".com", "a." * 130 + "com", "1.2.3.0x4",
    "example.123", "example.0x7f", "*", "example.com:443:443", "ex@mple@:", "localhost%23", "\u24e1\u24da.example", "\u00ad.example",
]  # fmt: skip

MISSPELLED = [*itertools.chain.from_iterable(map(respelled, INSIDE)), *ODD_IPV6[:5], *ODD_IPV6[7:], *ODD_NAMES]
ADDRESSES = [*INSIDE, *INSIDE_IPV6, *itertools.chain.from_iterable(map(embedded, INSIDE))]


def literal(address: str) -> str:
    """As it stands in a URL."""
    return f"[{address}]" if ":" in address else address


URLS = [f"https://{host}/a.git" for host in (*MISSPELLED, *map(literal, ADDRESSES))]
SCHEMES = [
    "http://git.example.com/a.git", "git://git.example.com/a.git", "ssh://git@git.example.com/a.git", "git@git.example.com:a.git",
    "ftp://git.example.com/a.git", "file:///etc", "file://git.example.com/etc", "https:/git.example.com/a.git", "//git.example.com/a",
    "ext::sh -c id", "https:git.example.com/a", "gopher://git.example.com/a", "javascript:1", "https://git.example.com", "/etc/passwd",
    "https://git.example.com/a?b", "https://git.example.com/a#b", "https://git.example.com/../a", "https://git.example.com/a/%2e%2e/b",
    "https:///git.example.com/a", " https://git.example.com/a", "https://git.example.com/a b", "https://git.example.com/" + "a" * 3000,
]  # fmt: skip
