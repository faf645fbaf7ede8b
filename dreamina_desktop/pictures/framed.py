"""A person's own frame as pixels: the cutout itself, or the picture with bars filled."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from dreamina_desktop.core.cutout import Cutout, Framer
from dreamina_desktop.core.model_spec import OutputSize
from dreamina_desktop.core.recipe import Fill, Frame
from dreamina_desktop.pictures.scaling import scaled
from dreamina_desktop.pictures.size_limits import SizeLimits

if TYPE_CHECKING:
    from PIL import Image

# Bars are made so many times smaller than they will be: blurring makes that invisible.
_BLUR_SCALE = 8
# Of the longer side, after that.
_BLUR_SHARE = 1 / 40


def frame_cutout(
    image: Image.Image, frame: Frame, sizes: tuple[OutputSize, ...]
) -> tuple[Image.Image, Cutout]:
    """Where ``frame`` lies on ``image``, and the image that it lies on.

    That is the same one, unless it is too small to hold a single step of a shape: then it is
    enlarged. Raises KeyError for a shape that the model has not.
    """
    framer = Framer(*image.size, sizes)
    if frame.fill is Fill.CROP and not framer.can_frame(frame.shape):
        unit = framer.cutout(frame)
        factor = max(ceil(unit.unit_width / image.width), ceil(unit.unit_height / image.height))
        size = image.width * factor, image.height * factor
        image = scaled(image, size)
        framer = Framer(*size, sizes)
    return image, framer.cutout(frame)


def legal_steps(cutout: Cutout, limits: SizeLimits) -> int:
    """The number of steps nearest to the cutout's own that the model takes."""
    least, most = limits.steps((cutout.unit_width, cutout.unit_height))
    return max(least, min(cutout.steps, most))


def framed(image: Image.Image, frame: Frame, cutout: Cutout, steps: int) -> Image.Image:
    """Exactly ``steps`` units of pixels; those of the cutout itself where it has as many."""
    size = steps * cutout.unit_width, steps * cutout.unit_height
    left, top = max(cutout.left, 0), max(cutout.top, 0)
    right = min(cutout.left + cutout.width, image.width)
    bottom = min(cutout.top + cutout.height, image.height)
    seen = image.crop((left, top, right, bottom))
    scale = steps / cutout.steps
    place = round((left - cutout.left) * scale), round((top - cutout.top) * scale)
    end = round((right - cutout.left) * scale), round((bottom - cutout.top) * scale)
    room = max(1, end[0] - place[0]), max(1, end[1] - place[1])
    seen = scaled(seen, room)
    if seen.size == size:
        return seen
    ground = _ground(image, frame, size)
    ground.paste(seen.convert("RGB"), place)
    return ground


def _ground(image: Image.Image, frame: Frame, size: tuple[int, int]) -> Image.Image:
    from PIL import Image

    if frame.fill is Fill.COLOUR:
        return Image.new("RGB", size, frame.colour)
    return _blurred(image.convert("RGB"), size)


def _blurred(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture itself, enlarged until it covers ``size``, out of focus."""
    from PIL import ImageFilter, ImageOps
    from PIL.Image import Resampling

    small = max(1, size[0] // _BLUR_SCALE), max(1, size[1] // _BLUR_SCALE)
    covering = ImageOps.fit(image, small, Resampling.BOX)
    soft = covering.filter(ImageFilter.GaussianBlur(max(small) * _BLUR_SHARE))
    return soft.resize(size, Resampling.BICUBIC)
