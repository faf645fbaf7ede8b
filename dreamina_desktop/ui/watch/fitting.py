"""The largest place of a shape in a room, in whole numbers, as clips are decoded."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize


def fitted_size(shape: QSize, room: QSize) -> QSize:
    """The largest size of that shape inside ``room``; at least one pixel.

    Whole numbers throughout: a clip of exactly the room's shape fills it exactly.
    """
    width, height = shape.width(), shape.height()
    across, down = max(1, room.width()), max(1, room.height())
    if width * down > height * across:
        return QSize(across, max(1, (across * height + width // 2) // width))
    return QSize(max(1, (down * width + height // 2) // height), down)


def centred(size: QSize, room: QRect) -> QRect:
    """In the middle; towards the left and upwards by half a pixel where the rest is odd."""
    free = room.size() - size
    return QRect(room.topLeft() + QPoint(free.width() // 2, free.height() // 2), size)


def fitted(shape: QSize, room: QRect) -> QRect:
    """As large as goes in the middle of the room; empty without a room or a shape."""
    if room.isEmpty() or shape.isEmpty():
        return QRect()
    return centred(fitted_size(shape, room.size()), room)
