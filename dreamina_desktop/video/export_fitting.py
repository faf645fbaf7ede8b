"""Brings frames of any size and form to YUV 4:2:0 of one size, for a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.export_colours import FULL, LIMITED, careful, told_yuv

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.plane import VideoPlane

_FORM = "yuv420p"
_BLACK = {LIMITED: 16, FULL: 0}
_GREY = 128


class Fitting:
    """``size`` in pixels, both even. The first frame fixes the colours of all that follow."""

    def __init__(self, size: tuple[int, int], *, keeps_shape: bool) -> None:
        """With ``keeps_shape``, black bars fill what a frame of another shape leaves."""
        from av.video.reformatter import VideoReformatter

        self._size = size
        self._keeps_shape = keeps_shape
        self._reformatter = VideoReformatter()
        self._told: tuple[int, int] | None = None

    def fit(self, picture: VideoFrame) -> VideoFrame:
        """The frame at the size of all. Raises ClipBrokenError for pixels of no known form."""
        import av

        inner = self._inner((picture.width, picture.height))
        told = told_yuv(picture)
        self._told = self._told or told
        space, colour_range = self._told
        try:
            scaled = self._reformatter.reformat(
                picture,
                *inner,
                _FORM,
                dst_colorspace=_sws_space(space),
                dst_color_range=colour_range,
                interpolation=careful(),
                threads=1,
            )
        except (av.FFmpegError, ValueError) as error:
            raise ClipBrokenError("pixels") from error
        return scaled if inner == self._size else self._placed(scaled)

    def _inner(self, size: tuple[int, int]) -> tuple[int, int]:
        width, height = self._size
        if 0 <= size[0] - width <= 1 and 0 <= size[1] - height <= 1:
            # One line too many, of an odd number: left out, so that no pixel is made anew.
            return size
        if not self._keeps_shape:
            return self._size
        scale = min(width / size[0], height / size[1])
        return _even(size[0] * scale, width), _even(size[1] * scale, height)

    def _placed(self, scaled: VideoFrame) -> VideoFrame:
        """In the middle of a black frame, cut off where it is larger."""
        import av

        width, height = self._size
        canvas = av.VideoFrame(width, height, _FORM)
        black = _BLACK.get(scaled.color_range, _BLACK[LIMITED])
        # At whole squares of four pixels, which share their colour.
        left = max(0, (width - scaled.width) // 4 * 2)
        top = max(0, (height - scaled.height) // 4 * 2)
        for number, (source, target) in enumerate(zip(scaled.planes, canvas.planes, strict=True)):
            memoryview(target)[:] = bytes([_GREY if number else black]) * target.buffer_size
            half = 2 if number else 1
            _paste(source, target, left // half, top // half)
        canvas.colorspace, canvas.color_range = scaled.colorspace, scaled.color_range
        return canvas


def _paste(source: VideoPlane, target: VideoPlane, left: int, top: int) -> None:
    width = min(source.width, target.width - left)
    read, write = memoryview(source), memoryview(target)
    for row in range(min(source.height, target.height - top)):
        start = (top + row) * target.line_size + left
        line = row * source.line_size
        write[start : start + width] = read[line : line + width]


def _even(length: float, most: int) -> int:
    return min(most, max(2, round(length / 2) * 2))


def _sws_space(space: int) -> int | None:
    """Swscale's own number for an AVColorSpace; None leaves the frame's as it is."""
    return {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9}.get(space)
