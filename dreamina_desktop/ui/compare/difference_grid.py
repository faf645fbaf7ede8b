"""How finely a difference is worked out: no finer than there is something to tell apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize

_MOST = 2560 * 1440
"""Pixels that are worked out between two pictures of a screen; what has more of them is rare."""


@dataclass(frozen=True, slots=True)
class DifferenceGrid:
    """``part`` of a grid with ``across`` × ``down`` pixels for each pixel of the screen.

    Its lines are those of a picture at ``target`` on the screen, so that enlarged pixels of the
    difference stand where those of the picture do.
    """

    target: QRect
    across: float
    down: float
    part: QRect

    @property
    def place(self) -> QRectF:
        """Where on the screen the part is."""
        return QRectF(
            self.target.x() + self.part.x() / self.across,
            self.target.y() + self.part.y() / self.down,
            self.part.width() / self.across,
            self.part.height() / self.down,
        )

    def of(self, rect: QRect) -> QRect:
        """A rectangle of the screen in pixels of the part."""
        left, right = (
            round((x - self.target.x()) * self.across) - self.part.x()
            for x in (rect.x(), rect.x() + rect.width())
        )
        top, bottom = (
            round((y - self.target.y()) * self.down) - self.part.y()
            for y in (rect.y(), rect.y() + rect.height())
        )
        return QRect(left, top, right - left, bottom - top)


def difference_grid(shown: QRect, images: Sequence[tuple[QSize, QRect]]) -> DifferenceGrid:
    """The grid for what is ``shown`` of the screen of images of these sizes at these places.

    It is the finest image's, or the screen's where that is coarser.
    """
    across = down = 1.0
    target = shown
    finest = max(images, key=lambda known: known[0].width() / known[1].width(), default=None)
    if finest is not None and finest[0].width() < finest[1].width():
        size, target = finest
        across, down = size.width() / target.width(), size.height() / target.height()
    area = shown.width() * across * shown.height() * down
    if area > _MOST:
        share = math.sqrt(_MOST / area)
        across, down = across * share, down * share
    x, y = shown.x() - target.x(), shown.y() - target.y()
    left, right = math.floor(x * across), math.ceil((x + shown.width()) * across)
    top, bottom = math.floor(y * down), math.ceil((y + shown.height()) * down)
    return DifferenceGrid(target, across, down, QRect(left, top, right - left, bottom - top))
