"""The frame under the mouse, small, over the timeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.ui.watch.frame_source import FrameArrived, FrameSource

if TYPE_CHECKING:
    from dreamina_desktop.video.frame import Frame, Rgb32Converter

_WIDEST, _HIGHEST = 160, 120
_EDGE = 2


class TimelineThumb(QWidget):
    """A child of the window, so that it may stand over the clip. Shows the last until the next is.

    A clip that is decoded as it is shown (``shown`` tells its size) has every frame at once. Of
    another it asks for one frame at a time at its own small size, and for nothing ahead of it.
    """

    def __init__(
        self,
        frames: FrameSource,
        theme: Theme,
        shown: Callable[[], tuple[int, int] | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shown = shown
        self._frames = frames
        self._over = parent
        self._theme = theme
        self._clip: Path | None = None
        self._shape = QSize()
        self._wanted: int | None = None
        self._image = QImage()
        self._converter: Rgb32Converter | None = None
        self.setObjectName("timelineThumb")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        frames.frame_arrived.connect(self._on_frame_arrived)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_clip(self, clip: Path | None, shape: QSize) -> None:
        """Whose frames; None for no clip. ``shape`` is its width and height in pixels."""
        self._clip, self._shape = clip, shape
        self._wanted, self._image = None, QImage()
        self.hide()

    def show_frame(self, index: int | None, x: int, bottom: int) -> None:
        """Frame ``index`` (from 0) above a point of the parent; None for nothing."""
        if index is None or self._clip is None or self._shape.isEmpty():
            self._wanted = None
            self.hide()
            return
        if index != self._wanted:
            self._wanted = index
            self._look()
        size = self._small() + QSize(2 * _EDGE, 2 * _EDGE)
        room = self._over.width()
        left = min(max(TIGHT, x - size.width() // 2), max(TIGHT, room - size.width() - TIGHT))
        self.setGeometry(left, bottom - size.height(), size.width(), size.height())
        if not self._image.isNull():
            self.show()
            self.raise_()

    @property
    def index(self) -> int | None:
        """The frame that is wanted, None for none."""
        return self._wanted

    def _small(self) -> QSize:
        most = QSize(_WIDEST, _HIGHEST)
        return self._shape.scaled(most, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

    def _pixels(self) -> tuple[int, int]:
        size = self._small() * self.devicePixelRatioF()
        return size.width(), size.height()

    def _look(self) -> None:
        if self._clip is None or self._wanted is None:
            return
        shown = self._shown()
        if shown is not None and self._frames.is_filled(self._clip, shown):
            frame = self._frames.frame(self._clip, self._wanted, shown)
        else:
            frame = self._frames.frame(self._clip, self._wanted, self._pixels(), ahead=False)
        if frame is not None:
            self._image = self._converted(frame)
            self.update()

    def _converted(self, frame: Frame) -> QImage:
        if self._converter is None:
            from dreamina_desktop.video.frame import Rgb32Converter

            self._converter = Rgb32Converter()
        pixels = self._converter.convert(frame)
        image = QImage(
            pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
        )
        # The memory is the converter's; a thumbnail's is copied in no time.
        return image.copy()

    def _on_frame_arrived(self, arrived: FrameArrived) -> None:
        if (arrived.clip, arrived.index) == (self._clip, self._wanted):
            self._look()
            if not self._image.isNull() and self.isHidden():
                self.show()
                self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(self.rect(), TIGHT, TIGHT)
        inner = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(inner, self._image)
        painter.end()
