"""Samples of 16 bits reduced to 8 by rounding.

Pillow keeps the upper byte, which makes a picture darker by half a level and forgets the rest.
Here both bytes are decoded, as two images of 8 bits: ``high`` and ``low``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# v / 257 is high + (low − high) / 257: rounding adds or takes one where they are so far apart.
_FAR = 129


def rounded(high: Image.Image, low: Image.Image) -> Image.Image:
    """The nearest of 256 levels to each sample: 65535 becomes 255, and 128 still 0."""
    from PIL import ImageChops

    one_where_far = ([0] * _FAR + [1] * (256 - _FAR)) * len(high.getbands())
    up = ImageChops.subtract(low, high).point(one_where_far)
    down = ImageChops.subtract(high, low).point(one_where_far)
    return ImageChops.subtract(ImageChops.add(high, up), down)


def halves_of_grey(image: Image.Image) -> tuple[Image.Image, Image.Image]:
    """``high`` and ``low`` of an image of a mode "I;16", whatever its order of bytes."""
    from PIL import Image

    first, second = Image.frombytes("LA", image.size, image.tobytes()).split()
    return (first, second) if image.mode == "I;16B" else (second, first)


def is_exactly(high: Image.Image, low: Image.Image, colour: tuple[int, ...]) -> Image.Image:
    """A mask, mode "L": 255 where every sample is that of ``colour``, of 16 bits each."""
    from PIL import Image, ImageChops

    mask = Image.new("L", high.size, 255)
    for band, value in zip(high.split(), colour, strict=True):
        mask = ImageChops.darker(mask, band.point(_only(value >> 8)))
    for band, value in zip(low.split(), colour, strict=True):
        mask = ImageChops.darker(mask, band.point(_only(value & 255)))
    return mask


def _only(value: int) -> list[int]:
    return [255 * (level == value) for level in range(256)]
