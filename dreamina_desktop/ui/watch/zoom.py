"""How near one looks at a clip, and where: reckoning alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize

from dreamina_desktop.ui.watch.fitting import fitted

CLOSEST = 16.0
SHARP = 2.0
"""From here on pixels are shown as squares."""


@dataclass(frozen=True, slots=True)
class Zoom:
    """``scale`` is pixels of the screen for one of the clip's, None to fit it to its room.

    ``x`` and ``y``: what stands in the middle of the room, in shares of the clip's sides.
    """

    scale: float | None = None
    x: float = 0.5
    y: float = 0.5


FIT = Zoom()


def place(shape: QSize, room: QRect, zoom: Zoom) -> QRect:
    """Where a clip of ``shape`` pixels goes; empty where there is no room or no clip."""
    if room.isEmpty() or shape.isEmpty():
        return QRect()
    if zoom.scale is None:
        return fitted(shape, room)
    width = max(1, round(shape.width() * zoom.scale))
    height = max(1, round(shape.height() * zoom.scale))
    left = _begin(room.left(), room.width(), width, zoom.x)
    top = _begin(room.top(), room.height(), height, zoom.y)
    return QRect(left, top, width, height)


def scale_of(shape: QSize, room: QRect, zoom: Zoom) -> float:
    """Pixels of the screen for one of the clip's, fitted or not; 0 where nothing is placed."""
    if zoom.scale is not None:
        return zoom.scale
    placed = place(shape, room, zoom)
    return placed.width() / shape.width() if not placed.isEmpty() else 0.0


def scaled(shape: QSize, room: QRect, zoom: Zoom, scale: float, point: QPointF) -> Zoom:
    """Another scale; what is at ``point`` stays there. Not smaller than it fits, or than 100 %."""
    fitting = scale_of(shape, room, FIT)
    if fitting <= 0 or (scale <= fitting and fitting <= 1):
        return FIT
    scale = min(max(scale, 1.0 if fitting > 1 else fitting), CLOSEST)
    before = place(shape, room, zoom)
    share_x = (point.x() - before.x()) / before.width()
    share_y = (point.y() - before.y()) / before.height()
    width, height = shape.width() * scale, shape.height() * scale
    middle = QPointF(room.x() + room.width() / 2, room.y() + room.height() / 2)
    x = (middle.x() - point.x()) / width + share_x
    y = (middle.y() - point.y()) / height + share_y
    return _inside(shape, room, Zoom(scale, x, y))


def moved(shape: QSize, room: QRect, zoom: Zoom, by: QPointF) -> Zoom:
    """The picture moved by so many pixels of the screen, not beyond its edges."""
    if zoom.scale is None or shape.isEmpty():
        return zoom
    x = zoom.x - by.x() / (shape.width() * zoom.scale)
    y = zoom.y - by.y() / (shape.height() * zoom.scale)
    return _inside(shape, room, Zoom(zoom.scale, x, y))


def _inside(shape: QSize, room: QRect, zoom: Zoom) -> Zoom:
    """The nearest that leaves no needless empty room beside the picture."""
    scale = zoom.scale or 1.0
    half_x = room.width() / 2 / (shape.width() * scale)
    half_y = room.height() / 2 / (shape.height() * scale)
    return Zoom(zoom.scale, _clamp(zoom.x, half_x), _clamp(zoom.y, half_y))


def _clamp(middle: float, half: float) -> float:
    return 0.5 if half >= 0.5 else min(max(middle, half), 1 - half)


def _begin(begin: int, room: int, size: int, middle: float) -> int:
    if size <= room:
        return begin + (room - size) // 2
    wanted = round(begin + room / 2 - middle * size)
    return min(max(wanted, begin + room - size), begin)
