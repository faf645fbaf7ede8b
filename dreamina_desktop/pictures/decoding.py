"""JPEG and PNG decoded to their last pixel; whatever a decoder shrugs off is damage here."""

from __future__ import annotations

import io
import warnings
from concurrent.futures import Executor, ThreadPoolExecutor
from math import ceil
from typing import IO, TYPE_CHECKING, cast

from dreamina_desktop.pictures import jpeg_segments, png_chunks, sixteen_bits
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.other_formats import DECODER_ERRORS
from dreamina_desktop.pictures.png_stream import PngStream

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile

# Pillow reads colour chunks too, and gives up on some that all others take.
_PIXEL_CHUNKS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
# Where a PNG's header has the bits a sample; width and height stand before it.
_DEPTH_PLACE = 24
# Bytes of a PNG that Pillow takes at once: with fewer it spends a tenth of its time asking.
_TAKEN = 2**20
# Any bytes but FF, and not all alike.
_FILLER = bytes(range(1, 65))
# What Pillow takes the lower bytes for when it is told that the order of bytes is the other one.
_LOW_BYTES = {"RGB;16B": "RGB;16L", "RGBA;16B": "RGBA;16L"}


def decode(name: str, data: bytes) -> Image.Image:
    """The pixels as stored, of a file that ``sendable.bare`` has made.

    Of 16 bits a sample 8 are left, rounded: see ``bits_a_sample``. Raises DamagedError.
    """
    if name == "JPEG":
        image = _load(io.BytesIO(data), name)
        if jpeg_segments.is_huffman_coded(data) and not _reaches_its_end(image, data):
            raise DamagedError("scan")
        return image
    return _decode_png(data)


def decode_loosely(name: str, data: bytes, longest: int) -> Image.Image:
    """The same of a file as it is, for looking at it: unchecked, as far as a decoder takes it.

    A JPEG may come smaller, but not below ``longest`` pixels a side. Raises DamagedError.
    """
    if name == "PNG":
        return _decode_png(data)
    image = _opened(io.BytesIO(data), name)
    try:
        if max(image.size) > longest:
            share = longest / max(image.size)
            image.draft(None, (ceil(image.width * share), ceil(image.height * share)))
        image.load()
    except DECODER_ERRORS as error:
        raise DamagedError(type(error).__name__) from error
    return image


def bits_a_sample(name: str, data: bytes) -> int:
    """As stored: 1 to 16 for a PNG, 8 for a JPEG that can be decoded at all."""
    return 8 if name == "JPEG" else data[_DEPTH_PLACE]


def _decode_png(data: bytes) -> Image.Image:
    if len(data) <= _DEPTH_PLACE:
        raise DamagedError("header")
    with ThreadPoolExecutor(1) as beside:
        file = _PngFile(data, beside)
        if data[_DEPTH_PLACE] == 16:
            return _decode_sixteen_bits(file)
        image = _load(file.stream(), "PNG")
        if image.mode == "P" and image.palette is None:
            raise DamagedError("no palette")
        _rescale_transparency(image, data[_DEPTH_PLACE])
        return image


class _PngFile:
    """Can be read again: 16 bits a sample take two readings."""

    def __init__(self, data: bytes, beside: Executor) -> None:
        self._chunks = png_chunks.chunks_of(data, _PIXEL_CHUNKS)
        self._beside = beside

    def stream(self) -> IO[bytes]:
        # All of a file that Pillow asks for.
        return cast("IO[bytes]", PngStream(self._chunks, self._beside))


def _decode_sixteen_bits(file: _PngFile) -> Image.Image:
    from PIL import Image

    tiles = _opened(file.stream(), "PNG").tile
    stored = tiles[0].args if tiles else None
    if stored == "LA;16B":
        # Four bytes a pixel: each half of grey and opacity as a band of its own.
        halves = _load(file.stream(), "PNG", "RGBA", "RGBA").split()
        return sixteen_bits.rounded(
            Image.merge("LA", (halves[0], halves[2])), Image.merge("LA", (halves[1], halves[3]))
        )
    image = _load(file.stream(), "PNG")
    hidden = image.info.get("transparency")
    if image.mode.startswith("I"):
        high, low = sixteen_bits.halves_of_grey(image)
        hidden = None if hidden is None else (hidden,)
    elif isinstance(stored, str) and stored in _LOW_BYTES:
        high, low = image, _load(file.stream(), "PNG", image.mode, _LOW_BYTES[stored])
    else:
        raise DamagedError("colour type")
    reduced = sixteen_bits.rounded(high, low)
    if hidden is not None and reduced.mode in ("L", "RGB"):
        clear = sixteen_bits.is_exactly(high, low, hidden)
        reduced.putalpha(clear.point(range(255, -1, -1)))
    return reduced


def _opened(file: IO[bytes], name: str) -> ImageFile:
    from PIL import Image

    # Callers have judged the size by then.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        return Image.open(file, formats=(name,))
    except (*DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise DamagedError(type(error).__name__) from error


def _load(
    file: IO[bytes], name: str, mode: str | None = None, raw_mode: str | None = None
) -> Image.Image:
    """Decoded; with a mode and raw mode other bytes of the same file come into other bands."""
    image = _opened(file, name)
    if name == "PNG":
        image.decodermaxblock = _TAKEN
    try:
        if mode is not None:
            image._mode = mode
            image.tile = [tile._replace(args=raw_mode) for tile in image.tile]
        image.load()
    except DECODER_ERRORS as error:
        raise DamagedError(type(error).__name__) from error
    return image


def _rescale_transparency(image: Image.Image, bits: int) -> None:
    """Pillow scales samples of few bits to 8, but not the transparent one among them."""
    value = image.info.get("transparency")
    if image.mode == "L" and bits < 8 and value is not None:
        image.info["transparency"] = value * 255 // (2**bits - 1)


def _reaches_its_end(image: Image.Image, data: bytes) -> bool:
    """Whether the last scan of a JPEG, decoded in ``image``, holds data for all of its blocks.

    libjpeg makes up what is missing before the end marker, and says so only in a warning that
    Pillow drops. Bytes put in before that marker are ignored behind a whole scan, but become
    pixels in one that breaks off.
    """
    from PIL import ImageChops

    filled = data[: -len(jpeg_segments.END)] + _FILLER + jpeg_segments.END
    return ImageChops.difference(_load(io.BytesIO(filled), "JPEG"), image).getbbox() is None
