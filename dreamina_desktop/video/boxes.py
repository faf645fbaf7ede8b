"""The top-level boxes of an MP4 file (ISO/IEC 14496-12, 4.2): whether the file is all there."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from dreamina_desktop.core.errors import ClipBrokenError

_KIND = re.compile(rb"[ -~]{4}")
_NEEDED = frozenset((b"ftyp", b"moov", b"mdat"))
_AROUND_SIZES = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta"))
_SIZES = b"stsz"
# FFmpeg takes some 60 bytes of memory for each sample that a track claims, whatever there is.
_MOST_SAMPLES = 1_000_000
_MOST_BOXES = 10_000
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


def check_samples(file: BinaryIO) -> None:
    """See that no track claims more samples than there can be; what is no MP4 passes.

    More than a million are believed of uncompressed sound alone, whose samples all have one size
    and must then be there. Raises ClipBrokenError.
    """
    end = file.seek(0, io.SEEK_END)
    ranges, seen = [(0, end)], 0
    while ranges:
        place, stop = ranges.pop()
        while place + 8 <= stop:
            file.seek(place)
            try:
                size, kind, head_length = _box(file.read(16))
            except ClipBrokenError:
                break
            seen += 1
            if seen > _MOST_BOXES:
                raise ClipBrokenError("boxes")
            following = stop if size < head_length else min(stop, place + size)
            if kind in _AROUND_SIZES:
                ranges.append((place + head_length, following))
            elif kind == _SIZES:
                file.seek(place + head_length + 4)
                _check_sizes(file.read(8), end)
            place = following


def _check_sizes(table: bytes, length: int) -> None:
    each, count = int.from_bytes(table[:4], "big"), int.from_bytes(table[4:], "big")
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
