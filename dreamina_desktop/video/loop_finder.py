"""The in and the out point between which a clip loops with the least visible seam."""

from __future__ import annotations

from itertools import pairwise
from math import dist, sqrt
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.export_errors import FrameMissingError
from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.core.export_result import Loop
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.export_reading import frames_of, opened

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

SHORTEST = 24
"""Frames that a loop has at least, unless told otherwise: one second of the model's clips."""
_MOST_FRAMES = 960
"""Of a longer clip only the beginning is searched: 40 seconds of the model's rate."""
_MOST_POINTS = 320
"""In a longer search not every frame is tried at once, but those beside the best ones."""
_WIDE, _HIGHEST = 40, 72
_EVEN = 0.25
"""Grey levels that nobody sees: of seams so alike the longest loop is taken."""

type _Pixels = tuple[float, ...]


def find_loop(clip: Path, shortest: int = SHORTEST, watch: ExportWatch = UNWATCHED) -> Loop:
    """Blocking, for a second. A loop has ``shortest`` frames or more, at least 3.

    A pair is judged by two frames on each side of the jump: the last one should look like the one
    before the first, and what came behind the last like the first. So neither a frame shown twice
    nor a turn of the motion passes for a good loop. Raises ClipUnreadableError, FrameMissingError
    where the clip is too short, and ExportCancelledError.
    """
    shortest = max(3, shortest)
    with opened(clip) as file:
        count = min(file.frames, _MOST_FRAMES)
        if count < shortest:
            raise FrameMissingError(str(shortest), file.frames)
        small = _Shrinking()
        frames = []
        for number, picture in frames_of(file, Cut(0, count - 1)):
            watch.step(number, count)
            frames.append(small.shrink(picture))
    found = _best(frames, shortest, watch)
    watch.step(count, count)
    return found


def _best(frames: list[_Pixels], shortest: int, watch: ExportWatch) -> Loop:
    count = len(frames)
    seams = _Seams(frames)
    step = -(-count // _MOST_POINTS)
    tried = []
    for last in range(count - 1, 0, -step):
        watch.step(count - 1, count)
        tried += [
            (seams.of(first, last), first, last) for first in range(0, last - shortest + 2, step)
        ]
    if step > 1:
        _, first, last = min(tried)
        tried += [
            (seams.of(earlier, later), earlier, later)
            for earlier in range(max(0, first - step), first + step)
            for later in range(last - step, min(count, last + step))
            if later - earlier + 1 >= shortest
        ]
    least, _, _ = min(tried)
    seam, first, last = max(
        (found for found in tried if found[0] <= least + _EVEN),
        key=lambda found: (found[2] - found[1], -found[0]),
    )
    return Loop(first, last, seam, seams.usual)


class _Seams:
    """How visible jumps are, root mean square."""

    def __init__(self, frames: list[_Pixels]) -> None:
        # A frame before the first and one behind the last, as the motion there would have it.
        known = [_going_on(frames[1], frames[0]), *frames, _going_on(frames[-2], frames[-1])]
        self._pairs = [one + other for one, other in pairwise(known)]
        self._scale = 1 / sqrt(2 * len(frames[0]))
        self.usual = median(self._between(one, other) for one, other in pairwise(self._pairs))

    def of(self, first: int, last: int) -> float:
        """Of the jump from ``last`` to ``first``."""
        return self._between(self._pairs[last + 1], self._pairs[first])

    def _between(self, one: _Pixels, other: _Pixels) -> float:
        return dist(one, other) * self._scale


def _going_on(before: _Pixels, frame: _Pixels) -> _Pixels:
    return tuple(2 * pixel - past for pixel, past in zip(frame, before, strict=True))


class _Shrinking:
    """Frames as few grey levels."""

    def __init__(self) -> None:
        from av.video.reformatter import VideoReformatter

        self._reformatter = VideoReformatter()

    def shrink(self, picture: VideoFrame) -> _Pixels:
        import av

        wide, high = picture.width, picture.height
        height = min(_HIGHEST, max(2, round(high * _WIDE / wide)))
        try:
            grey = self._reformatter.reformat(
                picture, _WIDE, height, "gray", interpolation="AREA", threads=1
            )
        except (av.FFmpegError, ValueError) as error:
            raise ClipBrokenError("pixels") from error
        plane = grey.planes[0]
        pixels = memoryview(plane)
        return tuple(
            float(pixel)
            for row in range(height)
            for pixel in pixels[row * plane.line_size : row * plane.line_size + _WIDE]
        )
