"""What takes are judged with, besides the player: comparison, wall, hand-over, files, exports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dreamina_desktop.app.room import Room
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.comparing import Comparing
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.export.export_needs import ExportNeeds
from dreamina_desktop.ui.export.exports import Exports
from dreamina_desktop.ui.exporting import Exporting
from dreamina_desktop.ui.hand_over.hand_over import HandOver
from dreamina_desktop.ui.hand_over.hand_over_bar import HandOverBar
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.reviews import Review, ReviewWanted
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.past_prompts import PastPrompts
from dreamina_desktop.ui.ports import Background, FolderOpener
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.stage_screen import StageScreen
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.wall_hanging import WallHanging
from dreamina_desktop.ui.watch.clip_deeds import ClipDeeds
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.screen_notice import ScreenNotice
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.workbench import PaneName, Workbench

_TIDYING_SECONDS = 1.0
"""A step of an export is over by then, and half a file gone."""


@dataclass(frozen=True, slots=True)
class ReviewParts:
    """What it works with. ``copies`` is the folder for pictures that are no files yet.

    ``files`` and ``side`` do work with files, ``rows`` reads and writes rows.
    """

    room: Room
    watch: WatchPane
    library: LibraryPane
    workbench: Workbench
    frames: FrameSource
    draft: Draft
    prompts: PastPrompts
    repository: SqliteJobRepository
    media: LocalMediaFiles
    copies: Path
    folders: FolderOpener
    thumbnails: Thumbnails
    rows: Background
    files: Background
    side: Background
    preferences: Preferences
    has_motion: bool


class Reviewing(QObject):
    """Builds the stages when they are wanted first, and connects them with the panes."""

    error_met = Signal(object)

    def __init__(self, parts: ReviewParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._switch = parts.room.switch
        watch, library = parts.watch, parts.library
        self.comparing = Comparing(
            watch, library, parts.files, parts.media.picture_path, self._make_compare, self
        )
        self.wall = WallHanging(watch, library, parts.repository, parts.rows, self._make_wall, self)
        self.screen = StageScreen(
            parts.room.window,
            parts.workbench,
            watch,
            parts.room.fittings.frame,
            self,
            fades=parts.has_motion,
        )
        self.clip_deeds = ClipDeeds(
            parts.side, parts.folders, parts.room.notices, parts.room.words, self
        )
        needs = ExportNeeds(
            parts.preferences,
            parts.side,
            parts.folders,
            parts.room.words,
            self._count_of,
            parts.thumbnails,
        )
        self.exports = Exports(needs, self._meant, self._theme, self._icons, parts.room.window)
        self.exporting = Exporting(self.exports, watch, library, self)
        self._bar = HandOverBar(watch, self._theme, self._icons)
        self.hand_over = HandOver(
            parts.draft, parts.prompts, parts.side, parts.copies, self._bar, self._shown, self
        )
        self._connect()

    def close(self) -> None:
        """Stop exports; what they have begun is taken away."""
        self.exports.close()
        self.exports.wait(_TIDYING_SECONDS)

    def set_theme(self) -> None:
        """Take the colours of the theme that holds now."""
        self.exports.set_theme(self._theme, self._icons)
        self._bar.set_theme(self._theme, self._icons)
        for stage in (self.comparing.stage, self.wall.wall):
            if stage is not None:
                stage.set_theme(self._theme, self._icons)

    def _connect(self) -> None:
        watch, library, hint = (
            self._parts.watch,
            self._parts.library,
            self._parts.room.fittings.hint,
        )
        watch.clip_deed_wanted.connect(self.clip_deeds.do)
        library.review_wanted.connect(self._on_review_wanted)
        # First, so that the bar finds the focus where it will be.
        watch.use_frame_wanted.connect(watch.leave_full_screen)
        watch.use_frame_wanted.connect(self._on_use_frame_wanted)
        watch.use_frame_wanted.connect(self.hand_over.use_frame)
        library.job_chosen.connect(self.hand_over.dismiss)
        library.nothing_chosen.connect(self.hand_over.dismiss)
        self.comparing.hint_wanted.connect(hint)
        self.wall.hint_wanted.connect(hint)
        self.exporting.hint_wanted.connect(hint)
        self.wall.error_met.connect(self.error_met)
        self.hand_over.error_met.connect(self.error_met)
        ScreenNotice(self._parts.room.notices, self._parts.watch, self)

    @property
    def _theme(self) -> Theme:
        return self._switch.theme

    @property
    def _icons(self) -> Icons:
        return self._switch.icons

    def _meant(self) -> Viewed | None:
        return self._parts.watch.meant

    def _count_of(self, clip: Path) -> int | None:
        length = self._parts.frames.length(clip)
        return None if length is None else length.count

    def _shown(self) -> QWidget:
        """What shows the frame just now."""
        return self._parts.watch.shown

    def _make_compare(self) -> CompareStage:
        parts = self._parts
        stage = CompareStage(
            parts.frames,
            parts.files,
            parts.watch.playback,
            self._theme,
            self._icons,
            parts.watch,
            blinks=parts.has_motion,
        )
        stage.hide()
        return stage

    def _make_wall(self) -> Wall:
        parts = self._parts
        wall = Wall(
            parts.frames,
            parts.files,
            parts.watch.playback,
            parts.room.words,
            self._theme,
            self._icons,
            autoplay=parts.has_motion,
            parent=parts.watch,
        )
        wall.hide()
        return wall

    def _on_review_wanted(self, wanted: ReviewWanted) -> None:
        match wanted.review:
            case Review.WALL:
                self.wall.hang(wanted.jobs)
            case Review.COMPARE:
                self.comparing.compare(wanted.jobs)
            case Review.JOIN:
                self.exporting.join_jobs(wanted.jobs)
            case Review.EXPORT:
                self.exporting.export_job(wanted.jobs[0])

    def _on_use_frame_wanted(self) -> None:
        # There the next picture is to be seen.
        self._parts.workbench.fold(PaneName.COMPOSE, is_folded=False)
