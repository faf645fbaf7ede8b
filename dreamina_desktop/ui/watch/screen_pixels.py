"""What widgets share that paint clips one to one in pixels of the screen."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.theme import Theme

REST_MILLISECONDS = 120
"""A window being dragged larger rests for a moment before its clips are decoded anew."""


def area_of(widget: QWidget) -> QSize:
    """Its size in whole pixels of the screen: never more than it has."""
    ratio = widget.devicePixelRatioF()
    return QSize(math.floor(widget.width() * ratio), math.floor(widget.height() * ratio))


def on_whole_pixels(painter: QPainter, ratio: float) -> None:
    """From here on one unit is one pixel of the screen, and pixels lie on whole numbers."""
    painter.scale(1 / ratio, 1 / ratio)
    # At 125 % a widget itself may begin between two of them; Qt's clipping rounds halves up.
    offset = painter.deviceTransform().map(QPointF(0, 0))
    x, y = math.floor(offset.x() + 0.5), math.floor(offset.y() + 0.5)
    painter.translate(x - offset.x(), y - offset.y())


def paint_stage(painter: QPainter, whole: QRect, stage: QRect, radius: float, theme: Theme) -> None:
    """The rounded ground on which clips stand, in a pane that fills ``whole``."""
    painter.fillRect(whole, QColor(theme.pane))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.sunken))
    painter.drawRoundedRect(stage, radius, radius)


def paint_focus(painter: QPainter, stage: QRect, width: float, radius: float, theme: Theme) -> None:
    """A ring just inside of the stage."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.accent), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = QRectF(stage).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(inner, radius, radius)
