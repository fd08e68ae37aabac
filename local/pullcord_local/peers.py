"""The users of the machine to whom connections on loopback belong."""

import os
import socket
import sys
from collections.abc import Iterable


def is_own(connection: socket.socket) -> bool:
    """Whether a process of our own user, or of root, has the other end of a connection on this machine.

    Source: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
    """
    with open("/proc/net/tcp", "rb") as table:  # noqa: PTH123 - read for every connection
        return user_of(table, connection.getpeername(), connection.getsockname()) in {0, os.geteuid()}


def user_of(table: Iterable[bytes], local: tuple[str, int], remote: tuple[str, int]) -> int | None:
    """The user of the socket with these two ends, from the rows of the kernel's table; None if it has no such row."""
    ends = [table_address(local), table_address(remote)]
    rows = (row.split() for row in table)
    return next((int(row[7]) for row in rows if row[1:3] == ends), None)


def table_address(address: tuple[str, int]) -> bytes:
    """An address as the kernel's table has it: 0100007F:1F90 for 127.0.0.1:8080 on most processors."""
    host = int.from_bytes(socket.inet_aton(address[0]), sys.byteorder)
    return f"{host:08X}:{address[1]:04X}".encode()
