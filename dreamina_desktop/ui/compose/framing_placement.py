"""Where a picture and what is cut out of it stand on the screen; device pixels throughout."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize

from dreamina_desktop.core.cutout import Cutout


@dataclass(frozen=True, slots=True)
class FramingPlacement:
    """``scene`` holds all of the picture and of the cutout; ``kept`` is the latter.

    ``scale``: device pixels for one pixel of the picture. ``left`` and ``top`` are the scene's
    corner in pixels of the picture, never above 0.
    """

    scene: QRect
    picture: QRect
    kept: QRect
    scale: float
    left: int = 0
    top: int = 0

    def in_picture(self, at: QPointF) -> QPointF:
        """A point of the screen in pixels of the picture."""
        corner = self.scene.topLeft()
        return QPointF(
            (at.x() - corner.x()) / self.scale + self.left,
            (at.y() - corner.y()) / self.scale + self.top,
        )


def place(room: QSize, picture: QSize, cutout: Cutout | None, most: float) -> FramingPlacement:
    """In the middle of ``room``, as large as it allows, but at most ``most`` times the picture.

    Along each side either the picture holds the cutout or the cutout the picture, so that the
    scene keeps its size while one is moved in the other.
    """
    frame = cutout or Cutout(0, 0, 1, picture.width(), picture.height())
    wide, high = max(picture.width(), frame.width), max(picture.height(), frame.height)
    scale = min(room.width() / wide, room.height() / high, most)
    size = QSize(max(1, round(wide * scale)), max(1, round(high * scale)))
    corner = QPoint((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)
    scene = QRect(corner, size)
    left, top = min(0, frame.left), min(0, frame.top)
    return FramingPlacement(
        scene,
        _inside(scene, QRect(-left, -top, picture.width(), picture.height()), scale),
        _inside(scene, QRect(frame.left - left, frame.top - top, frame.width, frame.height), scale),
        scale,
        left,
        top,
    )


def _inside(scene: QRect, part: QRect, scale: float) -> QRect:
    """Of the same size wherever it is, since what is drawn there is scaled only once."""
    size = QSize(max(1, round(part.width() * scale)), max(1, round(part.height() * scale)))
    size = size.boundedTo(scene.size())
    left = min(round(part.left() * scale), scene.width() - size.width())
    top = min(round(part.top() * scale), scene.height() - size.height())
    return QRect(scene.topLeft() + QPoint(left, top), size)


def outside(whole: QRect, hole: QRect) -> tuple[QRect, ...]:
    """What ``hole`` leaves of ``whole``, in pieces that do not overlap."""
    hole = hole & whole
    if hole.isEmpty():
        return (whole,)
    high = hole.height()
    pieces = (
        QRect(whole.left(), whole.top(), whole.width(), hole.top() - whole.top()),
        QRect(whole.left(), hole.top(), hole.left() - whole.left(), high),
        QRect(hole.right() + 1, hole.top(), whole.right() - hole.right(), high),
        QRect(whole.left(), hole.bottom() + 1, whole.width(), whole.bottom() - hole.bottom()),
    )
    return tuple(piece for piece in pieces if not piece.isEmpty())
