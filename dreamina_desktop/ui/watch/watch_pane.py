"""The middle pane: the clip, its controls, its facts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.theme import DARK, GAP, TIGHT, Theme
from dreamina_desktop.ui.watch.canvas import Canvas, FramePainted
from dreamina_desktop.ui.watch.clip_details import ClipDetails
from dreamina_desktop.ui.watch.frame_source import ClipBroke, FrameSource
from dreamina_desktop.ui.watch.full_screen import FullScreen
from dreamina_desktop.ui.watch.passing_chip import PassingChip
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.player_deeds import ClipDeed
from dreamina_desktop.ui.watch.player_menu import FileDeeds, PlayerMenu
from dreamina_desktop.ui.watch.player_tools import PlayerTools, ToolParts
from dreamina_desktop.ui.watch.projector import Projector
from dreamina_desktop.ui.watch.shuttle import Shuttle
from dreamina_desktop.ui.watch.stage_message import StageDeed, StageMessage, StageText
from dreamina_desktop.ui.watch.stage_place import StagePlace
from dreamina_desktop.ui.watch.stage_words import StageWords
from dreamina_desktop.ui.watch.standing import Standing
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.transport import Transport
from dreamina_desktop.ui.watch.viewed import Viewed, viewed_of
from dreamina_desktop.ui.watch.watch_deeds import WatchDeeds
from dreamina_desktop.ui.watch.watch_keys import KeyPlace, WatchKey, press, watch_keys
from dreamina_desktop.ui.watch.watch_wishes import AskAgain, ResolveWanted
from dreamina_desktop.words import Phrasebook

_STAGE_SHARE, _DETAILS_SHARE = 7, 3
_NOW = partial(datetime.now, UTC)
_QUEUED = Qt.ConnectionType.QueuedConnection


class WatchPane(QFrame):
    """Shows one job, or a stage in its place. ``autoplay`` False honours a wish for reduced motion.

    ``background`` reads pictures. ``clock`` counts seconds for playing, ``now`` is the wall's
    clock in UTC. ``playback`` and ``keys`` are for menus and shortcuts.
    """

    ask_again_requested = Signal(object)
    resolve_requested = Signal(object)
    clip_deed_wanted = Signal(object)
    use_frame_wanted = Signal(object)
    compare_wanted = Signal()
    wall_wanted = Signal()
    export_wanted = Signal()
    stage_shown = Signal()
    stage_left = Signal()
    stage_screen_wanted = Signal()

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
        now: Callable[[], datetime] = _NOW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._stage_words = StageWords(words, self)
        self._autoplay = autoplay
        self._job: Job | None = None
        self._plays_when_painted = False
        self._full: FullScreen | None = None
        self.playback = Playback(clock, self)
        self.setObjectName("watchPane")
        self.setAccessibleName(self.tr("Watch"))
        self.setProperty("look", "pane")
        self._canvas = Canvas(theme, self)
        self._place = StagePlace(self._canvas, self.playback)
        self._projector = Projector(frames, background, self.playback, self._canvas)
        acts = self._acts = WatchDeeds(
            self._place, self._projector, self.playback, self._live_tools, self._hint, self
        )
        self._deeds = acts.for_player(
            full_screen=self.toggle_full_screen,
            meter=self._toggle_meter,
            compare=self.compare_wanted.emit,
        )
        shuttle = Shuttle(self.playback, self)
        self.keys: tuple[WatchKey, ...] = watch_keys(self.playback, shuttle, self._deeds)
        self._message = StageMessage(theme, icons, self._canvas)
        self._note = PassingChip(theme, self)
        self._standing = Standing(self._message, self._stage_words, now, self)
        self._timeline = Timeline(self.playback, theme, self)
        self._transport = Transport(self.playback, icons, parent=self)
        self.controls: tuple[QWidget, ...] = (self._timeline, self._transport)
        self._details = ClipDetails(theme, icons, self)
        files = FileDeeds(lambda: acts.ask(ClipDeed.REVEAL), lambda: acts.ask(ClipDeed.OPEN))
        self.menu = PlayerMenu(self.playback, self.keys, files, self)
        self._tools = PlayerTools(
            ToolParts(self.playback, frames, background, theme, acts.looked_at, lambda: self.stage),
            self,
            self._canvas,
            self._timeline,
            self._transport,
        )
        self._full_tools: PlayerTools | None = None
        self._lay_out()
        self._connect()
        self.show_nothing()

    # What is shown.

    def show_job(self, job: Job) -> None:
        """Play a job's first clip that is there, or say how the job stands.

        A clip that is on show already plays on; one that could not be shown is tried anew. A
        stage stays while it is about the same job.
        """
        viewed = viewed_of(job)
        clip = None if viewed is None else viewed.clip
        is_same = self.shown_job_id == job.id and self._projector.is_on_show(clip)
        if self.shown_job_id != job.id:
            self.leave_stage()
        self._job = job
        self._details.show_job(job, clip)
        if viewed is None:
            self._clear()
            self._standing.tell(job)
        elif is_same:
            self._projector.rename(viewed)
        else:
            self._show_clip(viewed)

    def show_nothing(self) -> None:
        """No job is chosen."""
        self.leave_stage()
        self._job = None
        self._clear()
        self._details.show_nothing()
        self._say(self._stage_words.nothing())

    @property
    def shown_job_id(self) -> str | None:
        """Which job is shown."""
        return self._job.id if self._job is not None else None

    @property
    def viewed(self) -> Viewed | None:
        """The clip on show; None for none."""
        return self._projector.viewed

    @property
    def meant(self) -> Viewed | None:
        """The clip that deeds are about: a stage may have one of its own."""
        return self._acts.meant

    # Stages.

    @property
    def stage(self) -> QWidget | None:
        """What is shown in place of the one clip."""
        return self._place.widget

    @property
    def shown(self) -> QWidget:
        """What is looked at just now: the stage, or the canvas of the one clip."""
        return self.stage or self._canvas

    def show_stage(self, stage: QWidget) -> None:
        """Give this the place of the clip, and the playback; its owner fills and keeps it.

        Raises TypeError for what is no ``Stage``.
        """
        self.leave_full_screen()
        # The one before gives back what this one takes.
        self.leave_stage()
        self._plays_when_painted = False
        self._projector.rest()
        self._tools.set_clip(None)
        # Several clips need the room, and these facts are of one.
        self._details.set_aside(is_aside=True)
        self._place.show(stage)
        self._tools.hang_meter()
        self.stage_shown.emit()

    def leave_stage(self) -> None:
        """Show the one clip again."""
        self._place.leave()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._canvas.set_theme(theme)
        self._message.set_theme(theme, icons)
        self._timeline.set_theme(theme)
        self._transport.set_icons(icons)
        self._details.set_theme(theme, icons)
        self._tools.set_theme(theme)
        self._note.set_theme(theme)

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
        elif self.stage is not None:
            self.stage_screen_wanted.emit()
        elif self.viewed is not None:
            self._enter_full_screen()

    def leave_full_screen(self) -> None:
        """Be a pane again."""
        full, self._full = self._full, None
        if full is None:
            return
        self._full_tools = None
        self._projector.take_back()
        full.close()
        full.deleteLater()
        if self.viewed is not None:
            self._message.hide()
        self._canvas.setFocus()

    def _enter_full_screen(self) -> None:
        full = self._full = FullScreen(self.playback, self.keys, self, fades=self._autoplay)
        full.leave_asked.connect(self.leave_full_screen)
        full.canvas.frame_painted.connect(self._on_frame_painted, _QUEUED)
        parts = self._tools.parts_in(DARK)
        tools = PlayerTools(parts, full, full.canvas, full.timeline, full.transport)
        self._full_tools = tools
        self._connect_transport(full.transport)
        full.setGeometry(self.screen().geometry())
        full.showFullScreen()
        self._projector.lend(full.canvas)
        tools.set_clip(self.viewed)
        tools.set_metered(is_metered=self._tools.is_metered)
        self._say(self._stage_words.elsewhere())

    def say_on_screen(self, text: str) -> None:
        """What the window has to say, where the full screen covers it; "" for nothing more."""
        if self._full is not None:
            self._full.say(text)

    # Inside.

    def _live_tools(self) -> PlayerTools:
        return self._full_tools or self._tools

    def _toggle_meter(self) -> None:
        is_metered = not self._tools.is_metered
        self._tools.set_metered(is_metered=is_metered)
        if self._full_tools is not None:
            self._full_tools.set_metered(is_metered=is_metered)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._canvas)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (GAP + TIGHT,))
        column.setSpacing(TIGHT)
        # In fixed shares, whatever they show: the controls in between stand still.
        column.addLayout(self._place.layout, _STAGE_SHARE)
        column.addWidget(self._timeline)
        column.addWidget(self._transport)
        column.addSpacing(TIGHT)
        column.addWidget(self._details, _DETAILS_SHARE)

    def _connect(self) -> None:
        self.playback.position_changed.connect(self._on_position_changed)
        self.playback.scrub_ended.connect(self._on_position_changed)
        # Not inside of painting, where playing would ask for the next painting.
        self._canvas.frame_painted.connect(self._on_frame_painted, _QUEUED)
        self._canvas.full_screen_asked.connect(self.toggle_full_screen)
        self._connect_transport(self._transport)
        self._projector.broke.connect(self._on_broke)
        self._place.left.connect(self._on_stage_left)
        self._message.deed_wanted.connect(self._on_deed_wanted)
        self._acts.clip_deed_wanted.connect(self.clip_deed_wanted)
        self._acts.use_frame_wanted.connect(self.use_frame_wanted)

    def _connect_transport(self, transport: Transport) -> None:
        if transport is self._transport:
            transport.full_screen_asked.connect(self.toggle_full_screen)
        transport.go_to_frame_asked.connect(self._deeds.go_to_frame)
        transport.capture_asked.connect(self._deeds.save_frame)
        transport.use_frame_asked.connect(self._deeds.use_frame)
        transport.compare_asked.connect(self.compare_wanted)
        transport.wall_asked.connect(self.wall_wanted)
        transport.export_asked.connect(self.export_wanted)
        transport.menu_asked.connect(self._on_menu_asked)

    def _show_clip(self, viewed: Viewed) -> None:
        self._projector.show(viewed)
        self._tools.set_clip(viewed)
        if self._full_tools is not None:
            self._full_tools.set_clip(viewed)
        self._plays_when_painted = self._autoplay and self.stage is None
        self._standing.stop()
        self._message.setVisible(self.is_full_screen)

    def _clear(self) -> None:
        self.leave_full_screen()
        self._standing.stop()
        self._plays_when_painted = False
        # What is disabled hands its focus on to anybody; the stage keeps it.
        held = self.focusWidget()
        if held is not None and any(c is held or c.isAncestorOf(held) for c in self.controls):
            self._canvas.setFocus()
        self._projector.clear()
        self._tools.set_clip(None)

    def _hint(self, text: str) -> None:
        self._note.say(text, self.shown.geometry())

    def _say(self, text: StageText) -> None:
        self._message.show_text(text)
        self._message.show()

    # Slots.

    def _on_position_changed(self) -> None:
        self._frames.set_moving(self.playback.is_moving)
        self._canvas.show_frame(self.playback.position.index)

    def _on_frame_painted(self, painted: FramePainted) -> None:
        self.playback.note_painted(painted.index)
        if self._plays_when_painted:
            self._plays_when_painted = False
            self.playback.play()

    def _on_stage_left(self) -> None:
        self._tools.hang_meter()
        self._note.say("", self.rect())
        self._details.set_aside(is_aside=False)
        self._projector.come_back()
        self._tools.set_clip(self.viewed)
        self.stage_left.emit()

    def _on_broke(self, broke: ClipBroke) -> None:
        self._clear()
        self._say(self._stage_words.breakage(broke))

    def _on_deed_wanted(self, deed: StageDeed) -> None:
        if self._job is None:
            return
        match deed:
            case StageDeed.ASK_AGAIN:
                self.ask_again_requested.emit(AskAgain(self._job.id))
            case StageDeed.RESOLVE:
                self.resolve_requested.emit(ResolveWanted(self._job.id))

    def _on_menu_asked(self) -> None:
        button = (self._full.transport if self._full is not None else self._transport).menu_button
        self._open_menu(button, button.mapToGlobal(QPoint(0, 0)))

    def _open_menu(self, widget: QWidget, place: QPoint) -> None:
        reason = "" if self._acts.looked_at() is not None else self.tr("There is no clip here")
        self.menu.open(widget, place, reason=reason)

    # Keys and the window.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        if self._canvas.underMouse() or self._canvas.hasFocus():
            self._open_menu(self._canvas, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not press(self.keys, event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        # Not when the window is merely minimised: then the screen is the clip's all the more.
        if not event.spontaneous():
            self.leave_full_screen()
