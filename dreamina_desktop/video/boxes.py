"""The top-level boxes of an MP4 file (ISO/IEC 14496-12, 4.2): whether the file is all there."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from dreamina_desktop.core.errors import ClipBrokenError

_KIND = re.compile(rb"[ -~]{4}")
_NEEDED = frozenset((b"ftyp", b"moov", b"mdat"))
_MEDIA = b"mdat"
_SIZES, _RUN = b"stsz", b"trun"
# Boxes inside are packed, out of sight; of the last century.
_COMPRESSED = b"cmov"
_TABLE = re.compile(b"|".join((_SIZES, b"stz2", _RUN, _COMPRESSED)))
_TABLE_HEAD = 28
_PIECE = 1 << 20
# FFmpeg takes some 60 bytes of memory for each sample that a track claims, whatever there is.
_MOST_SAMPLES = 1_000_000
_MOST_BOXES = 10_000
_SIZE_64_FOLLOWS = 1
_WIDE = _SIZE_64_FOLLOWS.to_bytes(4, "big")
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


def check_samples(file: BinaryIO) -> None:
    """See that no track claims more samples than there can be; what is no MP4 passes.

    More than a million are believed of uncompressed sound alone, whose samples all have one size
    and must then be there. A table is found wherever it stands: FFmpeg reads it out of any of its
    many containers. Raises ClipBrokenError.
    """
    end = file.seek(0, io.SEEK_END)
    place = seen = 0
    while place + 8 <= end:
        seen += 1
        if seen > _MOST_BOXES:
            raise ClipBrokenError("boxes")
        file.seek(place)
        head = file.read(16)
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if size == _SIZE_64_FOLLOWS:
            size = int.from_bytes(head[8:], "big")
        following = end if size < 8 else min(end, place + size)
        # What is no name of a box is skipped by FFmpeg too, and may be no MP4's.
        if kind != _MEDIA and _KIND.fullmatch(kind):
            _search(file, place, following, end)
        place = following


def _search(file: BinaryIO, place: int, stop: int, length: int) -> None:
    """Look at the tables between two places in a file of that length."""
    seen = 0
    for start in range(place, stop, _PIECE):
        file.seek(start)
        # A name may lie across the end of a piece.
        piece = file.read(min(_PIECE + len(_SIZES) - 1, stop - start))
        for match in _TABLE.finditer(piece):
            seen += 1
            if match[0] == _COMPRESSED or seen > _MOST_BOXES:
                raise ClipBrokenError("boxes")
            file.seek(max(0, start + match.start() - 4))
            _check_table(file.read(_TABLE_HEAD), match[0], length)


def _check_table(box: bytes, kind: bytes, length: int) -> None:
    """What a box with its head claims of a file of that length."""
    body = box[16:] if box[:4] == _WIDE else box[8:]
    first, second = (int.from_bytes(body[place : place + 4], "big") for place in (4, 8))
    each, count = (first, second) if kind == _SIZES else (0, second)
    if kind == _RUN:
        count = first
    if count > _MOST_SAMPLES and (each == 0 or each * count > length):
        raise ClipBrokenError("too many frames")


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
