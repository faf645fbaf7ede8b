"""The middle pane: the clip, its controls, its facts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import ClipBroke, ClipLength, FrameSource
from dreamina_desktop.ui.watch.full_screen import FullScreen
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.stage_message import StageDeed, StageMessage, StageText
from dreamina_desktop.ui.watch.stage_words import StageWords
from dreamina_desktop.ui.watch.standing import Standing
from dreamina_desktop.ui.watch.still_source import StillSource
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.transport import Transport
from dreamina_desktop.ui.watch.watch_keys import KeyPlace, WatchKey, press, watch_keys
from dreamina_desktop.words import Phrasebook

# The model's own rate, for the rare file that does not tell its own.
_USUAL_RATE = 24.0
# What is above and below the controls divides the height so.
_STAGE_SHARE, _DETAILS_SHARE = 7, 3


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The user wants this job's result asked for again: its file is gone or broken."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ResolveWanted:
    """The user wants to say what became of this request in doubt."""

    job_id: str


class WatchPane(QFrame):
    """Shows one job. ``autoplay`` False honours a wish for reduced motion.

    ``background`` reads pictures. ``clock`` counts seconds for playing, ``now`` is the wall's
    clock in UTC. ``playback`` and ``keys`` are for menus and shortcuts.
    """

    ask_again_requested = Signal(object)
    resolve_requested = Signal(object)

    def __init__(
        self,
        frames: FrameSource,
        background: Background,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        *,
        autoplay: bool = True,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._background = background
        self._stage_words = StageWords(words, self)
        self._autoplay = autoplay
        self._job: Job | None = None
        self._clip: Clip | None = None
        self._source: ClipSource | StillSource | None = None
        self._is_broken = False
        self._plays_when_painted = False
        self._full: FullScreen | None = None
        self.playback = Playback(clock, self)
        self.keys: tuple[WatchKey, ...] = watch_keys(self.playback, self.toggle_full_screen)
        self.setObjectName("watchPane")
        self.setAccessibleName(self.tr("Watch"))
        self.setProperty("look", "pane")
        self._canvas = Canvas(theme, self)
        self._message = StageMessage(theme, icons, self._canvas)
        self._standing = Standing(self._message, self._stage_words, now, self)
        self._timeline = Timeline(self.playback, theme, self)
        self._transport = Transport(self.playback, icons, parent=self)
        self._details = ClipDetails(theme, icons, self)
        self._lay_out()
        self._connect()
        self.show_nothing()

    # What is shown.

    def show_job(self, job: Job) -> None:
        """Play a job's first clip that is there, or say how the job stands.

        A clip that is on show already plays on; one that could not be shown is tried anew.
        """
        clip = next((clip for clip in job.clips if clip.landed and clip.path is not None), None)
        is_same = self._job is not None and self._job.id == job.id and self._is_on_show(clip)
        self._job = job
        self._details.show_job(job, clip)
        if clip is None:
            self._clear()
            self._standing.tell(job)
        elif not is_same:
            self._show_clip(clip)

    def show_nothing(self) -> None:
        """No job is chosen."""
        self._job = None
        self._clear()
        self._details.show_nothing()
        self._say(self._stage_words.nothing())

    @property
    def shown_job_id(self) -> str | None:
        """Which job is shown."""
        return self._job.id if self._job is not None else None

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._canvas.set_theme(theme)
        self._message.set_theme(theme, icons)
        self._timeline.set_theme(theme)
        self._transport.set_icons(icons)
        self._details.set_theme(theme, icons)

    def set_autoplay(self, autoplay: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Whether clips begin to play by themselves; not where reduced motion is wanted."""
        self._autoplay = autoplay

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means that nobody else in the window wanted; whether it meant anything."""
        return press(tuple(k for k in self.keys if k.place is KeyPlace.WINDOW), event)

    # Full screen.

    @property
    def is_full_screen(self) -> bool:
        """Whether the clip has the screen to itself."""
        return self._full is not None

    def toggle_full_screen(self) -> None:
        """Give the clip the screen, or take it back. Nothing happens without a clip."""
        if self._full is not None:
            self.leave_full_screen()
        elif self._source is not None:
            self._enter_full_screen(self._source)

    def leave_full_screen(self) -> None:
        """Be a pane again."""
        full, self._full = self._full, None
        if full is None:
            return
        full.set_projections(())
        full.close()
        full.deleteLater()
        self._canvas.set_resting(is_resting=False)
        if self._source is not None:
            self._message.hide()
        self._canvas.setFocus()

    def _enter_full_screen(self, source: ClipSource | StillSource) -> None:
        full = self._full = FullScreen(self.playback, self.keys)
        full.leave_asked.connect(self._on_leave_asked)
        full.canvas.frame_painted.connect(
            self._on_frame_painted, Qt.ConnectionType.QueuedConnection
        )
        full.setGeometry(self.screen().geometry())
        full.showFullScreen()
        full.set_projections([Projection(source)])
        self._canvas.set_resting(is_resting=True)
        self._say(self._stage_words.elsewhere())

    # Inside.

    def _lay_out(self) -> None:
        stage = QVBoxLayout(self._canvas)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (GAP + TIGHT,))
        column.setSpacing(TIGHT)
        # In fixed shares, whatever they show: the controls in between stand still.
        column.addWidget(self._canvas, _STAGE_SHARE)
        column.addWidget(self._timeline)
        column.addWidget(self._transport)
        column.addSpacing(TIGHT)
        column.addWidget(self._details, _DETAILS_SHARE)

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.playback.position_changed.connect(self._on_position_changed)
        # Not inside of painting, where playing would ask for the next painting.
        self._canvas.frame_painted.connect(self._on_frame_painted, queued)
        self._canvas.full_screen_asked.connect(self.toggle_full_screen)
        self._transport.full_screen_asked.connect(self.toggle_full_screen)
        self._message.deed_wanted.connect(self._on_deed_wanted)

    def _is_on_show(self, clip: Clip | None) -> bool:
        if clip is None or self._clip is None or self._is_broken:
            return False
        return (clip.path, clip.sha256) == (self._clip.path, self._clip.sha256)

    def _show_clip(self, clip: Clip) -> None:
        path = Path(clip.path or "")
        if self._is_broken:
            # The file may have come back, or been fetched anew.
            self._frames.forget(path)
        source = self._make_source(clip, path)
        self._replace_source(source)
        self._clip = clip
        self._is_broken = False
        self._plays_when_painted = self._autoplay
        self._standing.stop()
        self._message.setVisible(self.is_full_screen)
        is_video = clip.kind is ClipKind.VIDEO
        self.playback.load((clip.frames or 1) if is_video else 1, _USUAL_RATE if is_video else 0.0)
        self._project(source)

    def _make_source(self, clip: Clip, path: Path) -> ClipSource | StillSource:
        # Both are known of every clip that has landed.
        width, height = clip.width or 1, clip.height or 1
        if clip.kind is ClipKind.IMAGE:
            still = StillSource(self._background, path, width, height, self)
            still.broke.connect(self._on_broke)
            return still
        source = ClipSource(self._frames, path, width, height, self)
        source.opened.connect(self._on_opened)
        source.broke.connect(self._on_broke)
        return source

    def _project(self, source: ClipSource | StillSource) -> None:
        self._canvas.set_projections([Projection(source)])
        if self._full is not None:
            self._full.set_projections([Projection(source)])

    def _replace_source(self, source: ClipSource | StillSource | None) -> None:
        self._canvas.set_projections(())
        if self._full is not None:
            self._full.set_projections(())
        before, self._source = self._source, source
        if before is not None:
            before.blockSignals(True)  # noqa: FBT003 - Qt's own
            before.deleteLater()

    def _clear(self) -> None:
        self.leave_full_screen()
        self._standing.stop()
        self._replace_source(None)
        self._clip = None
        self._is_broken = False
        self._plays_when_painted = False
        # What is disabled hands its focus on to anybody; the stage keeps it.
        controls = (self._timeline, self._transport)
        focused = self.focusWidget()
        if focused is not None and any(c is focused or c.isAncestorOf(focused) for c in controls):
            self._canvas.setFocus()
        self.playback.unload()

    def _say(self, text: StageText) -> None:
        self._message.show_text(text)
        self._message.show()

    # Slots.

    def _on_position_changed(self) -> None:
        self._canvas.show_frame(self.playback.position.index)

    def _on_frame_painted(self) -> None:
        if self._plays_when_painted:
            self._plays_when_painted = False
            self.playback.play()

    def _on_opened(self, length: ClipLength) -> None:
        self.playback.measure(length.count, length.frames_per_second or _USUAL_RATE)

    def _on_broke(self, broke: ClipBroke) -> None:
        clip = self._clip
        self._clear()
        self._clip = clip
        self._is_broken = True
        self._say(self._stage_words.breakage(broke))

    def _on_deed_wanted(self, deed: StageDeed) -> None:
        if self._job is None:
            return
        match deed:
            case StageDeed.ASK_AGAIN:
                self.ask_again_requested.emit(AskAgain(self._job.id))
            case StageDeed.RESOLVE:
                self.resolve_requested.emit(ResolveWanted(self._job.id))

    def _on_leave_asked(self) -> None:
        self.leave_full_screen()

    # Keys and the window.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not press(self.keys, event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        # Not when the window is merely minimised: then the screen is the clip's all the more.
        if not event.spontaneous():
            self.leave_full_screen()
