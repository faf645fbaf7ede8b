"""The scrubber: one cell for each frame, seconds under it, in and out points on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.canvas import KEY_REASONS
from dreamina_desktop.ui.watch.play_position import PlayPosition, frame_text, time_text
from dreamina_desktop.ui.watch.playback import TEN, Playback
from dreamina_desktop.ui.watch.timeline_painter import TimelinePainter, TimelineState

_NOTCH = 120
_LEAPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -TEN,
    Qt.Key.Key_PageUp: TEN,
}


@dataclass(frozen=True, slots=True)
class FramePicked:
    """Somebody chose a frame on the timeline."""

    index: int


@dataclass(frozen=True, slots=True)
class FrameHovered:
    """The frame under the mouse, ``x`` in the middle of its cell; None where there is none."""

    index: int | None
    x: int = 0


class Timeline(QSlider):
    """Bound to a playback. Its value is the frame's number for people, 1 … count."""

    frame_picked = Signal(object)
    frame_hovered = Signal(object)

    def __init__(self, playback: Playback, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._playback = playback
        self._painter = TimelinePainter(theme)
        self._position = PlayPosition()
        self._hovered: int | None = None
        self._is_scrubbing = False
        self._is_following = False
        self._has_ring = False
        self._turned = 0
        self.setObjectName("positionSlider")
        self.setAccessibleName(self.tr("Position"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPageStep(TEN)
        self.valueChanged.connect(self._on_value_changed)
        playback.position_changed.connect(self._on_position_changed)
        self._on_position_changed(playback.position)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._painter = TimelinePainter(theme)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(320, self._painter.height(self.fontMetrics()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, self._painter.height(self.fontMetrics()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = event.reason() in KEY_REASONS
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._has_ring = False
        super().focusOutEvent(event)

    # From and to the playback.

    def _on_position_changed(self, position: PlayPosition) -> None:
        self._position = position
        if not self._playback.is_scrubbing:
            # What was dragged is gone, and something else may be in its place already.
            self._let_go()
        self._is_following = True
        self.setRange(min(1, position.count), position.count)
        self.setValue(position.index + 1)
        self._is_following = False
        self.setEnabled(position.is_playable)
        if not position.is_playing:
            # Spoken by assistive tools; a hundred times in five seconds would be noise.
            self.setAccessibleDescription(self._spoken(position))
        self.setToolTip(self._tip(position))
        self.update()

    def _tip(self, position: PlayPosition) -> str:
        if position.is_playable:
            return self.tr("Drag to see any frame; wheel and arrow keys step (Shift: ten)")
        if position.count:
            return self.tr("This is a picture: it has one frame")
        return self.tr("There is no clip to scrub")

    def _spoken(self, position: PlayPosition) -> str:
        if not position.is_playable:
            return self._tip(position)
        text = self.tr("Frame {frame}, {time}")
        time = time_text(position.index, position.frames_per_second)
        return text.format(frame=frame_text(position), time=time)

    def _on_value_changed(self, value: int) -> None:
        # An assistive tool, or the slider's own keys.
        if not self._is_following:
            self._pick(value - 1)

    def _pick(self, index: int) -> None:
        index = min(max(0, index), self._position.count - 1)
        self._playback.seek(index)
        self.frame_picked.emit(FramePicked(index))

    # Keys and wheel.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        leap = _LEAPS.get(Qt.Key(event.key()))
        if leap is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                leap = TEN if leap > 0 else -TEN
            self._playback.step(leap)
        elif event.key() == Qt.Key.Key_Home:
            self._playback.go_to_start()
        elif event.key() == Qt.Key.Key_End:
            self._playback.go_to_end()
        else:
            # Everything else belongs to the pane.
            event.ignore()
            return
        self._has_ring = True

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        turned = event.angleDelta()
        self._turned += turned.y() or turned.x()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        if notches:
            self._playback.step(notches)
        event.accept()

    # The mouse: whatever frame is under it is shown.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or not self._position.is_playable:
            event.ignore()
            return
        self._playback.begin_scrub()
        self._is_scrubbing = True
        self.setSliderDown(True)
        self._pick(self._index_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        index = self._index_at(event.position())
        if not event.buttons() & Qt.MouseButton.LeftButton:
            # It was let go where this widget was not told.
            self._let_go()
        self._hover(index)
        if self._is_scrubbing and index != self._position.index:
            self._pick(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        if self._is_scrubbing:
            self._is_scrubbing = False
            self.setSliderDown(False)
            self._playback.end_scrub()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._let_go()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._hover(self._index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, index: int | None) -> None:
        self._hovered = index if self._position.is_playable else None
        if self._hovered is None:
            self.frame_hovered.emit(FrameHovered(None))
        else:
            count = self._position.count
            x = round(self._painter.middle_of(self._hovered, self.width(), count))
            self.frame_hovered.emit(FrameHovered(self._hovered, x))
        self.update()

    def _index_at(self, point: QPointF) -> int:
        return self._painter.index_at(point.x(), self.width(), max(1, self._position.count))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        state = TimelineState(
            position=self._position,
            hovered=self._hovered,
            is_scrubbing=self._is_scrubbing,
            has_focus=self._has_ring,
        )
        self._painter.paint(painter, QRectF(self.rect()), state)
        painter.end()
