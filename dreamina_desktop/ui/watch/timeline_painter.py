"""Draws the timeline, and knows which frame is where on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.ui.watch.play_position import PlayPosition, time_text

_MARGIN = GAP
_TRACK = 8.0
_HEAD = 4.0
_MARK, _FOOT = 7.0, 9.0


@dataclass(frozen=True, slots=True)
class TimelineState:
    """All that decides how it looks. ``hovered`` is the frame under the mouse."""

    position: PlayPosition
    hovered: int | None = None
    is_scrubbing: bool = False
    has_focus: bool = False


class TimelinePainter:
    """Above the track stands the time under the mouse, below it are the seconds."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def height(self, metrics: QFontMetrics) -> int:
        """What a timeline needs in this font."""
        return 2 * TIGHT + round(_TRACK) + TIGHT + TIGHT + metrics.height()

    def index_at(self, x: float, width: float, count: int) -> int:
        """The frame whose cell is at ``x``; the first or last one beyond the ends."""
        cell = (width - 2 * _MARGIN) / count
        return min(max(0, math.floor((x - _MARGIN) / cell)), count - 1) if cell > 0 else 0

    def middle_of(self, index: int, width: float, count: int) -> float:
        """Where the middle of a frame's cell is."""
        return _MARGIN + (index + 0.5) * (width - 2 * _MARGIN) / count

    def paint(self, painter: QPainter, area: QRectF, state: TimelineState) -> None:
        """Draw into ``area``."""
        position = state.position
        track = QRectF(
            area.left() + _MARGIN, area.top() + 2 * TIGHT, area.width() - 2 * _MARGIN, _TRACK
        )
        self._track(painter, track, QColor(self._theme.line))
        if state.has_focus:
            self._focus(painter, track)
        if not position.is_playable:
            return
        cell = track.width() / position.count
        played = QRectF(track)
        if position.in_point is not None or position.out_point is not None:
            played.setLeft(track.left() + position.first * cell)
            played.setRight(track.left() + (position.last + 1) * cell)
            self._track(painter, played, QColor(self._theme.selection))
        painter.save()
        painter.setClipRect(played)
        done = QRectF(played)
        done.setRight(track.left() + (position.index + 0.5) * cell)
        if done.width() > 0:
            self._track(painter, done, QColor(self._theme.accent))
        painter.restore()
        self._seconds(painter, track, position, state)
        self._marks(painter, track, position, cell)
        self._under_mouse(painter, track, area, state)
        self._head(painter, track, track.left() + (position.index + 0.5) * cell)

    def _track(self, painter: QPainter, track: QRectF, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = min(_TRACK / 2, track.width() / 2)
        painter.drawRoundedRect(track, radius, radius)

    def _focus(self, painter: QPainter, track: QRectF) -> None:
        ring = track.adjusted(-4, -4, 4, 4)
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def _seconds(
        self, painter: QPainter, track: QRectF, position: PlayPosition, state: TimelineState
    ) -> None:
        rate = position.frames_per_second
        metrics = painter.fontMetrics()
        baseline = track.bottom() + 2 * TIGHT + metrics.ascent()
        bubble = self._bubble(painter, track, state)
        label_width = metrics.horizontalAdvance("0:00") + 2 * GAP
        second = rate * track.width() / position.count
        every = max(1, math.ceil(label_width / second)) if second > 0 else 1
        for number in range(math.floor((position.count - 1) / rate) + 1):
            # The first frame that is shown in this second.
            frame = math.ceil(number * rate)
            x = track.left() + (frame + 0.5) * track.width() / position.count
            painter.setPen(QPen(QColor(self._theme.disabled), 1))
            x = math.floor(x) + 0.5
            painter.drawLine(QPointF(x, track.bottom() + 2), QPointF(x, track.bottom() + TIGHT + 1))
            if number % every:
                continue
            text = time_text(frame, rate)[:-3]
            width = metrics.horizontalAdvance(text)
            left = min(max(track.left(), x - width / 2), track.right() - width)
            if bubble is not None and bubble.left() < left + width and left < bubble.right():
                continue
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QPointF(left, baseline), text)

    def _marks(self, painter: QPainter, track: QRectF, position: PlayPosition, cell: float) -> None:
        painter.setPen(QPen(QColor(self._theme.text), 2, j=Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Higher than the head, with feet longer than it is wide: it hides no mark it stands on.
        top, bottom = track.top() - _MARK, track.bottom() + _MARK
        for point, edge, inwards in (
            (position.in_point, 0, _FOOT),
            (position.out_point, 1, -_FOOT),
        ):
            if point is not None:
                x = track.left() + (point + edge) * cell
                painter.drawPolyline(
                    QPolygonF(
                        [
                            QPointF(x + inwards, top),
                            QPointF(x, top),
                            QPointF(x, bottom),
                            QPointF(x + inwards, bottom),
                        ]
                    )
                )

    def _bubble(self, painter: QPainter, track: QRectF, state: TimelineState) -> QRectF | None:
        """The box under the track that says which frame is under the mouse."""
        if state.hovered is None or state.hovered >= state.position.count:
            return None
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(_under_mouse_text(state)) + 2 * GAP
        x = self.middle_of(state.hovered, track.width() + 2 * _MARGIN, state.position.count)
        left = min(max(track.left() - _MARGIN, x - width / 2), track.right() + _MARGIN - width)
        return QRectF(left, track.bottom() + TIGHT + 1, width, metrics.height() + TIGHT - 1)

    def _under_mouse(
        self, painter: QPainter, track: QRectF, area: QRectF, state: TimelineState
    ) -> None:
        bubble = self._bubble(painter, track, state)
        if bubble is None or state.hovered is None:
            return
        x = self.middle_of(state.hovered, area.width(), state.position.count)
        painter.setPen(QPen(QColor(self._theme.muted), 1))
        painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + TIGHT))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(bubble, TIGHT, TIGHT)
        painter.setPen(QColor(self._theme.text))
        font = QFont(painter.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        painter.setFont(font)
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, _under_mouse_text(state))

    def _head(self, painter: QPainter, track: QRectF, x: float) -> None:
        head = QRectF(x - _HEAD, track.top() - TIGHT, 2 * _HEAD, track.height() + 2 * TIGHT)
        painter.setPen(QPen(QColor(self._theme.pane), 2))
        painter.setBrush(QColor(self._theme.text))
        painter.drawRoundedRect(head, _HEAD, _HEAD)


def _under_mouse_text(state: TimelineState) -> str:
    index = state.hovered or 0
    return f"{index + 1} · {time_text(index, state.position.frames_per_second)}"
