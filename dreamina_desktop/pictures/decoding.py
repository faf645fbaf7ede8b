"""JPEG and PNG decoded to their last pixel; whatever a decoder shrugs off is damage here."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from dreamina_desktop.pictures import jpeg_segments, png_chunks
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.other_formats import DECODER_ERRORS

if TYPE_CHECKING:
    from PIL import Image

_PIXEL_CHUNKS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
# Any bytes but FF, and not all alike.
_FILLER = bytes(range(1, 65))


def decode(name: str, data: bytes) -> Image.Image:
    """The pixels as stored, of a file that ``sendable.bare`` has made. Raises DamagedError."""
    if name == "JPEG":
        image = _load(name, data)
        if jpeg_segments.is_huffman_coded(data) and not _reaches_its_end(image, data):
            raise DamagedError("scan")
        return image
    chunks = png_chunks.read_chunks(data)
    png_chunks.check_pixel_data(chunks)
    # Pillow reads colour chunks too, and gives up on some that all others take.
    pixels = tuple(chunk for chunk in chunks if chunk.kind in _PIXEL_CHUNKS)
    return _load(name, png_chunks.join_chunks(pixels))


def _load(name: str, data: bytes) -> Image.Image:
    from PIL import Image

    # Callers have judged the size by then.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        image = Image.open(io.BytesIO(data), formats=(name,))
        image.load()
    except (*DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise DamagedError(type(error).__name__) from error
    return image


def _reaches_its_end(image: Image.Image, data: bytes) -> bool:
    """Whether the last scan of a JPEG, decoded in ``image``, holds data for all of its blocks.

    libjpeg makes up what is missing before the end marker, and says so only in a warning that
    Pillow drops. Bytes put in before that marker are ignored behind a whole scan, but become
    pixels in one that breaks off.
    """
    filled = data[: -len(jpeg_segments.END)] + _FILLER + jpeg_segments.END
    return _load("JPEG", filled).tobytes() == image.tobytes()
