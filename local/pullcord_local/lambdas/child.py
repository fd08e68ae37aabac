"""The main program of a function's process: AWS's runtime client, and a thread that watches the parent process.

Usage: python -S -P child.py HANDLER DESCRIPTOR. The process ends when the pipe behind DESCRIPTOR is closed, that is
when the embedded cloud has ended or was killed. Nothing of this package may be imported here: a function sees its own
code, its layers and the runtime, as on AWS.
"""

import os
import sys
import threading


def end_with_parent(descriptor: int) -> None:
    """Wait for the end of the pipe, then end this process at once."""
    os.read(descriptor, 1)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, args=(int(sys.argv[2]),), daemon=True).start()

    from awslambdaric.__main__ import main

    main(["awslambdaric", sys.argv[1]])
