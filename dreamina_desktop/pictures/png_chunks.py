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
# Not the profile, which may hold anything: what is sent is sRGB.
_PICTURE_CHUNKS = (COLOUR_CHUNKS - {b"iCCP"}) | {
    b"IHDR",
    b"PLTE",
    b"tRNS",
    b"bKGD",
    b"sBIT",
    b"pHYs",
    b"IDAT",
    b"IEND",
}
# Of another length they are nonsense, over which some decoders give up.
_LENGTHS = {
    b"sRGB": 1,
    b"gAMA": 4,
    b"cHRM": 32,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"pHYs": 9,
}
_MOST_EXIF = 2**20
# A real file of the largest size that is read has some ten thousand.
_MOST_CHUNKS = 100_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """``kind`` is its four letters, ``data`` what lies between length and ``checksum``."""

    kind: bytes
    data: bytes
    checksum: int

    def encoded(self) -> bytes:
        """The chunk as it stands in a file."""
        return b"".join(self.parts())

    def parts(self) -> tuple[bytes, bytes, bytes, bytes]:
        """The same in pieces, of which the long one is not copied."""
        length, checksum = len(self.data).to_bytes(4, "big"), self.checksum.to_bytes(4, "big")
        return length, self.kind, self.data, checksum


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
        if not _belongs(kind, length):
            # An unknown chunk that claims to be needed for the picture.
            if kind[:1].isupper():
                raise DamagedError("critical chunk")
            continue
        chunk = _chunk(data, kind, start, length)
        if zlib.crc32(view[start - 4 : start + length]) != chunk.checksum:
            raise DamagedError("checksum")
        chunks.append(chunk)
    if not chunks or chunks[0].kind != b"IHDR" or chunks[-1].kind != b"IEND":
        raise DamagedError("cut")
    return tuple(chunks)


def chunks_of(data: bytes, kinds: frozenset[bytes]) -> tuple[Chunk, ...]:
    """Those of some kinds, checksums not looked at."""
    places = _places(io.BytesIO(data))
    return tuple(_chunk(data, *place) for place in places if place[0] in kinds)


def left_out(data: bytes) -> tuple[Chunk, ...]:
    """The chunks that ``read_chunks`` leaves out."""
    places = _places(io.BytesIO(data))
    return tuple(_chunk(data, *place) for place in places if not _belongs(place[0], place[2]))


def _belongs(kind: bytes, length: int) -> bool:
    return kind in _PICTURE_CHUNKS and _LENGTHS.get(kind, length) == length


def are_all(chunks: tuple[Chunk, ...], data: bytes) -> bool:
    """Whether a file has nothing else than the chunks read from it, and need not be joined anew."""
    return len(SIGNATURE) + sum(len(chunk.data) + 12 for chunk in chunks) == len(data)


def join_chunks(chunks: tuple[Chunk, ...]) -> bytes:
    """A PNG file of these chunks."""
    return b"".join((SIGNATURE, *(part for chunk in chunks for part in chunk.parts())))


def _chunk(data: bytes, kind: bytes, start: int, length: int) -> Chunk:
    end = start + length
    return Chunk(kind, data[start:end], int.from_bytes(data[end : end + 4], "big"))


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
