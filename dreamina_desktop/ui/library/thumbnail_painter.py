"""Paints the picture of a card: every device pixel its own, corners rounded."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QTransform

from dreamina_desktop.ui.theme import RADIUS, Theme

_FADED = 0.35


def frame_in_device_pixels(size: QSize, ratio: float) -> QSize:
    """The device pixels of a place on the card."""
    return QSize(round(size.width() * ratio), round(size.height() * ratio))


def paint_thumbnail(
    painter: QPainter,
    theme: Theme,
    place: QRect,
    image: QImage | None,
    *,
    is_row: bool,
    faded: bool,
) -> None:
    """The ground, and the picture in its middle where there is one; ``faded`` for what failed."""
    outline = _outline(QRectF(place), is_row=is_row)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(outline, QColor(theme.sunken))
    if image is None:
        return
    ratio = painter.device().devicePixelRatioF()
    shown = QSize(round(image.width() / ratio), round(image.height() / ratio))
    frame = frame_in_device_pixels(place.size(), ratio)
    scale = 1 / ratio
    # Until the picture for this size is there, the one before stands in, scaled.
    if not _is_made_for(image, frame):
        grown = image.size().scaled(frame, Qt.AspectRatioMode.KeepAspectRatio)
        scale *= grown.width() / image.width()
        shown = QSize(round(grown.width() / ratio), round(grown.height() / ratio))
    corner = place.topLeft()
    corner.setX(corner.x() + (place.width() - shown.width()) // 2)
    corner.setY(corner.y() + (place.height() - shown.height()) // 2)
    brush = QBrush(image)
    brush.setTransform(QTransform.fromTranslate(corner.x(), corner.y()).scale(scale, scale))
    painter.save()
    if faded:
        painter.setOpacity(_FADED)
    painter.setClipRect(QRect(corner, shown), Qt.ClipOperation.IntersectClip)
    painter.fillPath(outline, brush)
    painter.restore()


def _is_made_for(image: QImage, frame: QSize) -> bool:
    return image.width() == frame.width() or image.height() == frame.height()


def _outline(place: QRectF, *, is_row: bool) -> QPainterPath:
    """The place with the card's corners: above, or on the left where the card is a row."""
    path = QPainterPath()
    # Not united: where edges fall together, that now and then loses a half.
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(place, RADIUS, RADIUS)
    square = QRectF(place)
    if is_row:
        square.setLeft(place.center().x())
    else:
        square.setTop(place.center().y())
    path.addRect(square)
    return path
