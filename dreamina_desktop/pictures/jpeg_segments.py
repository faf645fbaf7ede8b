"""A JPEG file as its segments (ITU-T T.81, annex B): its header, and itself without metadata."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_orientation import UPRIGHT, exif_orientation
from dreamina_desktop.pictures.header import Header
from dreamina_desktop.pictures.jpeg_tables import (
    DAC,
    DHT,
    DQT,
    DRI,
    FRAMES,
    SOS,
    NeededTables,
    is_lawful,
)

SIGNATURE = b"\xff\xd8\xff"
END = b"\xff\xd9"
_START = b"\xff\xd8"
_SOI, _EOI, _DNL = 0xD8, 0xD9, 0xDC
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
COMMENT = 0xFE
# Markers that stand alone (restarts, TEM) or mean nothing: no decoder minds them.
_WITHOUT_LENGTH = frozenset(range(0xC0)) | frozenset(range(0xD0, 0xD8))
# What a later one may take the place of, and no scan may need.
_WITH_TABLES = frozenset({DQT, DHT, DAC, DRI, _APP0, _APP14})
_HUFFMAN_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
# Inside a scan FF is followed by 00 (a stuffed FF) or a restart marker; anything else ends it.
_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_EXIF, _ICC = b"Exif\0\0", b"ICC_PROFILE\0"
# Name, version, density unit and densities; what follows in JFIF is a thumbnail.
_JFIF_LENGTH = 12
_ADOBE_LENGTH = 12
# No real file comes near these; made-up ones would keep a decoder busy for minutes.
_MOST_SEGMENTS = 10_000
_MOST_SCANS = 100
_MOST_STRAY_BYTES = 64 * 2**10


@dataclass(frozen=True, slots=True)
class Segment:
    """``marker`` is its second byte; ``payload`` what follows the length, without it."""

    marker: int
    payload: bytes

    def encoded(self) -> bytes:
        if self.marker == _EOI:
            return END
        length = len(self.payload) + 2
        return bytes((0xFF, self.marker)) + length.to_bytes(2, "big") + self.payload


class _Reader:
    """Reads segments from a file that stands at its beginning."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _MOST_SEGMENTS
        self._read(len(_START))

    def segments(self) -> Iterator[Segment]:
        """Those from here to the next start of a scan or end of picture, which is included."""
        while True:
            marker = self._next_marker()
            if marker == _EOI:
                yield Segment(marker, b"")
                return
            length = int.from_bytes(self._read(2), "big")
            self._left -= 1
            if marker == _SOI or length < 2 or not self._left:
                raise DamagedError("segment")
            yield Segment(marker, self._read(length - 2))
            if marker == SOS:
                return

    def _next_marker(self) -> int:
        while True:
            # Decoders skip stray bytes between segments; so do we, and thereby leave them out.
            stray = self._file.read(1)
            if stray != b"\xff":
                self._skip_stray_bytes()
            while (byte := self._read(1)) == b"\xff":
                pass
            if byte[0] not in _WITHOUT_LENGTH:
                return byte[0]

    def _skip_stray_bytes(self) -> None:
        run = self._file.read(_MOST_STRAY_BYTES)
        found = run.find(b"\xff")
        if found < 0:
            raise DamagedError("marker")
        self._file.seek(found + 1 - len(run), io.SEEK_CUR)

    def _read(self, count: int) -> bytes:
        data = self._file.read(count)
        if len(data) < count:
            raise DamagedError("cut")
        return data


def read_header(file: BinaryIO) -> Header:
    """Size and orientation; ``file`` stands at its beginning, and is read up to the first scan.

    Raises DamagedError when it breaks off before that or tells no size.
    """
    size: tuple[int, int] | None = None
    orientation: int | None = None
    for segment in _Reader(file).segments():
        if segment.marker in FRAMES and size is None:
            height, width = segment.payload[1:3], segment.payload[3:5]
            size = int.from_bytes(width, "big"), int.from_bytes(height, "big")
        elif segment.marker == _APP1 and segment.payload.startswith(_EXIF) and orientation is None:
            orientation = exif_orientation(segment.payload[len(_EXIF) :])
    if size is None:
        raise DamagedError("no frame")
    return Header(*size, orientation or UPRIGHT)


def without_metadata(data: bytes) -> bytes:
    """The same compressed picture with nothing in it but the picture; equal to ``data`` if so.

    Kept is what changes the samples or proportions: JFIF (less its thumbnail) and Adobe's marker
    of the colour transform. Every other application segment, comments, stray bytes and whatever
    follows the end of the picture go; a colour profile too, which may hold anything, since what
    is sent is sRGB. So do tables that no scan needs. Raises DamagedError when the file breaks off
    or has no whole tables.
    """
    tables = NeededTables()
    # Pieces of the file, or marker and number of what travels as far as some scan needs it.
    kept: list[bytes | tuple[int, int]] = [_START]
    for piece in _pieces(data):
        bare = _bare(piece) if isinstance(piece, Segment) else piece
        if not isinstance(bare, Segment):
            kept.append(bare or b"")
        elif bare.marker in _WITH_TABLES:
            kept.append((bare.marker, tables.define(bare.marker, bare.payload)))
        else:
            kept.append(bare.encoded())
            if bare.marker in FRAMES:
                tables.begin_frame(bare.marker, bare.payload)
            elif bare.marker == SOS:
                tables.begin_scan(bare.payload)
    return b"".join(part if isinstance(part, bytes) else _needed(tables, *part) for part in kept)


def has_lawful_tables(data: bytes) -> bool:
    """Whether every table of a JPEG is one that a picture may have.

    Raises DamagedError when the file breaks off or has no whole tables.
    """
    segments = (piece for piece in _pieces(data) if isinstance(piece, Segment))
    return all(is_lawful(segment.marker, segment.payload) for segment in segments)


def left_out(data: bytes) -> list[Segment]:
    """The segments before the first scan that ``without_metadata`` leaves out, or shortens.

    Raises DamagedError when the file breaks off.
    """
    segments = _Reader(io.BytesIO(data)).segments()
    return [segment for segment in segments if _bare(segment) != segment]


def profile(data: bytes) -> bytes | None:
    """The ICC profile (ICC.1:2010, annex B.4), which may come in parts; None where there is none.

    b"" where parts are missing. Raises DamagedError when the file breaks off.
    """
    segments = _Reader(io.BytesIO(data)).segments()
    heads = (s.payload for s in segments if s.marker == _APP2 and s.payload.startswith(_ICC))
    parts = sorted(head[len(_ICC) :] for head in heads)
    if not parts:
        return None
    # Each says which one of how many it is.
    count = min(len(parts), 255)
    is_whole = [part[:2] for part in parts] == [bytes((n + 1, count)) for n in range(count)]
    return b"".join(part[2:] for part in parts) if is_whole else b""


def is_huffman_coded(data: bytes) -> bool:
    """Whether the frame is baseline, extended or progressive with Huffman codes."""
    segments = _Reader(io.BytesIO(data)).segments()
    return any(segment.marker in _HUFFMAN_FRAMES for segment in segments)


def _bare(segment: Segment) -> Segment | None:
    """What of a segment travels; None for nothing."""
    marker, payload = segment.marker, segment.payload
    if marker == _APP0 and payload.startswith(b"JFIF\0") and len(payload) >= _JFIF_LENGTH:
        return Segment(_APP0, payload[:_JFIF_LENGTH] + b"\0\0")
    if marker == _APP14 and payload.startswith(b"Adobe") and len(payload) >= _ADOBE_LENGTH:
        return Segment(_APP14, payload[:_ADOBE_LENGTH])
    # Application segments, the reserved ones behind them, and comments; a number of lines, which
    # the frame tells too.
    return None if marker >= _APP0 or marker == _DNL else segment


def _pieces(data: bytes) -> Iterator[Segment | bytes]:
    """All segments up to the end of the picture, and behind each start of a scan its data."""
    file = io.BytesIO(data)
    reader = _Reader(file)
    for _ in range(_MOST_SCANS):
        marker = _EOI
        for segment in reader.segments():
            marker = segment.marker
            yield segment
        if marker == _EOI:
            return
        scan_end = _SCAN_END.search(data, file.tell())
        if scan_end is None:
            break
        yield data[file.tell() : scan_end.start()]
        file.seek(scan_end.start())
    raise DamagedError("no end")


def _needed(tables: NeededTables, marker: int, number: int) -> bytes:
    payload = tables.needed(number)
    return Segment(marker, payload).encoded() if payload else b""
