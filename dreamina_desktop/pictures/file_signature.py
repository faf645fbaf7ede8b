"""Which format a picture file has, told by its first bytes alone."""

from __future__ import annotations

from pathlib import Path

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.pictures.other_formats import format_by_signature
from dreamina_desktop.pictures.picture_file import open_picture_file
from dreamina_desktop.pictures.sendable import sendable_format

_HEAD_LENGTH = 32


def format_of(data: bytes) -> str:
    """As ``PictureFacts.format``; "" where it is no picture that is known."""
    head = data[:_HEAD_LENGTH]
    return sendable_format(head) or format_by_signature(head)


def format_of_file(path: Path) -> str:
    """The same of a file; "" also where it cannot be opened."""
    try:
        file, _ = open_picture_file(path)
        with file:
            return format_of(file.read(_HEAD_LENGTH))
    except (OSError, PictureMissingError):
        return ""
