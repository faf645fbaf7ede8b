"""Paints two images in each of the ways to compare them."""

from __future__ import annotations

from PySide6.QtCore import QLine, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.difference_grid import difference_grid
from dreamina_desktop.ui.compare.difference_image import difference_image, paint_image
from dreamina_desktop.ui.compare.half import Half
from dreamina_desktop.ui.compare.pair import Pair
from dreamina_desktop.ui.theme import Theme

_KNOB = 7
# Enlarged to twice its pixels and more, it is shown in squares.
_SMOOTH = 0.5


def divider_place(pair: Pair, look: CompareLook) -> int:
    """Where the divider stands: pixels of the screen, across it."""
    shown = shown_part(pair)
    if look.is_stacked:
        return shown.y() + round(shown.height() * look.divider)
    return shown.x() + round(shown.width() * look.divider)


def divider_share(pair: Pair, look: CompareLook, at: QPoint) -> float:
    """What share of the picture is on A's side of a divider through that point."""
    shown = shown_part(pair)
    if look.is_stacked:
        return (at.y() - shown.y()) / max(1, shown.height())
    return (at.x() - shown.x()) / max(1, shown.width())


def shown_part(pair: Pair) -> QRect:
    """All of the canvas that one of the two fills."""
    return pair.frame(pair.a) | pair.frame(pair.b)


def paint_pair(
    painter: QPainter, pair: Pair, look: CompareLook, theme: Theme, ratio: float
) -> None:
    """One unit of the painter is one pixel of the screen; ``ratio`` of them are one of Qt's."""
    painter.save()
    match look.mode:
        case CompareMode.WIPE:
            _paint_wipe(painter, pair, look, theme, ratio)
        case CompareMode.SIDE_BY_SIDE:
            _paint_half(painter, pair, pair.a, pair.rooms[0])
            _paint_half(painter, pair, pair.b, pair.rooms[1])
        case CompareMode.OVERLAY:
            _paint_half(painter, pair, pair.a, pair.rooms[0])
            painter.setOpacity(look.opacity)
            _paint_half(painter, pair, pair.b, pair.rooms[1])
        case CompareMode.DIFFERENCE:
            _paint_difference(painter, pair, look)
        case CompareMode.BLINK:
            _paint_half(painter, pair, pair.b if look.shows_b else pair.a, pair.rooms[0])
    painter.restore()


def _paint_half(painter: QPainter, pair: Pair, half: Half, part: QRect) -> None:
    if half.shot is not None:
        painter.setClipRect(part & pair.frame(half))
        paint_image(painter, half.target, half.shot.image)


def _paint_wipe(
    painter: QPainter, pair: Pair, look: CompareLook, theme: Theme, ratio: float
) -> None:
    room, at = pair.rooms[0], divider_place(pair, look)
    first, second = QRect(room), QRect(room)
    if look.is_stacked:
        first.setBottom(at - 1)
        second.setTop(at)
    else:
        first.setRight(at - 1)
        second.setLeft(at)
    _paint_half(painter, pair, pair.a, first)
    _paint_half(painter, pair, pair.b, second)
    painter.setClipping(False)
    _paint_divider(painter, shown_part(pair), at, look, theme, ratio)


def _paint_divider(
    painter: QPainter, shown: QRect, at: int, look: CompareLook, theme: Theme, ratio: float
) -> None:
    """A line with a seam of the opposite tone: seen on every picture."""
    if look.is_stacked:
        line = QLine(shown.left(), at, shown.right(), at)
        knob = QPoint(shown.center().x(), at)
    else:
        line = QLine(at, shown.top(), at, shown.bottom())
        knob = QPoint(at, shown.center().y())
    for width, colour in ((3, theme.pane), (1, theme.text)):
        pen = QPen(QColor(colour), width * ratio)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.pane), 1.5 * ratio))
    painter.setBrush(QColor(theme.text))
    radius = round(_KNOB * ratio)
    painter.drawEllipse(knob, radius, radius)


def _paint_difference(painter: QPainter, pair: Pair, look: CompareLook) -> None:
    shown = shown_part(pair)
    if shown.isEmpty():
        return
    images = [
        (half.shot.image, half.target, pair.frame(half))
        for half in pair.halves
        if half.shot is not None and not half.target.isEmpty()
    ]
    grid = difference_grid(shown, [(image.size(), target) for image, target, _ in images])
    placed = [(image, grid.of(target), grid.of(part)) for image, target, part in images]
    difference = difference_image(grid.part.size(), placed, look.gain)
    painter.setClipRect(shown)
    # As ``paint_image``: who enlarges a clip that far wants to see its pixels.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, grid.across > _SMOOTH)
    painter.drawImage(grid.place, difference)
