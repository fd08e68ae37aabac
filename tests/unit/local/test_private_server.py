"""Servers that only our own user may reach: the other end of a connection is looked up in the kernel's table."""

import contextlib
import http.client
import os
import socket

import pytest

from pullcord_local import peers
from pullcord_local.http_server import Response, Server
from pullcord_local.peers import user_of

TABLE = b"""\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 2 1 0 20 4 30 10 -1
   2: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
"""


@pytest.mark.parametrize(("port", "user"), [(0xC001, 1000), (0xC002, None)])
def test_the_user_of_the_other_end_is_found(port, user):
    assert user_of(TABLE.splitlines(), ("127.0.0.1", port), ("127.0.0.1", 8080)) == user


@pytest.fixture
def server():
    running = Server(lambda _: Response(200, [], b"hello"), private=True)
    running.start()
    yield running
    running.stop()


def ask(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        return connection.getresponse().read()


def test_our_own_processes_are_answered(server):
    assert ask(server) == b"hello"


def test_other_users_are_not_answered(server, monkeypatch):
    monkeypatch.setattr(peers, "user_of", lambda *_: os.geteuid() + 1)

    with pytest.raises((ConnectionError, http.client.RemoteDisconnected, socket.timeout)):
        ask(server)
