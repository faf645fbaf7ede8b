"""Which of the model's shapes a picture becomes, and what the centre crop takes away.

The shape is the one nearest in proportion: the smallest |ln((w/h) / (W/H))|. The provider does
not document the choice, so this is the *expected* crop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from dreamina_desktop.core.model_spec import OutputSize


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle inside the upright picture; pixels, possibly with fractions."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Framing:
    """The expected output of a picture. ``lost`` is the share of its area cut off, 0 … 1."""

    output: OutputSize
    crop: Crop
    lost: float


def frame_picture(width: int, height: int, sizes: tuple[OutputSize, ...]) -> Framing:
    """The expected framing of an upright picture of ``width`` × ``height`` pixels.

    Raises ValueError when a side is not positive or there is no output size.
    """
    if width <= 0 or height <= 0 or not sizes:
        raise ValueError((width, height, len(sizes)))
    ratio = width / height
    output = min(sizes, key=lambda size: abs(math.log(ratio * size.height / size.width)))
    # Compared as whole numbers: a picture of exactly the shape loses nothing at all.
    if width * output.height > height * output.width:
        kept_width, kept_height = height * output.width / output.height, float(height)
    else:
        kept_width, kept_height = float(width), width * output.height / output.width
    crop = Crop((width - kept_width) / 2, (height - kept_height) / 2, kept_width, kept_height)
    return Framing(output, crop, 1 - kept_width * kept_height / (width * height))
