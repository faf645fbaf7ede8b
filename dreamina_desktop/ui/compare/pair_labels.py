"""The lines on two pictures that say which is which, and which frame of it that is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter

from dreamina_desktop.ui.compare.caption_line import caption_line
from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.corner_label import label_height, paint_corner_label
from dreamina_desktop.ui.compare.pair import Pair
from dreamina_desktop.ui.theme import GAP, Theme


def lines_on(pair: Pair, look: CompareLook, index: int) -> tuple[str, str]:
    """What stands on A and B at frame ``index`` of the playback."""
    return caption_line("A", pair.a, index), caption_line("B", pair.b, index + look.offset)


def paint_labels(
    painter: QPainter,
    lines: tuple[str, str],
    look: CompareLook,
    rooms: tuple[QRectF, QRectF],
    theme: Theme,
) -> None:
    """``rooms`` is where A and B are, in device-independent pixels: the same, or side by side."""
    first, second = (room.toAlignedRect() for room in rooms)
    corner, offset = first.topLeft() + QPoint(GAP, GAP), 2 * GAP
    match look.mode:
        case CompareMode.BLINK:
            line = lines[1] if look.shows_b else lines[0]
            paint_corner_label(painter, line, corner, first.width() - offset, theme)
        case CompareMode.SIDE_BY_SIDE:
            for line, room in zip(lines, (first, second), strict=True):
                begin = room.topLeft() + QPoint(GAP, GAP)
                paint_corner_label(painter, line, begin, room.width() - offset, theme)
        case CompareMode.WIPE if look.is_stacked:
            below = first.bottom() + 1 - GAP - label_height(painter)
            paint_corner_label(painter, lines[0], corner, first.width() - offset, theme)
            begin = QPoint(corner.x(), below)
            paint_corner_label(painter, lines[1], begin, first.width() - offset, theme)
        case _:
            _paint_beside(painter, lines, first, theme)


def _paint_beside(painter: QPainter, lines: tuple[str, str], room: QRect, theme: Theme) -> None:
    half = (room.width() - 3 * GAP) // 2
    left = room.topLeft() + QPoint(GAP, GAP)
    right = room.topLeft() + QPoint(room.width() - GAP, GAP)
    paint_corner_label(painter, lines[0], left, half, theme)
    paint_corner_label(painter, lines[1], right, half, theme, at_right=True)
