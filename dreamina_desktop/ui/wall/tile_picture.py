"""The moving picture of one tile: what is shown of it, and whether the next one is there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal

from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.wall.take import Take
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import ClipBroke, ClipLength, FrameSource
from dreamina_desktop.ui.watch.source import Shot
from dreamina_desktop.ui.watch.still_source import StillSource


class TilePicture(QObject):
    """Of a take that has a clip. All sizes are in pixels of the screen.

    ``shot`` is on the wall; what comes after it waits until all tiles have theirs.
    """

    arrived = Signal()
    measured = Signal()
    broke = Signal(object)

    def __init__(
        self, frames: FrameSource, background: Background, take: Take, parent: QObject
    ) -> None:
        super().__init__(parent)
        clip, path, shape = take.clip, take.path, take.shape or (1, 1)
        if clip is None or path is None:
            raise ValueError(take.id)
        self._frames = frames
        self._path = path
        self._count = take.frames
        self._is_still = clip.kind is ClipKind.IMAGE
        self._size: tuple[int, int] | None = None
        self._large: tuple[int, int] | None = None
        self._due: Shot | None = None
        self.shot: Shot | None = None
        self.is_broken = False
        # One that comes to a wall which plays stays apart until it can keep step.
        self.has_joined = False
        self._source: ClipSource | StillSource
        if self._is_still:
            self._source = StillSource(background, path, *shape, self)
        else:
            self._source = ClipSource(frames, path, *shape, self)
            self._source.opened.connect(self._on_opened)
        self._source.image_arrived.connect(self.arrived)
        self._source.broke.connect(self._on_broke)

    @property
    def path(self) -> Path:
        """The clip's file."""
        return self._path

    @property
    def count(self) -> int:
        """How many frames it has."""
        length = self._length
        return self._count if length is None else length.count

    @property
    def frames_per_second(self) -> float:
        """Its rate; 0 while it is unknown, and of a picture."""
        length = self._length
        return 0.0 if length is None else length.frames_per_second

    @property
    def is_filled(self) -> bool:
        """Whether it will play without waiting for frames, at the size set."""
        if self.is_broken:
            return True
        if self._is_still:
            return self._due is not None and _size_of(self._due) == self._size
        return self._size is not None and self._frames.is_filled(self._path, self._size)

    @property
    def filled(self) -> float:
        """How much of that is there, from 0 to 1."""
        return float(self.is_filled)

    def set_size(self, size: QSize) -> bool:
        """Ask for images of that size from now on; whether it is another than before."""
        wanted = size.width(), size.height()
        is_new = wanted != self._size
        self._size = wanted
        return is_new

    def enlarge(self, size: QSize | None) -> None:
        """Prefer images of that size where there are any; None for those of the tile's size."""
        self._large = None if size is None else (size.width(), size.height())

    def look(self, index: int, *, closely: bool) -> bool:
        """Ask for frame ``index``, the last one behind the end; whether it can be shown now.

        ``closely`` takes the larger one, too, where it is enlarged.
        """
        if self._size is None:
            return False
        index = min(index, max(0, self.count - 1))
        due = self._due
        large = self._large if closely else None
        if due is None or due.index != index or _size_of(due) != (large or self._size):
            found = self._find(index, self._size, large)
            if found is not None:
                self._due = found
        if not self._is_still:
            # What nobody asks for is not decoded further, and is the first to be dropped.
            self._frames.frame(self._path, index, self._size)
        return self._due is not None and self._due.index == index

    def take_up(self) -> bool:
        """Show what was found; whether that is another image than before."""
        is_news = self.shot is not self._due
        self.shot = self._due
        return is_news

    def close(self) -> None:
        """Never tell anything again."""
        self._source.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.deleteLater()

    def _find(
        self, index: int, size: tuple[int, int], large: tuple[int, int] | None
    ) -> Shot | None:
        if large is not None:
            found = self._source.shot(index, large)
            if found is not None or self._is_still:
                return found
        return self._source.shot(index, size)

    @property
    def _length(self) -> ClipLength | None:
        return None if isinstance(self._source, StillSource) else self._source.length

    def _on_opened(self) -> None:
        self.measured.emit()

    def _on_broke(self, broke: ClipBroke) -> None:
        self.is_broken = True
        self.broke.emit(broke)


def _size_of(shot: Shot) -> tuple[int, int]:
    return shot.image.width(), shot.image.height()
