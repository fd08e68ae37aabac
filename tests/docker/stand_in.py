"""A substitute for Lambda's base image, built of this machine's files, so that no image registry is needed.

Files have the same places as in the real image: Python 3.13 in /var/lang, Lambda's runtime client in /var/runtime, and
an entry point that starts the emulator that comes with SAM.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

TAG = "public.ecr.aws/lambda/python:3.13-x86_64"
TOOLS = ("sh", "mv", "chmod", "cp", "rm", "mkdir")
"""Programs that the lines which SAM adds to the image run."""

LIBRARIES = (
    "libdl.so.2",
    "libgcc_s.so.1",
    "libm.so.6",
    "libpthread.so.0",
    "libresolv.so.2",
    "librt.so.1",
    "libstdc++.so.6",
)
"""Libraries that every manylinux wheel may expect: https://peps.python.org/pep-0600/ and its policies."""

RUNTIME_CLIENT = ("awslambdaric", "runtime_client*.so", "simplejson", "snapshot_restore_py.py")
LEFT_OUT = shutil.ignore_patterns("test", "idlelib", "ensurepip", "site-packages", "config-*", "__pycache__", "*.a")

BOOTSTRAP = """#!/bin/sh
export PYTHONPATH=/var/task:/opt/python:/var/runtime
exec /var/lang/bin/python3.13 -m awslambdaric "${_HANDLER:-$AWS_LAMBDA_FUNCTION_HANDLER}"
"""
ENTRY_POINT = """#!/bin/sh
export _HANDLER="$1"
[ -n "$AWS_LAMBDA_RUNTIME_API" ] && exec /var/runtime/bootstrap
exec /var/rapid/aws-lambda-rie /var/runtime/bootstrap
"""
SETTINGS = (
    "ENV PATH=/var/lang/bin:/bin LD_LIBRARY_PATH=/var/lang/lib LANG=en_US.UTF-8 LAMBDA_TASK_ROOT=/var/task",
    "WORKDIR /var/task",
    'ENTRYPOINT ["/lambda-entrypoint.sh"]',
)


def build(root: Path) -> None:
    """Copy the files to `root` and import them as an image with the tag that SAM looks for."""
    for folder in ("bin", "etc", "tmp", "opt", "var/task", "var/rapid", "var/lang/bin"):
        (root / folder).mkdir(parents=True)
    python(root)
    for tool in TOOLS:
        shutil.copy(shutil.which(tool), root / "bin" / tool)
    libraries(root)
    script(root / "var/runtime/bootstrap", BOOTSTRAP)
    script(root / "lambda-entrypoint.sh", ENTRY_POINT)
    (root / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\n")
    (root / "etc/nsswitch.conf").write_text("hosts: files dns\n")
    changes = [argument for setting in SETTINGS for argument in ("--change", setting)]
    with subprocess.Popen(["tar", "--directory", root, "--create", "."], stdout=subprocess.PIPE) as packed:
        subprocess.run(["docker", "import", *changes, "-", TAG], stdin=packed.stdout, check=True, capture_output=True)
    assert packed.returncode == 0


def python(root: Path) -> None:
    """Copy the running interpreter, and the runtime client from its environment."""
    base = Path(sys.base_prefix)
    shutil.copytree(base / "lib", root / "var/lang/lib", ignore=LEFT_OUT, symlinks=True)
    shutil.copy(base / "bin" / "python3.13", root / "var/lang/bin/python3.13")
    runtime = root / "var/runtime"
    runtime.mkdir()
    for pattern in RUNTIME_CLIENT:
        (found,) = Path(sysconfig.get_path("platlib")).glob(pattern)
        if found.is_dir():
            shutil.copytree(found, runtime / found.name)
        else:
            shutil.copy(found, runtime)


def libraries(root: Path) -> None:
    """Copy every shared library that these files or a wheel need to where the loader looks for it."""
    files = [path for path in root.rglob("*") if path.is_file() and (".so" in path.name or path.parent.name == "bin")]
    listing = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False).stdout
    cache = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    expected = [re.search(rf"{re.escape(name)} \(libc6,x86-64.*=> (\S+)", cache)[1] for name in LIBRARIES]
    for name in {*re.findall(r"(/\S+\.so\S*)(?= \()", listing), *expected}:
        if not Path(name).is_relative_to(root) and not Path(name).is_relative_to(sys.base_prefix):
            (root / name[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, root / name[1:])


def script(path: Path, text: str) -> None:
    """Write an executable file."""
    path.write_text(text)
    path.chmod(0o755)
