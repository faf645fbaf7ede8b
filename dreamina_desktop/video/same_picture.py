"""Whether the picture that one clip ends with is the one that another begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dreamina_desktop.video.export_colours import RgbScaler

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from PIL.Image import Image

_SIDE = 96
_MEAN, _MOST = 5.0, 64
"""Grey levels between 0 and 255: a picture that was sent and made anew stays well below both."""
_SHAPES = 1.02
_OF_MOTION = 0.5
"""What follows as the next frame differs by a whole frame's motion."""


def stands_twice(ending: Sequence[VideoFrame], beginning: Sequence[VideoFrame]) -> bool:
    """Whether the last frame of ``ending`` is, though not to the bit, the first of ``beginning``.

    Two frames of each clip are looked at, or one where it has no more, brought to a small size.
    What a codec, a scaling or the model itself loses of a picture that it begins with does not
    count; a change anywhere in a hundredth of the picture does. So does a difference that is not
    clearly below each clip's own from frame to frame: then one clip simply follows the other.
    Frames of differing shape are never the same. Raises ClipBrokenError.
    """
    one, other = ending[-1], beginning[0]
    ratio = one.width * other.height / (one.height * other.width)
    if not 1 / _SHAPES <= ratio <= _SHAPES:
        return False
    before, after = ([_small(picture) for picture in clip] for clip in (ending, beginning))
    mean, most = _difference(before[-1], after[0])
    motions = [_difference(*pair[-2:])[0] for pair in (before, after) if len(pair) > 1]
    return mean <= _MEAN and most <= _MOST and mean < _OF_MOTION * min(motions, default=0.0)


def _difference(one: Image, other: Image) -> tuple[float, int]:
    """The mean and the greatest one, of the colour that differs most."""
    from PIL import ImageChops, ImageStat

    found = ImageStat.Stat(ImageChops.difference(one, other))
    return max(found.mean), int(max(high for _, high in found.extrema))


def _small(picture: VideoFrame) -> Image:
    from PIL import Image

    scale = _SIDE / max(picture.width, picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    plane = RgbScaler("rgb24").scale(picture, size).planes[0]
    return Image.frombuffer("RGB", size, bytes(plane), "raw", "RGB", plane.line_size, 1)
