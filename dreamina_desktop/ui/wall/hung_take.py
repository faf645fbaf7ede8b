"""A take as it hangs on the wall: with its tile, its place, and its picture if it has one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QRect, Signal

from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.wall.take import Take
from dreamina_desktop.ui.wall.tile import Tile
from dreamina_desktop.ui.wall.tile_painter import TileLook
from dreamina_desktop.ui.wall.tile_picture import TilePicture
from dreamina_desktop.ui.wall.wall_words import Standing, WallWords
from dreamina_desktop.ui.watch.frame_source import ClipBroke, FrameSource
from dreamina_desktop.ui.watch.stage_words import is_timed


class HungTake(QObject):
    """``place`` and ``shown`` (where it is painted now) are in pixels of the screen."""

    picture_changed = Signal()

    def __init__(
        self,
        frames: FrameSource,
        background: Background,
        words: WallWords,
        take: Take,
        tile: Tile,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._background = background
        self._words = words
        self._broke: ClipBroke | None = None
        self.take = take
        self.tile = tile
        self.place = QRect()
        self.shown = QRect()
        self.picture: TilePicture | None = None
        self._make_picture()

    @property
    def id(self) -> str:
        """The job's id."""
        return self.take.id

    @property
    def is_timed(self) -> bool:
        """Whether it shows a time that runs."""
        return self.picture is None and is_timed(self.take.job)

    @property
    def shows_picture(self) -> bool:
        """Whether an image fills its place."""
        picture = self.picture
        is_there = picture is not None and picture.shot is not None and picture.has_joined
        return is_there and self._broke is None

    def renew(self, take: Take) -> None:
        """The job's row has changed, or not. A clip that could not be shown is tried anew."""
        before, self.take = self.take, take
        is_retried = self._broke is not None and take.job != before.job
        if take.shows_same_as(before) and not is_retried:
            return
        if is_retried and before.path is not None:
            # The file may have come back, or been fetched anew.
            self._frames.forget(before.path)
        self._drop_picture()
        self._make_picture()

    def take_down(self) -> None:
        """Be no longer on the wall."""
        self._drop_picture()
        # Its name is another's from now on.
        self.tile.setObjectName("")
        self.tile.hide()
        self.tile.deleteLater()
        self.deleteLater()

    def standing(self, now: datetime) -> Standing | None:
        """What stands in place of a clip; None where there is one."""
        if self._broke is not None:
            return self._words.breakage(self._broke)
        if self.picture is None:
            return self._words.standing(self.take, now)
        return None if self.picture.has_joined else self._words.joining()

    def look(self, number: int, now: datetime) -> TileLook:
        """How it is to be painted; ``number`` from 1."""
        shot = None if self.picture is None else self.picture.shot
        mark = self.take.mark
        return TileLook(
            place=self.shown,
            shot=shot,
            standing=self.standing(now),
            number=number,
            seeds=self._words.seeds(self.take),
            mark=mark,
            mark_text=self._words.mark(mark),
            is_large=self.shown != self.place,
        )

    def name(self, number: int, now: datetime) -> None:
        """Tell assistive tools how it stands."""
        spoken = self._words.spoken(number, self.take, self.standing(now))
        self.tile.name(number, spoken, self._words.keys())

    def _make_picture(self) -> None:
        self._broke = None
        if self.take.clip is None:
            return
        self.picture = TilePicture(self._frames, self._background, self.take, self)
        self.picture.measured.connect(self.picture_changed)
        self.picture.broke.connect(self._on_broke)

    def _drop_picture(self) -> None:
        picture, self.picture = self.picture, None
        if picture is not None:
            picture.close()

    def _on_broke(self, broke: ClipBroke) -> None:
        self._broke = broke
        self.picture_changed.emit()
