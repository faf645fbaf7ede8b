"""Facts of a picture file, quickly, from its header alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.pictures import other_formats, sendable
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.header import Header
from dreamina_desktop.pictures.picture_file import MOST_BYTES_READ, open_picture_file

MOST_PIXELS_DECODED = 120_000_000
"""Pictures above this are left to a real picture editor: decoding takes 4 bytes a pixel."""

_HEAD_LENGTH = 32


def probe(path: Path) -> PictureFacts:
    """What the file's header tells, without decoding: quick enough for every drop.

    The format is judged by content; a phone's JPEG with further pictures behind it is a JPEG.
    ``decoded`` is None, or False where even the header is damaged. Raises PictureMissingError
    when there is no such file, or it is none to be read (a folder, a FIFO, a device).
    """
    file, size = open_picture_file(path)
    with file:
        try:
            return _facts(file, size)
        except OSError as error:
            raise PictureMissingError(str(path), PictureTrouble.UNREAD) from error


def probe_bytes(data: bytes) -> PictureFacts:
    """The same of a file that is in memory."""
    return _facts(io.BytesIO(data), len(data))


def is_decodable(facts: PictureFacts) -> bool:
    """Whether the header leaves a decoder anything sensible to do."""
    return (
        facts.format in ("JPEG", "PNG")
        and facts.decoded is None
        and facts.bytes <= MOST_BYTES_READ
        and 0 < facts.width * facts.height <= MOST_PIXELS_DECODED
    )


def _facts(file: BinaryIO, size: int) -> PictureFacts:
    head = file.read(_HEAD_LENGTH)
    file.seek(0)
    try:
        name, header = _header(file, head)
    except DamagedError:
        return PictureFacts(sendable.sendable_format(head), 0, 0, size, decoded=False)
    return PictureFacts(name, *header.upright_size, size)


def _header(file: BinaryIO, head: bytes) -> tuple[str, Header]:
    name = sendable.sendable_format(head)
    if name:
        return name, sendable.read_header(name, file)
    name = other_formats.format_by_signature(head)
    return name, other_formats.read_header(file, name)
