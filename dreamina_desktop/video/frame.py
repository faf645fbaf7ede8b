"""A decoded frame at the size it is shown, and the quickest way from there to the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter

# AVColorSpace: numbers of FFmpeg's own, as PyAV hands them out.
_BT709, _UNSPECIFIED, _BT601 = 1, 2, 6
# Above standard definition untagged video is taken for BT.709, as all players do.
_STANDARD_WIDTH, _STANDARD_HEIGHT = 1279, 576
_BLOCK_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """Frame ``index`` (from 0) at ``width`` × ``height`` pixels, as YUV 4:2:0 in ``picture``.

    ``picture`` is read only, by any thread, and may be larger to the right and below: what is
    there means nothing. ``bytes`` is the memory it takes.
    """

    index: int
    width: int
    height: int
    picture: VideoFrame = field(repr=False)

    @property
    def bytes(self) -> int:
        """The memory that the three planes take."""
        return sum(plane.buffer_size for plane in self.picture.planes)


@dataclass(frozen=True, slots=True)
class Rgb32:
    """Pixels of four bytes each, blue first and 255 last, in lines of ``stride`` bytes.

    Little-endian readers (and Qt's ``Format_RGB32``) see 0xffRRGGBB.
    """

    width: int
    height: int
    stride: int
    data: memoryview = field(repr=False)


class Rgb32Converter:
    """Turns frames into pixels for painting: 0.35 ms for 960 × 720. Belongs to one thread."""

    def __init__(self) -> None:
        self._reformatter = _new_reformatter()

    def convert(self, frame: Frame) -> Rgb32:
        """The frame's pixels, in memory of their own that lives as long as ``data`` does."""
        # One thread: waking others costs more than they save, and stalls when they are busy.
        shown = self._reformatter.reformat(frame.picture, format="bgra", threads=1)
        plane = shown.planes[0]
        return Rgb32(frame.width, frame.height, plane.line_size, memoryview(plane))


class Scaler:
    """Brings decoded frames to the size they are shown at. Belongs to one decoder."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._reformatter = _new_reformatter()

    def scale(self, index: int, picture: VideoFrame) -> Frame:
        """The frame at the shown size, told how its colours are meant.

        Raises ClipBrokenError for pixels in a form that cannot be converted.
        """
        import av

        width, height = self._size
        try:
            # Area averaging: as quick as any, and nothing flickers when a clip is shown smaller.
            shown = self._reformatter.reformat(
                picture, width, height, "yuv420p", interpolation="AREA", threads=1
            )
        except (av.FFmpegError, ValueError) as error:
            raise ClipBrokenError("pixels") from error
        if picture.colorspace == _UNSPECIFIED:
            large = picture.width > _STANDARD_WIDTH or picture.height > _STANDARD_HEIGHT
            shown.colorspace = _BT709 if large else _BT601
        return Frame(index, width, height, _on_whole_blocks(shown))


def _on_whole_blocks(picture: VideoFrame) -> VideoFrame:
    """The same picture, standing in a larger one of whole blocks of pixels.

    Swscale's quick way to RGB works block by block: it leaves the last columns of other widths
    unwritten, and goes a way ten times as slow where the height is odd.
    """
    width = -(-picture.width // _BLOCK_WIDTH) * _BLOCK_WIDTH
    height = picture.height + picture.height % 2
    if (width, height) == (picture.width, picture.height):
        return picture
    from av.video.frame import VideoFrame

    larger = VideoFrame(width, height, "yuv420p")
    for source, target in zip(picture.planes, larger.planes, strict=True):
        data, copy = memoryview(source), memoryview(target)
        # Lines of scaled pictures are as long in both: they come in whole blocks anyway. Those of
        # the decoder, which a clip shown at its own size has, are any length.
        if source.line_size == target.line_size:
            copy[: len(data)] = data
            continue
        length = min(source.line_size, target.line_size)
        for line in range(source.height):
            begin, end = line * source.line_size, line * target.line_size
            copy[end : end + length] = data[begin : begin + length]
    larger.colorspace, larger.color_range = picture.colorspace, picture.color_range
    return larger


def _new_reformatter() -> VideoReformatter:
    from av.video.reformatter import VideoReformatter

    return VideoReformatter()
