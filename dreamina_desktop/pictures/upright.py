"""Turning a picture's pixels upright, for readers that ignore the EXIF orientation."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dreamina_desktop.pictures import png_chunks
from dreamina_desktop.pictures.exif_orientation import lies_on_its_side
from dreamina_desktop.pictures.png_chunks import Chunk

if TYPE_CHECKING:
    from PIL import Image

# The least loss first; below 85 it begins to show.
_QUALITIES = (95, 92, 90, 88, 85)
_SUBSAMPLED_420 = 2
_SUBSAMPLED_444 = 0


def encode_upright_jpeg(image: Image.Image, orientation: int, byte_limit: int | None) -> bytes:
    """A JPEG of the decoded ``image`` turned, its ICC profile kept.

    Quality 95; lower, but never below 85, where the file would have ``byte_limit`` bytes or more.
    """
    from PIL.JpegImagePlugin import get_sampling

    # Colour that was stored at half size gains nothing from being stored at full size.
    sampling = _SUBSAMPLED_420 if get_sampling(image) == _SUBSAMPLED_420 else _SUBSAMPLED_444
    profile = image.info.get("icc_profile")
    turned = _turned(image, orientation)
    data = b""
    for quality in _QUALITIES:
        file = io.BytesIO()
        turned.save(
            file, "JPEG", quality=quality, subsampling=sampling, icc_profile=profile, optimize=True
        )
        data = file.getvalue()
        if byte_limit is None or len(data) < byte_limit:
            break
    return data


def encode_upright_png(
    image: Image.Image, original: bytes, orientation: int, byte_limit: int | None
) -> bytes:
    """A PNG of the decoded ``image`` turned, with the colour chunks of ``original``.

    Lossless, but for truecolour of 16 bits a sample, which becomes 8 bits: Pillow reads no more,
    and the model shows no more. Packed harder where the file would have ``byte_limit`` bytes.
    """
    chunks = png_chunks.read_chunks(original)
    _rescale_transparency(image, chunks[0].data[8])
    turned = _turned(image, orientation)
    kept = [chunk for chunk in chunks if chunk.kind in png_chunks.COLOUR_CHUNKS]
    kept += [
        _turned_density(chunk) if lies_on_its_side(orientation) else chunk
        for chunk in chunks
        if chunk.kind == b"pHYs"
    ]
    data = b""
    for optimize in (False, True):
        file = io.BytesIO()
        turned.save(file, "PNG", optimize=optimize, icc_profile=None)
        head, *rest = png_chunks.read_chunks(file.getvalue())
        data = png_chunks.join_chunks((head, *kept, *rest))
        if byte_limit is None or len(data) < byte_limit:
            break
    return data


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    # EXIF 2.3, 4.6.4 A: where the picture's first row and column are.
    return image.transpose(
        {
            2: Transpose.FLIP_LEFT_RIGHT,
            3: Transpose.ROTATE_180,
            4: Transpose.FLIP_TOP_BOTTOM,
            5: Transpose.TRANSPOSE,
            6: Transpose.ROTATE_270,
            7: Transpose.TRANSVERSE,
            8: Transpose.ROTATE_90,
        }[orientation]
    )


def _rescale_transparency(image: Image.Image, bits: int) -> None:
    """Pillow scales samples of other depths to 8 bits, but not the transparent one among them."""
    value = image.info.get("transparency")
    if image.mode == "RGB" and bits == 16 and value is not None:
        image.info["transparency"] = tuple(sample >> 8 for sample in value)
    elif image.mode == "L" and bits < 8 and value is not None:
        image.info["transparency"] = value * 255 // (2**bits - 1)


def _turned_density(chunk: Chunk) -> Chunk:
    return Chunk(chunk.kind, chunk.data[4:8] + chunk.data[:4] + chunk.data[8:])
