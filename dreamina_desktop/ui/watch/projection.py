"""One source on the canvas: where it stands, and which of its images is on show."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize

from dreamina_desktop.ui.watch.source import Shot, Source
from dreamina_desktop.ui.watch.zoom import FIT, SHARP, Zoom, place

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
        # The size for which the shot was asked; the shot itself may be smaller while it moves.
        self._shot_size: Pixels | None = None
        self._size: Pixels | None = None
        self._room = QRect()
        self._target = QRect()
        self._zoom = FIT

    @property
    def shot(self) -> Shot | None:
        """What is to be painted into ``target``, scaled if its size is another."""
        return self._shot

    @property
    def room(self) -> QRect:
        """This source's part of the canvas."""
        return self._room

    @property
    def target(self) -> QRect:
        """Where the image goes; when zoomed in, beyond the room."""
        return self._target

    @property
    def visible(self) -> QRect:
        """What of the target is in the room."""
        return self._target & self._room

    @property
    def shape(self) -> QSize:
        """The source's own pixels."""
        return QSize(self.source.width, self.source.height)

    @property
    def size(self) -> Pixels | None:
        """At which size images are asked for; None for none yet."""
        return self._size

    @property
    def is_sharp(self) -> bool:
        """Whether the shot's pixels are shown as squares: all there are, from 200 % on."""
        scale = self._zoom.scale
        is_whole = self._shot is not None and self._shot.image.size() == self.shape
        return is_whole and scale is not None and scale >= SHARP

    @property
    def is_settled(self) -> bool:
        """Whether images are asked for at the size at which they are painted."""
        return self._target.isEmpty() or self._size == self._best_size()

    def fit(self, area: QSize, zoom: Zoom = FIT) -> None:
        """Find the place on a canvas of that size, in the source's own shape."""
        self._room = QRectF(
            self._place.x() * area.width(),
            self._place.y() * area.height(),
            self._place.width() * area.width(),
            self._place.height() * area.height(),
        ).toRect()
        self._zoom = zoom
        self._target = place(self.shape, self._room, zoom)

    def settle(self) -> None:
        """From now on ask for images at the size at which they are painted."""
        self._size = self._best_size()

    def look_for(self, index: int) -> bool:
        """Take up the image of frame ``index`` if it is there; whether there is a new one."""
        size = self._size
        if size is None or self._target.isEmpty():
            return False
        shown, asked = self._shot, self._shot_size
        if shown is not None and shown.index == index and _pixels(shown.image.size()) == size:
            return False
        found = self.source.shot(index, size)
        if found is None and shown is not None and asked is not None and asked != size:
            # While the new size is being made, the old one plays on.
            size = asked
            found = self.source.shot(index, size) if shown.index != index else None
        if found is None:
            return False
        self._shot, self._shot_size = found, size
        if shown is None or asked != size or shown.index != index:
            return True
        return shown.image.size() != found.image.size()

    def _best_size(self) -> Pixels:
        """Zoomed in there are no more pixels to be had than the source's own."""
        scale = self._zoom.scale
        return _pixels(self.shape if scale is not None and scale >= 1 else self._target.size())


def _pixels(size: QSize) -> Pixels:
    return size.width(), size.height()
