"""A PNG file as its chunks (W3C PNG, third edition): its header, and itself without metadata."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_orientation import UPRIGHT, exif_orientation
from dreamina_desktop.pictures.header import Header

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_CHUNKS = frozenset((b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI"))
"""How sample values are to be read as colours, whatever the way they are stored."""

# tRNS and PLTE belong to the samples; pHYs may say that pixels are not square; bKGD is the
# colour to show behind transparency; sBIT how many bits of a sample mean something.
_PICTURE_CHUNKS = COLOUR_CHUNKS | {
    b"IHDR",
    b"PLTE",
    b"tRNS",
    b"bKGD",
    b"sBIT",
    b"pHYs",
    b"IDAT",
    b"IEND",
}
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Left, top, step across and step down of each of the seven passes of an interlaced picture.
_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_WHOLE = ((0, 0, 1, 1),)
_MOST_EXIF = 2**20
# Decoders ignore some bytes too many; a bomb brings gigabytes.
_MOST_EXTRA = 2**20
# A real file of the largest size that is read has some ten thousand.
_MOST_CHUNKS = 100_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """``kind`` is its four letters, ``data`` what lies between length and checksum."""

    kind: bytes
    data: bytes

    def encoded(self) -> bytes:
        """The chunk as it stands in a file."""
        checksum = zlib.crc32(self.kind + self.data)
        return b"".join(
            (len(self.data).to_bytes(4, "big"), self.kind, self.data, checksum.to_bytes(4, "big"))
        )


def read_header(file: BinaryIO) -> Header:
    """Size and orientation; ``file`` stands at its beginning. Pixel data is skipped, not read.

    Raises DamagedError when the file does not begin with a whole IHDR.
    """
    file.seek(len(SIGNATURE))
    first = file.read(16)
    if len(first) < 16 or first[4:8] != b"IHDR":
        raise DamagedError("IHDR")
    size = int.from_bytes(first[8:12], "big"), int.from_bytes(first[12:16], "big")
    file.seek(len(SIGNATURE))
    return Header(*size, _orientation(file))


def read_chunks(data: bytes) -> tuple[Chunk, ...]:
    """The chunks that make the picture, IHDR to IEND, in order; all others are left out.

    Raises DamagedError when the file breaks off, or one of them has a wrong checksum.
    """
    chunks = []
    view = memoryview(data)
    for kind, start, length in _places(io.BytesIO(data)):
        if kind not in _PICTURE_CHUNKS:
            # An unknown chunk that claims to be needed for the picture.
            if kind[:1].isupper():
                raise DamagedError("critical chunk")
            continue
        end = start + length
        if zlib.crc32(view[start - 4 : end]) != int.from_bytes(view[end : end + 4], "big"):
            raise DamagedError("checksum")
        chunks.append(Chunk(kind, data[start:end]))
    if not chunks or chunks[0].kind != b"IHDR" or chunks[-1].kind != b"IEND":
        raise DamagedError("cut")
    return tuple(chunks)


def join_chunks(chunks: tuple[Chunk, ...]) -> bytes:
    """A PNG file of these chunks."""
    return SIGNATURE + b"".join(chunk.encoded() for chunk in chunks)


def check_pixel_data(chunks: tuple[Chunk, ...]) -> None:
    """Inflate all of it and count: Pillow takes a short stream for a whole picture.

    Raises DamagedError when it is damaged or does not reach the last row.
    """
    missing = _pixel_bytes(chunks[0].data)
    inflate = zlib.decompressobj()
    try:
        for chunk in chunks:
            data = chunk.data if chunk.kind == b"IDAT" else b""
            while data and not inflate.eof:
                missing -= len(inflate.decompress(data, 2**20))
                data = inflate.unconsumed_tail if missing > -_MOST_EXTRA else b""
    except zlib.error as error:
        raise DamagedError("pixel data") from error
    if missing > 0 or not inflate.eof:
        raise DamagedError("pixel data")


def _places(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the data and its length of every chunk up to IEND, without reading them."""
    place = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            return
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        yield kind, place + 8, length
        if kind == b"IEND":
            return
        place += length + 12


def _orientation(file: BinaryIO) -> int:
    for kind, start, length in _places(file):
        if kind == b"eXIf":
            file.seek(start)
            return exif_orientation(file.read(min(length, _MOST_EXIF)))
        if kind == b"IDAT":
            break
    return _orientation_at_the_end(file)


def _orientation_at_the_end(file: BinaryIO) -> int:
    """eXIf may also follow the pixel data, which can be thousands of chunks: too many to walk."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - _MOST_EXIF))
    tail = file.read()
    place = tail.rfind(b"eXIf")
    if place < 4:
        return UPRIGHT
    data_end = place + 4 + int.from_bytes(tail[place - 4 : place], "big")
    checksum = int.from_bytes(tail[data_end : data_end + 4], "big")
    if zlib.crc32(tail[place:data_end]) != checksum:
        return UPRIGHT
    return exif_orientation(tail[place + 4 : data_end])


def _pixel_bytes(ihdr: bytes) -> int:
    """How long the inflated pixel data is: each row of each pass and its filter byte."""
    if len(ihdr) != 13 or ihdr[9] not in _SAMPLES:
        raise DamagedError("IHDR")
    width, height = int.from_bytes(ihdr[:4], "big"), int.from_bytes(ihdr[4:8], "big")
    bits = ihdr[8] * _SAMPLES[ihdr[9]]
    total = 0
    for left, top, across, down in _ADAM7 if ihdr[12] else _WHOLE:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * bits // 8))
    return total
