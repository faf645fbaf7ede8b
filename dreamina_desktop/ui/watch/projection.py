"""One source on the canvas: where it stands, and which of its images is on show."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize

from dreamina_desktop.ui.watch.source import Shot, Source

WHOLE = QRectF(0.0, 0.0, 1.0, 1.0)

type Pixels = tuple[int, int]


class Projection:
    """Keeps the last image until a better one is there, so that nothing ever goes blank.

    ``place`` is this source's part of the canvas, in shares of its width and height. Sizes and
    rectangles are in pixels of the screen.
    """

    def __init__(self, source: Source, place: QRectF = WHOLE) -> None:
        self.source = source
        self._place = place
        self._shot: Shot | None = None
        self._size: Pixels | None = None
        self._target = QRect()

    @property
    def shot(self) -> Shot | None:
        """What is to be painted into ``target``, scaled if its size is another."""
        return self._shot

    @property
    def target(self) -> QRect:
        """Where the image goes."""
        return self._target

    @property
    def is_settled(self) -> bool:
        """Whether images are asked for at the size at which they are painted."""
        return self._target.isEmpty() or self._size == _pixels(self._target.size())

    def fit(self, area: QSize) -> None:
        """Find the place on a canvas of that size: as large as goes, in the source's own shape."""
        room = QRectF(
            self._place.x() * area.width(),
            self._place.y() * area.height(),
            self._place.width() * area.width(),
            self._place.height() * area.height(),
        ).toRect()
        width, height = self.source.width, self.source.height
        if room.isEmpty() or width < 1 or height < 1:
            self._target = QRect()
            return
        # Whole numbers throughout: a clip of exactly the room's shape fills it exactly.
        if width * room.height() > height * room.width():
            size = QSize(room.width(), max(1, (room.width() * height + width // 2) // width))
        else:
            size = QSize(max(1, (room.height() * width + height // 2) // height), room.height())
        free = room.size() - size
        self._target = QRect(room.topLeft() + QPoint(free.width() // 2, free.height() // 2), size)

    def settle(self) -> None:
        """From now on ask for images at the size at which they are painted."""
        self._size = _pixels(self._target.size())

    def look_for(self, index: int) -> bool:
        """Take up the image of frame ``index`` if it is there; whether there is a new one."""
        if self._size is None or self._target.isEmpty():
            return False
        shown = self._shot
        is_sized = shown is not None and _pixels(shown.image.size()) == self._size
        if is_sized and shown is not None and shown.index == index:
            return False
        found = self.source.shot(index, self._size)
        if found is None and shown is not None and not is_sized and shown.index != index:
            # While the new size is being made, the old one plays on.
            found = self.source.shot(index, _pixels(shown.image.size()))
        if found is None:
            return False
        self._shot = found
        return True


def _pixels(size: QSize) -> Pixels:
    return size.width(), size.height()
