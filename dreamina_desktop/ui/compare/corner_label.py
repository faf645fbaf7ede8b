"""A line of text on a picture, in its corner."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT, Theme

_OPACITY = 0.86


def label_height(painter: QPainter) -> int:
    """Of every label in that font."""
    return QFontMetrics(painter.font()).height() + TIGHT


def paint_corner_label(
    painter: QPainter, text: str, corner: QPoint, room: int, theme: Theme, *, at_right: bool = False
) -> QRect:
    """Painted with its upper outer corner there, no wider than ``room``; where it stands.

    Everything in device-independent pixels, with the painter's font.
    """
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room - 2 * GAP))
    if not shown or room < 4 * GAP:
        return QRect()
    width = metrics.horizontalAdvance(shown) + 2 * GAP
    left = corner.x() - width if at_right else corner.x()
    place = QRect(left, corner.y(), width, label_height(painter))
    ground = QColor(theme.pane)
    ground.setAlphaF(_OPACITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, RADIUS, RADIUS)
    painter.setPen(QColor(theme.text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    return place
