"""Which part of a picture is looked at, how large, and where that comes to stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QSize

from dreamina_desktop.ui.watch.fitting import centred


@dataclass(frozen=True, slots=True)
class Zoom:
    """``scale`` 1 fits; ``x`` and ``y`` say what part of the picture is in the room's middle.

    The same for all that is compared, so that they are looked at in the same place. ``frame`` is
    where a picture stands when it fits, ``room`` what it has; pixels of the screen.
    """

    scale: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def place(self, rect: QRect, frame: QRect, room: QRect) -> QRect:
        """Where a rectangle goes that stands at ``rect`` when everything fits."""
        if self == Zoom():
            return rect
        left, right = (
            self._along(x, self.x, frame.x(), frame.width(), room.x(), room.width())
            for x in (rect.x(), rect.x() + rect.width())
        )
        top, bottom = (
            self._along(y, self.y, frame.y(), frame.height(), room.y(), room.height())
            for y in (rect.y(), rect.y() + rect.height())
        )
        return QRect(left, top, max(1, right - left), max(1, bottom - top))

    def at_scale(self, scale: float, at: QPointF, frame: QRect, room: QRect) -> Zoom:
        """Larger or smaller, with what is under ``at`` staying there."""
        middle = QPointF(room.x() + room.width() / 2, room.y() + room.height() / 2)
        shift = (at - middle) * (1 / self.scale - 1 / scale)
        zoomed = Zoom(
            scale,
            self.x + shift.x() / max(1, frame.width()),
            self.y + shift.y() / max(1, frame.height()),
        )
        return zoomed.within(frame, room)

    def moved(self, by: QPointF, frame: QRect, room: QRect) -> Zoom:
        """Dragged by so many pixels of the screen."""
        x = self.x - by.x() / (self.scale * max(1, frame.width()))
        y = self.y - by.y() / (self.scale * max(1, frame.height()))
        return replace(self, x=x, y=y).within(frame, room)

    def within(self, frame: QRect, room: QRect) -> Zoom:
        """Never further aside than the picture goes; in the middle where all of it is seen."""
        return replace(
            self,
            x=_middle(self.x, room.width(), frame.width() * self.scale),
            y=_middle(self.y, room.height(), frame.height() * self.scale),
        )

    def _along(
        self, value: int, middle: float, begin: int, length: int, room: int, width: int
    ) -> int:
        return round(room + width / 2 + (value - begin - middle * length) * self.scale)


def covering(size: QSize, frame: QRect) -> QRect:
    """As small as goes so that nothing of the frame stays bare: the centre crop."""
    width, height = size.width(), size.height()
    if frame.isEmpty() or width < 1 or height < 1:
        return QRect()
    if width * frame.height() > height * frame.width():
        shown = QSize((frame.height() * width + height // 2) // height, frame.height())
    else:
        shown = QSize(frame.width(), (frame.width() * height + width // 2) // width)
    return centred(shown, frame)


def _middle(share: float, room: int, length: float) -> float:
    if length <= room:
        return 0.5
    half = room / length / 2
    return min(max(half, share), 1 - half)
