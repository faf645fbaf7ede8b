"""One clip as a source of images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.ui.watch.frame_source import (
    ClipBroke,
    ClipLength,
    FrameArrived,
    FrameSource,
)
from dreamina_desktop.ui.watch.source import Shot

if TYPE_CHECKING:
    from dreamina_desktop.video.frame import Rgb32Converter


class ClipSource(QObject):
    """Implements ``source.Source``. Frames are kept as YUV and converted when they are painted.

    Converting on the GUI thread costs less than a hundredth of a frame's time (0.25 ms for
    960 × 720, 2 ms for a 4K screen), and handing images between threads would cost as much.
    """

    image_arrived = Signal()
    opened = Signal(object)
    broke = Signal(object)

    def __init__(
        self,
        frames: FrameSource,
        clip: Path,
        width: int,
        height: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._clip = clip
        self._width = width
        self._height = height
        self._is_open = False
        self._converter: Rgb32Converter | None = None
        frames.frame_arrived.connect(self._on_frame_arrived)
        frames.clip_broke.connect(self._on_clip_broke)
        # What was shown in half size while it moved is wanted exact at rest.
        frames.rested.connect(self.image_arrived)

    @property
    def width(self) -> int:
        """Pixels of the clip itself."""
        return self._width

    @property
    def height(self) -> int:
        """Pixels of the clip itself."""
        return self._height

    @property
    def length(self) -> ClipLength | None:
        """None until the clip has been opened."""
        return self._frames.length(self._clip)

    def shot(self, index: int, size: tuple[int, int]) -> Shot | None:
        """Frame ``index``, if it is decoded, at ``size``; at half of it for lack of memory."""
        frame = self._frames.frame(self._clip, index, size)
        self._look_whether_open()
        if frame is None:
            return None
        pixels = self._convert().convert(frame)
        image = QImage(
            pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        return Shot(index, image, pixels)

    def _convert(self) -> Rgb32Converter:
        if self._converter is None:
            # By now the store's threads have loaded the libraries.
            from dreamina_desktop.video.frame import Rgb32Converter

            self._converter = Rgb32Converter()
        return self._converter

    def _look_whether_open(self) -> None:
        if self._is_open:
            return
        length = self.length
        if length is not None:
            self._is_open = True
            self.opened.emit(length)

    def _on_frame_arrived(self, arrived: FrameArrived) -> None:
        if arrived.clip == self._clip:
            self._look_whether_open()
            self.image_arrived.emit()

    def _on_clip_broke(self, broke: ClipBroke) -> None:
        if broke.clip == self._clip:
            self.broke.emit(broke)
