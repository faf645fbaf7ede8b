"""Whether two frames show the same picture, though not to the bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dreamina_desktop.video.export_colours import RgbScaler

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from PIL.Image import Image

_SIDE = 96
_MEAN, _MOST = 5.0, 64
"""Grey levels between 0 and 255: a picture that was sent and made anew stays well below both."""
_SHAPES = 1.02


def is_same_picture(one: VideoFrame, other: VideoFrame) -> bool:
    """By all their pixels brought to a small size. Frames of differing shape never are.

    What a codec, a scaling or the model itself loses of a picture that it begins with does not
    count; a change anywhere in a hundredth of the picture does. Raises ClipBrokenError.
    """
    from PIL import ImageChops, ImageStat

    ratio = one.width * other.height / (one.height * other.width)
    if not 1 / _SHAPES <= ratio <= _SHAPES:
        return False
    found = ImageStat.Stat(ImageChops.difference(_small(one), _small(other)))
    most = max(high for _, high in found.extrema)
    return max(found.mean) <= _MEAN and most <= _MOST


def _small(picture: VideoFrame) -> Image:
    from PIL import Image

    scale = _SIDE / max(picture.width, picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    plane = RgbScaler("rgb24").scale(picture, size).planes[0]
    return Image.frombuffer("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)
