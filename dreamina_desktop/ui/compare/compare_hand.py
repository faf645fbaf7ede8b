"""What the mouse does on two pictures: wipe, zoom, move."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

from dreamina_desktop.ui.compare.compare_canvas import CompareCanvas
from dreamina_desktop.ui.compare.compare_look import CompareMode
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.compare.pair_painter import divider_place, divider_share

_GRASP = 10
_NOTCH = 120
# Four notches double the size.
_STEP = 2 ** (1 / 4)


class CompareHand(QObject):
    """Watches one canvas.

    The left button drags the divider, from anywhere as long as all is seen; else it moves what is
    zoomed, as the middle one and the wheel do. The wheel with Ctrl, a pinch and a double click
    zoom about the mouse.
    """

    def __init__(self, canvas: CompareCanvas, choice: LookChoice) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._choice = choice
        self._is_wiping = False
        self._grip: QPointF | None = None
        canvas.setMouseTracking(True)
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self._canvas.pair is not None:
            if isinstance(event, QWheelEvent):
                return self._turn(event)
            if isinstance(event, QNativeGestureEvent):
                return self._pinch(event)
            if isinstance(event, QMouseEvent):
                self._use(event)
        return super().eventFilter(watched, event)

    def _use(self, event: QMouseEvent) -> None:
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._press(event)
            case QEvent.Type.MouseMove:
                self._move(event.position())
            case QEvent.Type.MouseButtonRelease:
                self._grip = None
                self._show_cursor(event.position())
            case QEvent.Type.MouseButtonDblClick if event.button() is Qt.MouseButton.LeftButton:
                self._canvas.toggle_zoom(self._pixels(event.position()))

    def _press(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        at = self._grip = event.position()
        # What is seen whole cannot be moved: then the divider comes to wherever one presses.
        self._is_wiping = (
            self._choice.look.mode is CompareMode.WIPE
            and event.button() is Qt.MouseButton.LeftButton
            and (self._is_on_divider(at) or not self._is_cut)
        )
        if self._is_wiping:
            self._wipe_to(at)
        elif self._is_cut:
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _move(self, at: QPointF) -> None:
        if self._grip is None:
            self._show_cursor(at)
        elif self._is_wiping:
            self._wipe_to(at)
        else:
            self._canvas.pan_by(at - self._grip)
            self._grip = at

    def _turn(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = (turned.y() or turned.x()) / _NOTCH
            self._canvas.zoom_by(_STEP**notches, self._pixels(event.position()))
            return True
        if self._is_cut:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else turned / 2
            self._canvas.pan_by(QPointF(by))
            return True
        return False

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._canvas.zoom_by(max(0.1, 1 + event.value()), self._pixels(event.position()))
        return True

    def _wipe_to(self, at: QPointF) -> None:
        pair, look = self._canvas.pair, self._choice.look
        if pair is not None:
            share = divider_share(pair, look, self._pixels(at).toPoint())
            self._choice.choose(look.with_divider(share))

    def _is_on_divider(self, at: QPointF) -> bool:
        pair, look = self._canvas.pair, self._choice.look
        if pair is None or look.mode is not CompareMode.WIPE:
            return False
        across = at.y() if look.is_stacked else at.x()
        place = divider_place(pair, look) / self._canvas.devicePixelRatioF()
        return abs(across - place) <= _GRASP

    def _show_cursor(self, at: QPointF) -> None:
        if self._is_on_divider(at):
            stacked = self._choice.look.is_stacked
            split = Qt.CursorShape.SplitVCursor if stacked else Qt.CursorShape.SplitHCursor
            self._canvas.setCursor(split)
        elif self._is_cut:
            self._canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._canvas.unsetCursor()

    @property
    def _is_cut(self) -> bool:
        return self._canvas.pair is not None and self._canvas.pair.is_cut

    def _pixels(self, point: QPointF) -> QPointF:
        """A point of the widget in pixels of the screen."""
        return point * self._canvas.devicePixelRatioF()
