"""The top-level boxes of an MP4 file (ISO/IEC 14496-12, 4.2): whether the file is all there."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from dreamina_desktop.core.errors import ClipBrokenError

_KIND = re.compile(rb"[ -~]{4}")
_NEEDED = frozenset((b"ftyp", b"moov", b"mdat"))
_SIZE_64_FOLLOWS = 1
_TO_THE_END = 0


def is_mp4(head: bytes) -> bool:
    """Whether a file that begins so says it is an MP4."""
    return head[4:8] == b"ftyp"


def check_boxes(file: BinaryIO) -> None:
    """Walk the boxes: they must add up exactly to the file, and hold what a clip needs.

    Raises ClipBrokenError.
    """
    end = file.seek(0, io.SEEK_END)
    found = set()
    place = 0
    while place < end:
        file.seek(place)
        size, kind, head_length = _box(file.read(16))
        found.add(kind)
        if size == _TO_THE_END:
            size = end - place
        if size < head_length or place + size > end:
            raise ClipBrokenError("boxes")
        place += size
    missing = _NEEDED - found
    if missing:
        raise ClipBrokenError(f"no {min(missing).decode()}")


def _box(head: bytes) -> tuple[int, bytes, int]:
    """Size, kind and length of its head."""
    if len(head) < 8 or not _KIND.fullmatch(head[4:8]):
        raise ClipBrokenError("boxes")
    size = int.from_bytes(head[:4], "big")
    if size != _SIZE_64_FOLLOWS:
        return size, head[4:8], 8
    if len(head) < 16:
        raise ClipBrokenError("boxes")
    return int.from_bytes(head[8:16], "big"), head[4:8], 16
