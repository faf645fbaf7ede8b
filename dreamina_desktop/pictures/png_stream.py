"""A PNG whose pixel data is inflated on another core, a piece ahead of the decoder.

Pillow inflates and unfilters in one thread, and takes a short stream for a whole picture. Here
what it reads was inflated before, and counted, and comes to it as blocks that are only stored
(RFC 1951, 3.2.4): its own inflating is a copy then. Large pictures take little more than half the
time, and nothing is inflated twice.
"""

from __future__ import annotations

import io
import zlib
from concurrent.futures import Executor, Future

from dreamina_desktop.pictures import png_chunks
from dreamina_desktop.pictures.png_chunks import Chunk
from dreamina_desktop.pictures.png_pixels import PixelData

_STORED = 65535
# Whole blocks, so that their number is known before; as many as a core's cache holds.
_PIECE = 4 * _STORED
_ZLIB_HEAD = b"\x78\x01"
# Nobody looks at the checksum of pixel data here: that of the file was.
_NO_CHECKSUM = bytes(4)


class PngStream(io.RawIOBase):
    """Reads like a file; only what comes before the pixel data can be read twice.

    ``chunks`` are IHDR, those that belong to the samples, IDAT and IEND. Reading raises
    DamagedError where the pixel data is damaged, or does not reach the last row.
    """

    def __init__(self, chunks: tuple[Chunk, ...], beside: Executor) -> None:
        super().__init__()
        self._beside = beside
        self._inflater = PixelData(chunks)
        needed = self._inflater.missing
        length = len(_ZLIB_HEAD) + needed + 5 * -(-needed // _STORED) + 4
        first = [chunk.encoded() for chunk in chunks if chunk.kind not in (b"IDAT", b"IEND")]
        self._head = b"".join(
            (png_chunks.SIGNATURE, *first, length.to_bytes(4, "big"), b"IDAT", _ZLIB_HEAD)
        )
        self._end = chunks[-1].encoded()
        self._buffer, self._place = self._head, 0
        self._before = 0
        self._left = needed
        self._adler = 1
        self._next: Future[bytes] | None = None

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._before + self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Within the head, and to where it stands."""
        if whence != io.SEEK_SET or (self._before and place != self.tell()):
            raise io.UnsupportedOperation("seek")
        self._place = place - self._before
        return place

    def read(self, count: int = -1) -> bytes:
        """Exactly ``count`` bytes, fewer at the end alone."""
        parts = []
        while count:
            part = self._buffer[self._place : self._place + count]
            if part:
                parts.append(part)
                self._place += len(part)
                count -= len(part)
            elif not self._refill():
                break
        return b"".join(parts)

    def _refill(self) -> bool:
        if self._left == 0 and not self._end:
            return False
        self._before += len(self._buffer)
        self._place = 0
        if self._left:
            data = self._piece()
            self._left -= len(data)
            self._adler = zlib.adler32(data, self._adler)
            self._buffer = _stored(data, is_last=not self._left)
        else:
            self._buffer = self._adler.to_bytes(4, "big") + _NO_CHECKSUM + self._end
            self._end = b""
        return True

    def _piece(self) -> bytes:
        now = self._next or self._beside.submit(self._inflater.read, _PIECE)
        data = now.result()
        if len(data) < self._left:
            self._next = self._beside.submit(self._inflater.read, _PIECE)
        else:
            self._beside.submit(self._inflater.finish).result()
        return data


def _stored(data: bytes, *, is_last: bool) -> bytes:
    blocks = []
    for start in range(0, len(data), _STORED):
        block = data[start : start + _STORED]
        final = is_last and start + _STORED >= len(data)
        length = len(block)
        blocks += [
            bytes((final,)),
            length.to_bytes(2, "little"),
            (length ^ 0xFFFF).to_bytes(2, "little"),
            block,
        ]
    return b"".join(blocks)
