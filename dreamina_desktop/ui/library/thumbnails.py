"""Small pictures of jobs, made off the GUI thread and kept while memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.clip_thumbnails import ClipThumbnails
from dreamina_desktop.ui.library.picture_source import PictureSource, SourceKind, picture_source
from dreamina_desktop.ui.library.picture_thumbnail import picture_thumbnail
from dreamina_desktop.ui.library.thumbnail_made import ThumbnailMade
from dreamina_desktop.ui.ports import Background, Outcome

BUDGET = 64 * 1024 * 1024
"""Bytes of pictures kept: some 200 cards at 200 %."""

# Cards that scrolled by long ago need not be made any more.
_MOST_WAITING = 48
_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """What there is for a card: ``image`` in device pixels, or none yet, or never."""

    image: QImage | None = None
    is_missing: bool = False


class Thumbnails(QObject):
    """One picture a source, at the size last wanted; until that is made, at the size before."""

    thumbnail_made = Signal(object)

    def __init__(
        self,
        picture_path: Callable[[str], Path | None],
        background: Background,
        parent: QObject | None = None,
        budget: int = BUDGET,
    ) -> None:
        """``picture_path`` finds a sent picture by its sha256; it is called off the GUI thread."""
        super().__init__(parent)
        self._picture_path = picture_path
        self._background = background
        self._budget = budget
        self._used = 0
        # Least recently painted first.
        self._kept: OrderedDict[PictureSource, ThumbnailMade] = OrderedDict()
        # Latest wanted last, which is made first: that is what is on the screen now.
        self._waiting: OrderedDict[PictureSource, QSize] = OrderedDict()
        self._making: set[PictureSource] = set()
        self._clips = ClipThumbnails(background, self)
        self._clips.clip_thumbnail_made.connect(self._on_made)

    @property
    def used(self) -> int:
        """Bytes that the pictures kept take now."""
        return self._used

    def picture(self, job: Job, frame: QSize, *, wanted: bool = True) -> Thumbnail:
        """What there is of a job's picture for a frame (device pixels); never waits.

        With ``wanted`` it is made for exactly that frame, and ``thumbnail_made`` tells when.
        """
        source = picture_source(job)
        if source is None:
            return Thumbnail()
        made = self._kept.get(source)
        if made is not None:
            self._kept.move_to_end(source)
        if wanted and (made is None or (made.frame != frame and made.image is not None)):
            self._want(source, frame)
        if made is None:
            return Thumbnail()
        return Thumbnail(made.image, is_missing=made.image is None)

    def retry(self, job: Job) -> None:
        """Look again for a picture that was missing: its file may have come back."""
        source = picture_source(job)
        if source is not None and source in self._kept and self._kept[source].image is None:
            del self._kept[source]

    def close(self) -> None:
        """Begin nothing more and join the decoder's thread; the background is its owner's."""
        self._waiting.clear()
        self._clips.close()

    def _want(self, source: PictureSource, frame: QSize) -> None:
        if source in self._making:
            return
        self._waiting[source] = frame
        self._waiting.move_to_end(source)
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)
        self._begin()

    def _begin(self) -> None:
        while self._waiting and len(self._making) < _AT_ONCE:
            source, frame = self._waiting.popitem()
            self._making.add(source)
            if source.kind is SourceKind.CLIP:
                self._clips.make(source, frame)
            else:
                self._background.run(
                    partial(_read, self._picture_path, source, frame), self._on_read
                )

    def _on_read(self, outcome: Outcome[ThumbnailMade]) -> None:
        self._on_made(outcome.get())

    def _on_made(self, made: ThumbnailMade) -> None:
        self._making.discard(made.source)
        before = self._kept.pop(made.source, None)
        self._used += _bytes(made) - (0 if before is None else _bytes(before))
        self._kept[made.source] = made
        while self._used > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._used -= _bytes(dropped)
        self._begin()
        self.thumbnail_made.emit(made)


def _read(
    picture_path: Callable[[str], Path | None], source: PictureSource, frame: QSize
) -> ThumbnailMade:
    is_sent = source.kind is SourceKind.SENT
    path = picture_path(source.name) if is_sent else Path(source.name)
    image = None if path is None else picture_thumbnail(path, frame)
    return ThumbnailMade(source, frame, image)


def _bytes(made: ThumbnailMade) -> int:
    return 0 if made.image is None else made.image.sizeInBytes()
