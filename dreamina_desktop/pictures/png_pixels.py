"""The pixel data of a PNG, inflated and counted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.png_chunks import Chunk

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
# Decoders ignore some bytes too many; a bomb brings gigabytes.
_MOST_EXTRA = 2**20
_PIECE = 2**20
# What is not yet inflated is copied with every call.
_FED = 2**16


class PixelData:
    """Filtered rows, as the file's own chunks give them; ``missing`` is how many bytes are to come.

    Raises DamagedError where the header makes no sense.
    """

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.missing = _pixel_bytes(chunks[0].data)
        self._packed = _slices(chunks)
        self._inflate = zlib.decompressobj()

    def read(self, count: int) -> bytes:
        """So many bytes, or what is missing if that is less. Raises DamagedError."""
        wanted = min(count, self.missing)
        parts = []
        while wanted:
            part = self._inflated(wanted)
            parts.append(part)
            wanted -= len(part)
            self.missing -= len(part)
        return b"".join(parts)

    def finish(self) -> None:
        """Raises DamagedError where nothing is missing, but the data has no end near."""
        extra = 0
        while not self._inflate.eof:
            extra += len(self._inflated(_MOST_EXTRA))
            if extra > _MOST_EXTRA:
                raise DamagedError("pixel data")

    def _inflated(self, most: int) -> bytes:
        """Some bytes, at least one unless the data ends here."""
        while not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or next(self._packed, b"")
            try:
                part = self._inflate.decompress(packed, most)
            except zlib.error as error:
                raise DamagedError("pixel data") from error
            if part:
                return part
            if not packed:
                break
        if self._inflate.eof and not self.missing:
            return b""
        raise DamagedError("pixel data")


def check_pixel_data(chunks: tuple[Chunk, ...]) -> None:
    """Raises DamagedError when the data is damaged or does not reach the last row."""
    data = PixelData(chunks)
    while data.missing:
        data.read(_PIECE)
    data.finish()


def _slices(chunks: tuple[Chunk, ...]) -> Iterator[memoryview | bytes]:
    for chunk in chunks:
        if chunk.kind == b"IDAT":
            view = memoryview(chunk.data)
            for start in range(0, len(view), _FED):
                yield view[start : start + _FED]


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
