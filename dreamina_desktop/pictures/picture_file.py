"""Opening a file that a person named, without ever hanging on what is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from dreamina_desktop.core.errors import PictureMissingError

MOST_BYTES_READ = 64 * 2**20
"""Files above this are known by their header alone; it is the provider's cap on a request."""


def open_picture_file(path: Path) -> tuple[BinaryIO, int]:
    """A regular file opened for reading, and its size in bytes.

    Raises PictureMissingError when it is not there, may not be read, or is a folder, a FIFO or
    a device.
    """
    # Opening a FIFO waits for a writer unless told not to; Windows has no such files.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise PictureMissingError(str(path)) from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise PictureMissingError(str(path))
    return os.fdopen(descriptor, "rb"), found.st_size


def read_picture_file(path: Path) -> bytes | None:
    """The whole file, read once; None when it is larger than ``MOST_BYTES_READ``.

    Raises PictureMissingError.
    """
    file, _ = open_picture_file(path)
    with file:
        try:
            data = file.read(MOST_BYTES_READ + 1)
        except OSError as error:
            raise PictureMissingError(str(path)) from error
    return data if len(data) <= MOST_BYTES_READ else None
