"""How a decoded frame's colours are meant, and its pixels as RGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.reformatter import Interpolation

# AVColorSpace: numbers of FFmpeg's own, as PyAV hands them out.
_RGB, _BT709, _UNSPECIFIED, _BT601 = 0, 1, 2, 6
# AVColorRange.
LIMITED, FULL = 1, 2
# Above standard definition untagged video is taken for BT.709, as all players do.
_STANDARD_WIDTH, _STANDARD_HEIGHT = 1279, 576
_FULL_FORMS = "yuvj"


@dataclass(frozen=True, slots=True)
class ColourTags:
    """Numbers of FFmpeg's AVColorRange, AVColorSpace, AVColorPrimaries and their transfer."""

    range: int
    space: int
    primaries: int
    transfer: int


def tags_of(picture: VideoFrame) -> ColourTags:
    """What a frame says of itself."""
    return ColourTags(
        picture.color_range, picture.colorspace, picture.color_primaries, picture.color_trc
    )


def tell_space(picture: VideoFrame) -> None:
    """Have an untagged frame say what it is taken for at its own size."""
    if picture.colorspace == _UNSPECIFIED:
        picture.colorspace = _usual_space(picture)


def told_yuv(picture: VideoFrame) -> tuple[int, int]:
    """Space and range of the YUV that a frame is made, which an untagged one is told to have.

    Of RGB the range of video is made, in the space that is usual at its size.
    """
    if picture.format.is_rgb:
        return _usual_space(picture), LIMITED
    if picture.colorspace in (_RGB, _UNSPECIFIED):
        picture.colorspace = _usual_space(picture)
    if picture.color_range not in (LIMITED, FULL):
        picture.color_range = FULL if picture.format.name.startswith(_FULL_FORMS) else LIMITED
    return picture.colorspace, picture.color_range


def _usual_space(picture: VideoFrame) -> int:
    large = picture.width > _STANDARD_WIDTH or picture.height > _STANDARD_HEIGHT
    return _BT709 if large else _BT601


class RgbScaler:
    """Brings frames to RGB of one size, with care rather than speed. Belongs to one thread."""

    def __init__(self, pixels: str) -> None:
        """``pixels`` is a pixel format of FFmpeg: "rgb24" or "bgra"."""
        from av.video.reformatter import VideoReformatter

        self._pixels = pixels
        self._reformatter = VideoReformatter()

    def scale(self, picture: VideoFrame, size: tuple[int, int]) -> VideoFrame:
        """Raises ClipBrokenError for pixels in a form that cannot be converted."""
        import av

        tell_space(picture)
        try:
            return self._reformatter.reformat(
                picture, *size, self._pixels, interpolation=careful(), threads=1
            )
        except (av.FFmpegError, ValueError) as error:
            raise ClipBrokenError("pixels") from error


def careful() -> Interpolation:
    """The way of scaling that loses least."""
    from av.video.reformatter import Interpolation

    return (
        Interpolation.LANCZOS
        | Interpolation.ACCURATE_RND
        | Interpolation.FULL_CHR_H_INT
        | Interpolation.FULL_CHR_H_INP
    )
