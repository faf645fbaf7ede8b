"""The two halves together: in the same place, and at frames that belong together."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect

from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode
from dreamina_desktop.ui.compare.half import Half
from dreamina_desktop.ui.compare.zoom import Zoom, covering
from dreamina_desktop.ui.watch.fitting import fitted

_GAP = 4
# Shapes that differ by less are the same but for the rounding of their sides.
_SAME_SHAPE = 0.01
_DEEPEST = 16.0


class Pair:
    """``a`` and ``b`` never show frames that do not belong together.

    Both are fitted into the same rectangle; a picture is cropped to the clip's shape, as the
    model does it. Rectangles are in pixels of the screen.
    """

    def __init__(self, a: Half, b: Half) -> None:
        self.a = a
        self.b = b
        self.zoom = Zoom()
        self.rooms = (QRect(), QRect())
        self._area = QRect()
        self._look = CompareLook()

    @property
    def halves(self) -> tuple[Half, Half]:
        """A and B."""
        return self.a, self.b

    @property
    def count(self) -> int:
        """Frames until the last one of the longer is shown."""
        return max(self.a.count, 1 if self.b.is_still else self.b.count - self._look.offset)

    @property
    def is_shown(self) -> bool:
        """Whether there is an image of both, or of the one that can be read."""
        return all(half.shot is not None or half.is_broken for half in self.halves)

    @property
    def is_cut(self) -> bool:
        """Whether there is more of them than is seen: something to be moved."""
        room = self.rooms[0]
        return not room.contains(self.zoom.place(self._frame(room), self._frame(room), room))

    @property
    def is_cropped(self) -> bool:
        """Whether the picture loses something of itself to the clip's shape."""
        frame = self._frame(self.rooms[0])
        fits = [self._fit(half, frame, self.rooms[0]) for half in self.halves if half.is_picture]
        return any(fit != frame for fit in fits)

    @property
    def actual_scale(self) -> float:
        """The zoom at which a pixel of A (of the clip, beside a picture) is one of the screen."""
        frame = self._frame(self.rooms[0])
        return self._leader.native.width() / frame.width() if frame.width() else 1.0

    def swap(self) -> None:
        """A is B from now on, and B is A."""
        self.a, self.b = self.b, self.a
        self.arrange(self._area, self._look)

    # Places.

    def arrange(self, area: QRect, look: CompareLook) -> None:
        """Find the places on a canvas of that size."""
        before = self._frame(self.rooms[0]).width()
        self._area, self._look = area, look
        self.rooms = _rooms(area, look)
        frame = self._frame(self.rooms[0])
        if self.zoom.scale != 1 and before and frame.width():
            # In more or less room what was enlarged stays as large as it was.
            scale = self.zoom.scale * before / frame.width()
            self.zoom = replace(self.zoom, scale=max(scale, min(1.0, self.actual_scale)))
        self.zoom = self.zoom.within(frame, self.rooms[0])
        for half, room in zip(self.halves, self.rooms, strict=True):
            frame = self._frame(room)
            half.target = self.zoom.place(self._fit(half, frame, room), frame, room)

    def frame(self, half: Half) -> QRect:
        """The part of the canvas that the half may fill: what the two have in common to stand in.

        A picture is cut off at its edges; a clip of another shape leaves some of it bare.
        """
        room = self.rooms[0] if half is self.a else self.rooms[1]
        frame = self._frame(room)
        shown = self.zoom.place(frame, frame, room) if half.is_picture else half.target
        return shown & room

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Larger or smaller around that point, from all of it to sixteen times its pixels."""
        room = next((room for room in self.rooms if room.contains(at.toPoint())), self.rooms[0])
        actual = self.actual_scale
        least, most = min(1.0, actual), max(1.0, actual) * _DEEPEST
        scale = min(max(least, self.zoom.scale * factor), most)
        # Past the two sizes that one wants to have exactly, it stops at them.
        for stop in (1.0, actual):
            if (self.zoom.scale - stop) * (scale - stop) < 0:
                scale = stop
        self.zoom = self.zoom.at_scale(scale, at, self._frame(room), room)
        self.arrange(self._area, self._look)

    def pan_by(self, by: QPointF) -> None:
        """Drag both by so many pixels."""
        self.zoom = self.zoom.moved(by, self._frame(self.rooms[0]), self.rooms[0])
        self.arrange(self._area, self._look)

    def fit(self) -> None:
        """All of both."""
        self.zoom = Zoom()
        self.arrange(self._area, self._look)

    @property
    def _leader(self) -> Half:
        return self.b if self.a.is_picture else self.a

    def _frame(self, room: QRect) -> QRect:
        return fitted(self._leader.native, room)

    def _fit(self, half: Half, frame: QRect, room: QRect) -> QRect:
        native, leading = half.native, self._leader.native
        if half is self._leader or native.isEmpty() or leading.isEmpty():
            return fitted(native, room)
        shapes = native.width() * leading.height() / (native.height() * leading.width())
        if abs(math.log(shapes)) < _SAME_SHAPE:
            return frame
        return covering(native, frame) if half.is_picture else fitted(native, room)

    # Images.

    def indices(self, index: int) -> tuple[int, int]:
        """Which frames of A and B belong to a frame of the playback."""
        return self.a.nearest(index), self.b.nearest(index + self._look.offset)

    def settle(self) -> None:
        """Ask for images at the size at which they are painted."""
        for half in self.halves:
            half.settle()

    def look_for(self, index: int) -> bool:
        """Take up both images of a frame, or neither; whether they are there."""
        wanted = self.indices(index)
        found = [
            None if half.is_broken else half.find(number)
            for half, number in zip(self.halves, wanted, strict=True)
        ]
        # Both have been asked for before giving up: they are decoded at the same time.
        for half, shot in zip(self.halves, found, strict=True):
            if shot is None and not half.is_broken:
                return False
        for half, shot in zip(self.halves, found, strict=True):
            half.show(shot)
        return True


def _rooms(area: QRect, look: CompareLook) -> tuple[QRect, QRect]:
    if look.mode is not CompareMode.SIDE_BY_SIDE:
        return area, area
    if look.is_stacked:
        height = (area.height() - _GAP) // 2
        first = QRect(area.x(), area.y(), area.width(), height)
        return first, first.translated(0, area.height() - height)
    width = (area.width() - _GAP) // 2
    first = QRect(area.x(), area.y(), width, area.height())
    return first, first.translated(area.width() - width, 0)
