"""The embedded cloud's process keeps few arenas of memory, however many threads it has."""

import subprocess
import sys

COUNT = """
import ctypes, threading
from pullcord_local.memory import limit_arenas, trim
limit_arenas()
done = threading.Barrier(21)
def work():
    kept = bytearray(100)
    done.wait()
for _ in range(20):
    threading.Thread(target=work).start()
done.wait()
trim()
libc, path = ctypes.CDLL(None), r"%s"
libc.fopen.restype = ctypes.c_void_p
stream = ctypes.c_void_p(libc.fopen(path.encode(), b"w"))
libc.malloc_info(0, stream)
libc.fclose(stream)
"""


def test_twenty_threads_share_two_arenas(tmp_path):
    told = tmp_path / "arenas.xml"

    subprocess.run([sys.executable, "-c", COUNT % told], check=True, timeout=60)

    assert 1 <= told.read_text().count("<heap nr=") <= 2
