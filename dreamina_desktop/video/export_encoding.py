"""Frames of a clip, encoded by an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.export_fitting import Fitting
from dreamina_desktop.video.export_gif import GifWriter, palette_of
from dreamina_desktop.video.export_mp4 import Mp4Writer
from dreamina_desktop.video.export_png import PngWriter
from dreamina_desktop.video.export_reading import frame_at, frames_of, rate_of
from dreamina_desktop.video.export_webp import WebpWriter

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_PALETTE_FRAMES = 24
"""How many frames, spread over the cut, choose a GIF's colours."""


class FrameWriter(Protocol):
    """A file that takes frames in order; ``count`` is how many it has taken."""

    count: int

    def add(self, picture: VideoFrame, time: Fraction) -> None: ...
    def finish(self) -> None: ...
    def close(self) -> None: ...


class Encoding:
    """By one order, for one cut of a clip, of which it has a GIF's palette made.

    All calls raise ClipBrokenError, ExportSizeError, ExportCancelledError, and what FFmpeg and
    the disk raise.
    """

    def __init__(
        self, order: ExportOrder, file: ClipFile, cut: Cut, watch: ExportWatch = UNWATCHED
    ) -> None:
        self._order = order
        self._rate = rate_of(file)
        self._palette: VideoFrame | None = None
        if order.kind is ExportKind.GIF:
            first = frame_at(file, cut.first, watch)
            size = order.size(first.width, first.height)
            self._palette = palette_of(_spread(file, cut, watch), size)

    def write(
        self,
        frames: Iterable[tuple[VideoFrame, Fraction]],
        cut: Cut,
        part: Path,
        watch: ExportWatch = UNWATCHED,
    ) -> tuple[int, int, int]:
        """Write the frames of ``cut``, each with its time: their number, width and height."""
        writer: FrameWriter | None = None
        size = 0, 0
        try:
            for done, (picture, time) in enumerate(frames):
                watch.step(done, cut.count)
                if writer is None:
                    size = self._order.size(picture.width, picture.height)
                    writer = self._writer(part, size, cut)
                writer.add(picture, time)
            if writer is None:
                raise ClipBrokenError("no frame")
            writer.finish()
        finally:
            if writer is not None:
                writer.close()
        watch.step(cut.count, cut.count)
        return writer.count, *size

    def _writer(self, part: Path, size: tuple[int, int], cut: Cut) -> FrameWriter:
        match self._order.kind:
            case ExportKind.GIF if self._palette is not None:
                return GifWriter(part, size, self._palette, rate=self._rate)
            case ExportKind.WEBP:
                return WebpWriter(part, size, rate=self._rate)
            case ExportKind.PNG_SEQUENCE:
                return PngWriter(part, size, cut.first)
            case _:
                return Mp4Writer(part, Fitting(size, keeps_shape=False), (self._rate,))


def _spread(file: ClipFile, cut: Cut, watch: ExportWatch) -> Iterator[VideoFrame]:
    step = max(1, -(-cut.count // _PALETTE_FRAMES))
    return (picture for _, picture in islice(frames_of(file, cut, watch), 0, None, step))
