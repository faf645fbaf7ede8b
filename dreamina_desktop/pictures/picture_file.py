"""Opening a file that a person named, without ever hanging on what is no file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture_trouble import PictureTrouble

MOST_BYTES_READ = 500_000_000
"""Files above this are known by their header alone."""


def open_picture_file(path: Path) -> tuple[BinaryIO, int]:
    """A regular file opened for reading, and its size in bytes.

    Raises PictureMissingError, which says why: it is not there, may not be read, or is a folder,
    a FIFO or a device.
    """
    # Opening a FIFO waits for a writer unless told not to; Windows has no such files.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise PictureMissingError(str(path), _trouble(path, error)) from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        is_folder = stat.S_ISDIR(found.st_mode)
        trouble = PictureTrouble.FOLDER if is_folder else PictureTrouble.NO_FILE
        raise PictureMissingError(str(path), trouble)
    return os.fdopen(descriptor, "rb"), found.st_size


def read_picture_file(path: Path) -> bytes | None:
    """The whole file, read once; None when it is larger than ``MOST_BYTES_READ``.

    Raises PictureMissingError.
    """
    file, size = open_picture_file(path)
    with file:
        try:
            # Room is made for as much as is asked for; it may be growing.
            data = file.read(min(size, MOST_BYTES_READ) + 1)
        except OSError as error:
            raise PictureMissingError(str(path), PictureTrouble.UNREAD) from error
    return data if len(data) <= MOST_BYTES_READ else None


def _trouble(path: Path, error: OSError | ValueError) -> PictureTrouble:
    """Why it could not be opened."""
    match error:
        case FileNotFoundError() | NotADirectoryError() | ValueError():
            return PictureTrouble.GONE
        case IsADirectoryError():
            return PictureTrouble.FOLDER
        case PermissionError():
            # Windows refuses to open a folder as if it were a question of rights.
            return PictureTrouble.FOLDER if path.is_dir() else PictureTrouble.NO_ACCESS
        case OSError(errno=errno.ENAMETOOLONG | errno.ELOOP):
            return PictureTrouble.GONE
        case OSError(errno=errno.ENXIO):
            return PictureTrouble.NO_FILE
        case _:
            return PictureTrouble.UNREAD
