"""Which network addresses a remote may have, and the one lookup that decides where to connect."""

import ipaddress
import socket
from threading import Thread

from pullcord.git.refusals import RepositoryUnavailable, TimedOut
from pullcord.git.remotes import Remote

MAX_ADDRESSES = 4
NO_ADDRESS = "its host name has no address"
NOT_PUBLIC = "its address is not public"

# IANA's special-purpose registries, wherever packets could reach something that is not a public server.
CLOSED_IPV4 = [
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network; unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host
        "169.254.0.0/16",  # link-local; metadata and credentials of instances and containers
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunneling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
    )
]
# Everything outside of global unicast is closed at once: loopback, unique local (fd00:ec2::254), link-local,
# multicast, IPv4-mapped, IPv4-compatible, NAT64.
OPEN_IPV6 = ipaddress.IPv6Network("2000::/3")
CLOSED_IPV6 = [
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
ISATAP = 0x5EFE
"""An interface id that begins with this, whatever its two universal and group bits, holds an IPv4 address."""


def is_public(text: str) -> bool:
    """Whether the text is an address of a public server, in no disguise.

    Source: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in CLOSED_IPV4)
    if address.scope_id or (int(address) >> 32 & 0xFCFFFFFF) == ISATAP:
        return False
    return address in OPEN_IPV6 and not any(address in network for network in CLOSED_IPV6)


def addresses_of(remote: Remote, seconds: float) -> list[str]:
    """Addresses to connect to, in the order of preference, from one lookup.

    Raises RepositoryUnavailable when there are none, and when any one of them is not public: an answer that mixes both
    is a mistake or an attack. A remote that the policy names is taken wherever it is.
    """
    found = _look_up(remote, seconds)
    if not found:
        raise RepositoryUnavailable(NO_ADDRESS, remote.where)
    if not remote.safe and not all(is_public(address) for address in found):
        raise RepositoryUnavailable(NOT_PUBLIC, remote.where)
    return found[:MAX_ADDRESSES]


def _look_up(remote: Remote, seconds: float) -> list[str]:
    """The system's lookup has no time limit of its own, so it is left behind in its thread when it takes too long."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(remote.host, remote.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(address[0]) for *_, address in answers))

    thread = Thread(target=ask, name="look-up", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimedOut(f"its host name was not found within {seconds:g} s", remote.where)
    return found
