"""The wall: up to nine takes, playing in step, culled with one key each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.wall.hung_take import HungTake
from dreamina_desktop.ui.wall.take import Take, in_place
from dreamina_desktop.ui.wall.tile import Tile
from dreamina_desktop.ui.wall.wall_canvas import WallCanvas
from dreamina_desktop.ui.wall.wall_grid import neighbour
from dreamina_desktop.ui.wall.wall_keys import WallDeed, press_of
from dreamina_desktop.ui.wall.wall_menu import WallMenu
from dreamina_desktop.ui.wall.wall_wishes import MarkWanted, OpenWanted, SettingsWanted
from dreamina_desktop.ui.wall.wall_words import WallWords
from dreamina_desktop.ui.watch.canvas import FramePainted
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.words import Phrasebook

# The mouse that only crosses a tile does not mean it.
_DWELL_MILLISECONDS = 180


def _now() -> datetime:
    return datetime.now(UTC)


class Wall(QWidget):
    """A stage of the watch pane (``watch.stage.Stage``).

    ``autoplay`` False honours a wish for reduced motion. ``background`` reads pictures, ``now``
    is the wall's clock in UTC. Signals carry the frozen classes of ``wall_wishes``;
    ``frame_painted`` carries a ``FramePainted``.
    """

    left = Signal()
    measured = Signal()
    frame_painted = Signal(object)
    open_wanted = Signal(object)
    settings_wanted = Signal(object)
    mark_wanted = Signal(object)

    def __init__(
        self,
        frames: FrameSource,
        background: Background,
        playback: Playback,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        *,
        autoplay: bool = True,
        now: Callable[[], datetime] = _now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._frames = frames
        self._background = background
        self._playback = playback
        self._icons = icons
        self._autoplay = autoplay
        self._plays_when_painted = False
        self._now = now
        self._words = WallWords(words, self)
        self._hung: tuple[HungTake, ...] = ()
        self._current: HungTake | None = None
        self._hovered: HungTake | None = None
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL_MILLISECONDS)
        self._dwell.timeout.connect(self._on_dwelt)
        self._canvas = WallCanvas(playback, self._words, theme, icons, now, self)
        # Not inside of painting, where playing would ask for the next painting.
        self._canvas.frame_painted.connect(
            self._on_frame_painted, Qt.ConnectionType.QueuedConnection
        )
        self._canvas.lockstep.joined.connect(self._name_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._canvas)
        self.setObjectName("wall")
        self.setAccessibleName(self.tr("Wall of takes"))

    # The stage.

    @property
    def count(self) -> int:
        """Frames of the longest take; the others stand at their last one meanwhile."""
        known = (h.take.frames if h.picture is None else h.picture.count for h in self._hung)
        return max(known, default=0)

    @property
    def frames_per_second(self) -> float:
        """The first take's that tells; 0 while none has."""
        rates = (h.picture.frames_per_second for h in self._hung if h.picture is not None)
        return next((rate for rate in rates if rate > 0), 0.0)

    @property
    def viewed(self) -> Viewed | None:
        """The clip that keys act on."""
        take = self.current
        if take is None or take.clip is None:
            return None
        return Viewed(take.job, take.clip)

    @property
    def shown_frame(self) -> int | None:
        """The frame that it shows: its last one while longer takes go on. None for no clip."""
        picture = None if self._current is None else self._current.picture
        if picture is None:
            return None
        return min(self._playback.position.index, max(0, picture.count - 1))

    def set_autoplay(self, autoplay: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Whether a wall begins to play by itself; not where reduced motion is wanted."""
        self._autoplay = autoplay

    def clear(self) -> None:
        """Let go of all clips."""
        self.set_takes(())

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._icons = icons
        self._canvas.set_theme(theme, icons)

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests nothing is asked for, and nothing held."""
        self._canvas.set_resting(is_resting)

    # The takes.

    def set_takes(self, jobs: tuple[Job, ...]) -> None:
        """Hang these, at most nine; again whenever any of them may have changed.

        Those that hang already stay where they are, new ones come behind them.
        """
        if not self._hung:
            self._plays_when_painted = self._autoplay
        before = {hung.id: hung for hung in self._hung}
        measure = self.count, self.frames_per_second
        place = self._hung.index(self._current) if self._current is not None else 0
        takes = in_place([hung.take for hung in self._hung], jobs)
        hung = tuple(self._renewed(before.pop(take.id, None), take) for take in takes)
        self._hung = hung
        if self._current not in hung:
            self._go_to(hung[min(place, len(hung) - 1)] if hung else None)
        for gone in before.values():
            self._take_down(gone)
        self._canvas.hang(hung)
        self._name_all()
        if (self.count, self.frames_per_second) != measure:
            self.measured.emit()

    @property
    def takes(self) -> tuple[Take, ...]:
        """What hangs, in the order of the numbers."""
        return tuple(hung.take for hung in self._hung)

    @property
    def current(self) -> Take | None:
        """What keys act on."""
        return None if self._current is None else self._current.take

    def _renewed(self, hung: HungTake | None, take: Take) -> HungTake:
        if hung is not None:
            hung.renew(take)
            return hung
        tile = Tile(self._canvas)
        hung = HungTake(self._frames, self._background, self._words, take, tile, self)
        hung.picture_changed.connect(self._on_picture_changed)
        tile.focused.connect(partial(self._on_focused, hung))
        tile.blurred.connect(self._canvas.update)
        tile.entered.connect(partial(self._on_entered, hung))
        tile.exited.connect(partial(self._on_exited, hung))
        return hung

    def _take_down(self, hung: HungTake) -> None:
        if self._hovered is hung:
            self._hovered = None
        hung.take_down()

    def _go_to(self, hung: HungTake | None) -> None:
        """Keys act on this one from now on; where the wall has the focus, it gets it."""
        before, self._current = self._current, hung
        had_focus = before is not None and before.tile.hasFocus()
        if before is not None:
            before.tile.set_current(is_current=False)
        if hung is not None:
            self.setFocusProxy(hung.tile)
            hung.tile.set_current(is_current=True)
            hung.tile.show()
            if had_focus:
                hung.tile.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._canvas.set_current(hung)

    def _name_all(self) -> None:
        now = self._now()
        for number, hung in enumerate(self._hung, 1):
            hung.name(number, now)

    # Deeds.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here that nobody else wanted; whether it meant anything."""
        press = press_of(event)
        if press is None or self._current is None:
            return False
        if press.number is not None and press.number > len(self._hung):
            return False
        if press.step is not None:
            self._move(press.step)
        elif press.deed is not None and not event.isAutoRepeat():
            number = press.number
            self._do(press.deed, self._current if number is None else self._hung[number - 1])
        return True

    def _move(self, step: QPoint) -> None:
        if self._current is None:
            return
        places = [hung.place for hung in self._hung]
        to = self._hung[neighbour(places, self._hung.index(self._current), step)]
        was_alone = self._canvas.alone is not None
        self._go_to(to)
        if was_alone:
            self._canvas.show_alone(to)

    def _do(self, deed: WallDeed, hung: HungTake) -> None:
        match deed:
            case WallDeed.SOLO:
                self._go_to(hung)
                self._canvas.show_alone(None if self._canvas.alone is hung else hung)
            case WallDeed.STAR:
                self._mark(hung, Mark.STARRED)
            case WallDeed.REJECT:
                self._mark(hung, Mark.REJECTED)
            case WallDeed.SETTINGS:
                if hung.take.job.spec is not None:
                    self.settings_wanted.emit(SettingsWanted(hung.id))
            case WallDeed.OPEN:
                self.open_wanted.emit(OpenWanted(hung.id))
            case WallDeed.LEAVE:
                if self._canvas.alone is not None:
                    self._canvas.show_alone(None)
                else:
                    self.left.emit()

    def _mark(self, hung: HungTake, mark: Mark) -> None:
        clip = hung.take.clip
        if clip is not None:
            self.mark_wanted.emit(MarkWanted(hung.id, clip.ordinal, mark))

    # The mouse.

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        hung = self._at(event.position().toPoint())
        if hung is not None and event.button() is Qt.MouseButton.LeftButton:
            self._do(WallDeed.OPEN, hung)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        hung = self._at(event.pos()) if is_by_mouse else self._current
        if hung is None:
            return
        self._go_to(hung)
        number = self._hung.index(hung) + 1
        is_alone = self._canvas.alone is hung
        menu = WallMenu(self._icons, hung.take, number, is_alone=is_alone, parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.deed_chosen.connect(partial(self._on_deed_chosen, hung.id))
        middle = hung.tile.mapToGlobal(hung.tile.rect().center())
        menu.popup(event.globalPos() if is_by_mouse else middle)

    def _at(self, place: QPoint) -> HungTake | None:
        under = self.childAt(place)
        return next((hung for hung in self._hung if hung.tile is under), None)

    # Slots.

    def _on_frame_painted(self, painted: FramePainted) -> None:
        self._playback.note_painted(painted.index)
        if self._plays_when_painted and self._playback.position.is_playable:
            self._plays_when_painted = False
            self._playback.play()
        self.frame_painted.emit(painted)

    def _on_picture_changed(self) -> None:
        self._name_all()
        self._canvas.update()
        self.measured.emit()

    def _on_focused(self, hung: HungTake) -> None:
        self._go_to(hung)

    def _on_entered(self, hung: HungTake) -> None:
        self._hovered = hung
        self._dwell.start()

    def _on_exited(self, hung: HungTake) -> None:
        if self._hovered is hung:
            self._hovered = None
            self._dwell.stop()
            self._canvas.grow(None)

    def _on_dwelt(self) -> None:
        self._canvas.grow(self._hovered)

    def _on_deed_chosen(self, job_id: str, deed: WallDeed) -> None:
        # Meanwhile the take may have gone.
        for hung in self._hung:
            if hung.id == job_id:
                self._do(deed, hung)
