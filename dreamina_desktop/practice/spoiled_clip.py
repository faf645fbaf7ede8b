"""Copies of an MP4 with something wrong inside."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = struct.Struct(">I4s")
_MVHD_MODIFIED = 8 + 4 + 4  # box header, version and flags, creation time


def without_moov(content: bytes) -> bytes:
    """The same length, whole boxes, but the moov box is called `free`: no player finds it."""
    spoiled = bytearray(content)
    start = _box(content, b"moov")
    spoiled[start + 4 : start + 8] = b"free"
    return bytes(spoiled)


def restamped(content: bytes, number: int) -> bytes:
    """The same clip with another modification time, near the start of the file.

    Pieces of two such copies make neither of them.
    """
    stamped = bytearray(content)
    start = _box(content, b"moov") + _HEADER.size + _MVHD_MODIFIED
    stamped[start : start + 4] = struct.pack(">I", number)
    return bytes(stamped)


def _box(content: bytes, name: bytes) -> int:
    return next(start for start, found in _boxes(content) if found == name)


def _boxes(content: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start + _HEADER.size <= len(content):
        size, name = _HEADER.unpack_from(content, start)
        yield start, name
        start += max(size, _HEADER.size)
