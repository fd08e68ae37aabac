"""The data folder: used by one process at a time, readable by its owner alone."""

import fcntl
import os
from pathlib import Path

from pullcord_local.persistence.former_files import FormerFiles
from pullcord_local.persistence.store import FILE, FolderError, Store, StoreError


class Folder:
    """The locked data folder with its store; without a path, a store that ends with the process.

    Raises StoreError when the folder cannot be used, or is in use.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lock_descriptor = -1
        if path is None:
            self.store = Store()
            return
        try:
            private_folder(path)
            self.lock_descriptor = lock(path)
            self.store = opened(path)
        except (FileExistsError, NotADirectoryError):
            raise FolderError(f"--data {path} is no folder: name a folder, such as --data state") from None
        except BlockingIOError:
            raise StoreError(f"{path} is in use by another process") from None
        except StoreError:
            os.close(self.lock_descriptor)
            raise
        except OSError as error:
            message = (
                f"--data {path} cannot be written ({error.strerror}): name a folder of yours, such as --data state"
            )
            raise FolderError(message) from error

    def close(self) -> None:
        """Close the store and give the folder free."""
        self.store.close()
        if self.lock_descriptor >= 0:
            os.close(self.lock_descriptor)
            self.lock_descriptor = -1


def opened(folder: Path) -> Store:
    """The store of a folder, with what former versions have left there. Raises StoreError."""
    former = FormerFiles(folder)
    store = Store(private(folder / FILE), former.fill)
    former.remove()
    return store


def private(path: Path) -> Path:
    """The path of a file that exists from now on, and that only its owner can read. SQLite's other files follow it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    path.chmod(0o600)
    return path


def private_folder(path: Path) -> Path:
    """The path of a folder that exists from now on, and that only its owner can read."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def lock(folder: Path) -> int:
    """Lock the folder for this process; the lock's descriptor. Raises BlockingIOError when another process has it."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor
