"""What the mouse does on a canvas: zoom, pan, and drag the clip or its frame out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.zoom import FIT, moved, scale_of, scaled

_NOTCH = 120
# Four notches double the size.
_STEP = 2 ** (1 / 4)
_KEY_STEP = 2**0.5
_WHOLE = 1.0


class Dragged(StrEnum):
    """What is dragged out of the canvas."""

    CLIP = "clip"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class DragBegun:
    """The mouse has been pressed, or already moved, to drag this out."""

    what: Dragged


class CanvasHand(QObject):
    """Watches one canvas.

    The wheel with Ctrl, and a pinch, zoom about the mouse. The left button pans where there is
    more than fits, else it drags the clip out; with Shift always the clip, with Alt always the
    frame. The middle button always pans.
    """

    drag_prepared = Signal(object)
    """The button is down for a ``DragBegun``: what takes time may begin."""
    drag_wanted = Signal(object)
    drag_given_up = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._drags: Dragged | None = None
        canvas.installEventFilter(self)
        canvas.zoom_changed.connect(self._on_zoom_changed)

    # Zooming.

    @property
    def percent(self) -> int:
        """How large the clip's pixels are on the screen; 0 without a clip."""
        projection = self._first()
        if projection is None:
            return 0
        return round(100 * scale_of(projection.shape, projection.room, self._canvas.zoom))

    def toggle_zoom(self) -> None:
        """One pixel of the clip for one of the screen, or fitted again."""
        if self._canvas.zoom == FIT:
            self.zoom_to(_WHOLE)
        else:
            self._canvas.set_zoom(FIT)

    def zoom_in(self) -> None:
        """Nearer, about the middle."""
        self._zoom_by(_KEY_STEP, None)

    def zoom_out(self) -> None:
        """Farther, about the middle."""
        self._zoom_by(1 / _KEY_STEP, None)

    def zoom_to(self, scale: float) -> None:
        """So many pixels of the screen for each of the clip's; the middle stays."""
        projection = self._first()
        if projection is not None:
            before = scale_of(projection.shape, projection.room, self._canvas.zoom)
            if before > 0:
                self._zoom_by(scale / before, None)

    def _zoom_by(self, factor: float, point: QPointF | None) -> None:
        projection = self._projection_at(point)
        if projection is None:
            return
        shape, room, zoom = projection.shape, projection.room, self._canvas.zoom
        before = scale_of(shape, room, zoom)
        if before <= 0:
            return
        scale = before * factor
        # No one should have to aim at the one size at which every pixel is itself.
        if min(before, scale) < _WHOLE < max(before, scale) or abs(scale - _WHOLE) < 0.01:
            scale = _WHOLE
        centre = QPointF(room.x() + room.width() / 2, room.y() + room.height() / 2)
        after = scaled(shape, room, zoom, scale, centre if point is None else point)
        self._canvas.set_zoom(after)

    def _pan(self, by: QPointF) -> None:
        projection = self._first()
        if projection is not None:
            ratio = self._canvas.devicePixelRatioF()
            zoom = self._canvas.zoom
            after = moved(projection.shape, projection.room, zoom, by * ratio)
            self._canvas.set_zoom(after)

    @property
    def can_pan(self) -> bool:
        """Whether there is more than the canvas shows."""
        return any(p.visible != p.target for p in self._canvas.projections)

    # Events.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QWheelEvent):
            return self._turn(event)
        if isinstance(event, QNativeGestureEvent):
            return self._pinch(event)
        if isinstance(event, QMouseEvent):
            match event.type():
                case QEvent.Type.MouseButtonPress:
                    self._press(event)
                case QEvent.Type.MouseMove if self._pressed is not None:
                    self._move(event)
                case QEvent.Type.MouseButtonRelease | QEvent.Type.MouseButtonDblClick:
                    self._let_go()
        return super().eventFilter(watched, event)

    def _turn(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = (turned.y() or turned.x()) / _NOTCH
            self._zoom_by(_STEP**notches, self._pixels(event.position()))
            return True
        if self.can_pan:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else turned / 2
            self._pan(QPointF(by))
            return True
        return False

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom_by(max(0.1, 1 + event.value()), self._pixels(event.position()))
        return True

    def _press(self, event: QMouseEvent) -> None:
        if not self._canvas.projections:
            return
        button, keys = event.button(), event.modifiers()
        if button is Qt.MouseButton.MiddleButton:
            self._drags = None
        elif button is not Qt.MouseButton.LeftButton:
            return
        elif keys & Qt.KeyboardModifier.AltModifier:
            self._drags = Dragged.FRAME
        elif self.can_pan and not keys & Qt.KeyboardModifier.ShiftModifier:
            self._drags = None
        else:
            self._drags = Dragged.CLIP
        self._pressed = self._last = event.position()
        if self._drags is not None:
            self.drag_prepared.emit(DragBegun(self._drags))
        elif self.can_pan:
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _move(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        here = event.position()
        if self._drags is None:
            self._pan(here - self._last)
            self._last = here
        elif (here - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.drag_wanted.emit(DragBegun(self._drags))

    def _let_go(self) -> None:
        self._pressed = None
        self._on_zoom_changed()
        self.drag_given_up.emit()

    def _on_zoom_changed(self) -> None:
        if self.can_pan and self._pressed is None:
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        elif not self.can_pan:
            self._canvas.unsetCursor()

    # Inside.

    def _first(self) -> Projection | None:
        return self._projection_at(None)

    def _projection_at(self, point: QPointF | None) -> Projection | None:
        """The one whose room is there; of several the uppermost."""
        shown = self._canvas.projections
        if point is not None:
            pixel = QRect(point.toPoint(), QSize(1, 1))
            shown = tuple(p for p in shown if p.room.intersects(pixel)) or shown
        return shown[-1] if shown else None

    def _pixels(self, point: QPointF) -> QPointF:
        """A point of the widget in pixels of the screen."""
        return point * self._canvas.devicePixelRatioF()
