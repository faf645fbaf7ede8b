"""Files that outlive a power cut, for their owner's eyes only. All calls raise OSError."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from errno import EINVAL, ENOTSUP
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

NEW_SUFFIX = ".new"
"""What a file is called while it is written: hidden, with this at the end."""


def make_private_folder(path: Path) -> None:
    """Make the folder if it is missing, with its parents, closed to other users (POSIX)."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_folder(path.parent)


def sync_file(descriptor: int) -> None:
    """Return once the file's bytes are on the disk itself."""
    if sys.platform == "darwin":
        # fsync leaves the bytes in the drive's own cache there; not every volume can do better.
        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_path(path: Path) -> None:
    """``sync_file`` for a file that is not open."""
    # Windows wants one that is open for writing.
    with path.open("r+b") as file:
        sync_file(file.fileno())


def sync_folder(path: Path) -> None:
    """Return once the folder's names are on disk, where the platform can be asked for that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync_file(descriptor)
    except OSError as error:
        # Some network volumes know no such thing for folders.
        if error.errno not in (EINVAL, ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that it is there whole, or as it was before."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}{NEW_SUFFIX}")
    write_new(new, content)
    try:
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    sync_folder(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a private file that is not there yet, synced, or leave none.

    Raises FileExistsError if there is one.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        try:
            write_all(descriptor, content)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def write_all(descriptor: int, content: bytes) -> None:
    """Write every byte; a disk that fills up may take only some at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
