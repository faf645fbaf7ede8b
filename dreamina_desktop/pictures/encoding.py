"""Pixels as a JPEG of the best quality below a number of bytes, or as a PNG where that fits."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

BEST_QUALITY, LEAST_QUALITY = 95, 60
# Below it colour at full size costs more of what can be seen than it gives.
_GOOD_QUALITY = 85
# Pixels above which sizes are foretold by a sample of the rows.
_MANY_PIXELS = 1_000_000
_STRIP_ROWS = 16
# Packing as a PNG takes ten times as long, and is foretold as well by fewer.
_STRIPS_OF_JPEG, _STRIPS_OF_PNG = 20, 8
# A sample is so far from the truth at most, mostly a tenth of it; packed quickly it is larger.
_HOPELESS, _HOPELESS_QUICKLY = 1.25, 2.0
_QUICKLY = 1
_NEARLY = 1.1
_SUBSAMPLED_420, _SUBSAMPLED_444 = 2, 0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's bytes and format, "JPEG" or "PNG"; ``quality`` of a JPEG, 1 … 100."""

    data: bytes
    format: str
    quality: int | None = None


def encoded_jpeg(image: Image.Image, byte_limit: int | None, *, is_subsampled: bool) -> Encoded:
    """The JPEG of the best quality, 95 … 60, that has fewer than ``byte_limit`` bytes.

    Where none has, that of the least quality. ``is_subsampled``: colour at half the size, which
    for a picture that came like that is no loss. Any other comes to that only where the quality
    would suffer more.
    """
    sampling = _SUBSAMPLED_420 if is_subsampled else _SUBSAMPLED_444
    if byte_limit is None:
        data = _saved(image, "JPEG", quality=BEST_QUALITY, subsampling=sampling, optimize=True)
        return Encoded(data, "JPEG", BEST_QUALITY)
    quality = _foretold_quality(image, byte_limit, sampling)
    if quality < _GOOD_QUALITY and not is_subsampled:
        sampling = _SUBSAMPLED_420
        quality = _foretold_quality(image, byte_limit, sampling)

    def encode(quality: int) -> bytes:
        return _saved(image, "JPEG", quality=quality, subsampling=sampling, optimize=True)

    return _best_near(encode, quality, byte_limit)


def encoded_png(image: Image.Image, byte_limit: int | None) -> Encoded | None:
    """A PNG of fewer than ``byte_limit`` bytes; None where it has more.

    Where it plainly will have more it is not even tried: a large one takes seconds.
    """
    if byte_limit is None:
        return encoded_png_of_any_size(image)
    strips, share = _strips(image, _STRIPS_OF_PNG)
    room = byte_limit * share
    if strips is not image and (
        len(_saved(strips, "PNG", compress_level=_QUICKLY)) > _HOPELESS_QUICKLY * room
        or len(_saved(strips, "PNG")) > _HOPELESS * room
    ):
        return None
    data = _saved(image, "PNG")
    # Packing harder saves little: tried only where little is missing.
    if byte_limit <= len(data) < _NEARLY * byte_limit:
        data = _saved(image, "PNG", optimize=True)
    return Encoded(data, "PNG") if len(data) < byte_limit else None


def encoded_png_of_any_size(image: Image.Image) -> Encoded:
    """A PNG, however many bytes it takes."""
    return Encoded(_saved(image, "PNG"), "PNG")


def _best_near(encode: Callable[[int], bytes], guess: int, byte_limit: int) -> Encoded:
    """By bisection that first looks beside a guess, which is probably right."""
    fitting = b""
    # ``low`` fits, ``high`` does not.
    low, high = LEAST_QUALITY - 1, BEST_QUALITY + 1
    quality = guess
    while high - low > 1:
        data = encode(quality)
        if len(data) < byte_limit:
            low, fitting = quality, data
        else:
            high = quality
        beside = low + 1 if low == guess else high - 1
        quality = beside if guess in (low, high) else (low + high) // 2
    return Encoded(fitting or data, "JPEG", max(low, LEAST_QUALITY))


def _foretold_quality(image: Image.Image, byte_limit: int, sampling: int) -> int:
    """The best quality that fits, as a sample of the rows tells."""
    strips, share = _strips(image, _STRIPS_OF_JPEG)
    low, high = LEAST_QUALITY, BEST_QUALITY
    while low < high:
        quality = (low + high + 1) // 2
        data = _saved(strips, "JPEG", quality=quality, subsampling=sampling, optimize=True)
        low, high = (quality, high) if len(data) < byte_limit * share else (low, quality - 1)
    return low


def _strips(image: Image.Image, count: int) -> tuple[Image.Image, float]:
    """``count`` strips of whole rows from all over the picture in one, and their share of it.

    All of a picture that is small.
    """
    from PIL import Image

    if image.width * image.height <= _MANY_PIXELS or image.height < count * _STRIP_ROWS:
        return image, 1.0
    sample = Image.new(image.mode, (image.width, count * _STRIP_ROWS))
    for number in range(count):
        # On the grid of the blocks into which a JPEG divides a picture.
        top = (image.height - _STRIP_ROWS) * number // (count - 1) // _STRIP_ROWS * _STRIP_ROWS
        strip = image.crop((0, top, image.width, top + _STRIP_ROWS))
        sample.paste(strip, (0, number * _STRIP_ROWS))
    return sample, sample.height / image.height


def _saved(image: Image.Image, name: str, **options: int | bool) -> bytes:
    from PIL import ImageFile

    file = io.BytesIO()
    # To optimise, libjpeg has to find room for all it writes; noise needs more than Pillow gives.
    before, ImageFile.MAXBLOCK = ImageFile.MAXBLOCK, _room(image)
    try:
        image.save(file, name, **options)
    finally:
        ImageFile.MAXBLOCK = before
    return file.getvalue()


def _room(image: Image.Image) -> int:
    return 2**16 + 4 * image.width * image.height
