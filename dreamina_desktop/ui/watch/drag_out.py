"""Drags the clip, or the shown frame, into other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QObject,
    QPoint,
    QSize,
    Qt,
    QTemporaryDir,
    QUrl,
)
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.watch.clip_deeds import file_data
from dreamina_desktop.ui.watch.still_frame import StillFrame, save_beside, take_frame
from dreamina_desktop.ui.watch.viewed import Viewed

_THUMB = QSize(160, 120)


@dataclass(frozen=True, slots=True)
class _Ready:
    viewed: Viewed
    still: StillFrame
    path: Path


class DragOut(QObject):
    """A clip is dragged as its file; a frame as a picture and as a PNG file of this session.

    A frame is decoded from the moment the button goes down; where that takes longer than the
    mouse takes to move, the drag begins when the frame is there.
    """

    def __init__(
        self,
        widget: QWidget,
        background: Background,
        looked_at: Callable[[], tuple[Viewed, int] | None],
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._background = background
        self._looked_at = looked_at
        self._button: QAbstractButton | None = None
        self._pressed: QPoint | None = None
        self._folder: QTemporaryDir | None = None
        self._wanted: tuple[Viewed, int] | None = None
        self._ready: _Ready | None = None
        self._is_dragging = False

    def watch(self, button: QAbstractButton) -> None:
        """The frame can be dragged out of this button too."""
        self._button = button
        button.installEventFilter(self)

    def drag_clip(self, shown: QImage | None) -> None:
        """Begin to drag the clip's file; ``shown`` is what hangs on the mouse."""
        looked_at = self._looked_at()
        if looked_at is not None:
            self._drag(file_data(looked_at[0].path), shown)

    def prepare_frame(self) -> None:
        """The button is down: the shown frame may be wanted."""
        looked_at = self._looked_at()
        if looked_at is None or (looked_at == self._wanted and self._ready is not None):
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        folder = Path(self._folder.path())
        self._wanted, self._ready, self._is_dragging = looked_at, None, False
        viewed, index = looked_at
        self._background.run(lambda: _make(viewed, index, folder), self._on_made)

    def drag_frame(self) -> None:
        """Begin to drag what was prepared, now or as soon as it is there."""
        self._is_dragging = True
        self._drag_ready()

    def give_up(self) -> None:
        """The button is up again."""
        self._is_dragging = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._button and isinstance(event, QMouseEvent):
            match event.type():
                case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                    self._pressed = event.position().toPoint()
                case QEvent.Type.MouseMove if self._pressed is not None:
                    self._pull(event.position().toPoint() - self._pressed)
                case QEvent.Type.MouseButtonRelease:
                    self._pressed = None
                    self.give_up()
        return super().eventFilter(watched, event)

    def _pull(self, way: QPoint) -> None:
        """Not before it is clear that this is no click: a click decodes for itself."""
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.prepare_frame()
            self.drag_frame()

    def _on_made(self, outcome: Outcome[_Ready]) -> None:
        try:
            ready = outcome.get()
        except DreaminaError:
            # A clip that is broken or gone is told of on its stage.
            self._wanted = None
            return
        if self._wanted == (ready.viewed, ready.still.index):
            self._ready = ready
            self._drag_ready()

    def _drag_ready(self) -> None:
        if not self._is_dragging or self._ready is None:
            return
        self._is_dragging = False
        if self._button is not None:
            # It will not be told that the mouse has let go.
            self._button.setDown(False)
        still = self._ready.still
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._ready.path))])
        data.setImageData(still.image)
        data.setData("image/png", still.png)
        self._drag(data, still.image)

    def _drag(self, data: QMimeData, image: QImage | None) -> None:
        drag = QDrag(self._widget)
        drag.setMimeData(data)
        if image is not None:
            drag.setPixmap(_thumb(image, self._widget.devicePixelRatioF()))
        drag.exec(Qt.DropAction.CopyAction)


def _make(viewed: Viewed, index: int, folder: Path) -> _Ready:
    still = take_frame(viewed, index)
    return _Ready(viewed, still, save_beside(still, folder))


def _thumb(image: QImage, ratio: float) -> QPixmap:
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_THUMB * ratio, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    small.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(small)
