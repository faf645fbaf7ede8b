"""One of the two: where it stands, and which of its images is on show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSize

from dreamina_desktop.ui.watch.source import Shot, Source


@dataclass(frozen=True, slots=True)
class Found:
    """An image, and the size that was asked for: for lack of memory it may be smaller."""

    shot: Shot
    size: tuple[int, int]

    @property
    def is_exact(self) -> bool:
        """Whether it has that size."""
        return (self.shot.image.width(), self.shot.image.height()) == self.size


class Half:
    """``count`` is the number of its frames, 1 for a still. ``is_picture``: what a clip was made
    from, to be seen as the model sees it. ``name`` is its seed or what it is, ``path`` its file,
    ``file_name`` what that is called for people.

    Its images are asked for at the size at which they are painted, but never larger than they
    are themselves: what is enlarged is enlarged when it is painted.
    """

    def __init__(
        self,
        source: Source,
        path: Path,
        name: str,
        count: int,
        *,
        file_name: str = "",
        is_picture: bool = False,
    ) -> None:
        self.source = source
        self.path = path
        self.name = name
        self.file_name = file_name or path.name
        self.count = max(1, count)
        self.is_picture = is_picture
        self.is_broken = False
        self.target = QRect()
        self._shown: Found | None = None
        self._size: tuple[int, int] | None = None

    @property
    def native(self) -> QSize:
        """Its own size in pixels."""
        return QSize(self.source.width, self.source.height)

    @property
    def shot(self) -> Shot | None:
        """What is to be painted into ``target``, scaled if its size is another."""
        return None if self._shown is None else self._shown.shot

    @property
    def is_still(self) -> bool:
        """Whether it has one frame only, which is shown all the time."""
        return self.count == 1

    @property
    def is_settled(self) -> bool:
        """Whether images are asked for at the size at which they are painted."""
        return self.target.isEmpty() or self._size == self._wanted()

    def settle(self) -> None:
        """From now on ask for images at that size."""
        self._size = self._wanted()

    def nearest(self, index: int) -> int:
        """The frame that it shows for ``index``: before its first and after its last, those."""
        return min(max(0, index), self.count - 1)

    def find(self, index: int) -> Found | None:
        """The image of that frame; one of an earlier size while the right one is being made."""
        size, shown = self._size, self._shown
        if size is None or self.target.isEmpty():
            return None
        if shown is not None and shown.is_exact and (shown.shot.index, shown.size) == (index, size):
            return shown
        shot = self.source.shot(index, size)
        if shot is None and shown is not None:
            if shown.shot.index == index:
                return shown
            if shown.size != size:
                size = shown.size
                shot = self.source.shot(index, size)
        return None if shot is None else Found(shot, size)

    def show(self, found: Found | None) -> None:
        """This is its image from now on."""
        self._shown = found

    def _wanted(self) -> tuple[int, int]:
        width, height = self.target.width(), self.target.height()
        if width > self.source.width and height > self.source.height:
            return self.source.width, self.source.height
        return width, height
