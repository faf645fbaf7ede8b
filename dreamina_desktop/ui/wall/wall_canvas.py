"""Paints all tiles of a wall at once, and knows which of them stands large."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.whole_second import WholeSecond
from dreamina_desktop.ui.theme import GAP, RADIUS, Theme
from dreamina_desktop.ui.wall.hung_take import HungTake
from dreamina_desktop.ui.wall.lockstep import Lockstep
from dreamina_desktop.ui.wall.take import shapes_of
from dreamina_desktop.ui.wall.tile_painter import TilePainter
from dreamina_desktop.ui.wall.waiting_note import WaitingNote
from dreamina_desktop.ui.wall.wall_grid import arrange, enlarged
from dreamina_desktop.ui.wall.wall_words import WallWords
from dreamina_desktop.ui.watch.canvas import FramePainted
from dreamina_desktop.ui.watch.fitting import centred, fitted_size
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.screen_pixels import (
    REST_MILLISECONDS,
    area_of,
    on_whole_pixels,
    paint_stage,
)

_GROWTH = 1.6


class WallCanvas(QWidget):
    """``now`` is the wall's clock in UTC. Tiles are children of it, and lie where it paints them.

    One pass paints all tiles with one frame number.
    """

    frame_painted = Signal(object)

    def __init__(
        self,
        playback: Playback,
        words: WallWords,
        theme: Theme,
        icons: Icons,
        now: Callable[[], datetime],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._now = now
        self._hung: tuple[HungTake, ...] = ()
        self._current: HungTake | None = None
        self._alone: HungTake | None = None
        self._grown: HungTake | None = None
        self._is_resting = False
        self._painted: int | None = None
        self._painter: TilePainter | None = None
        self.lockstep = Lockstep(playback, self)
        self.lockstep.stepped.connect(self._on_stepped)
        self.lockstep.waiting_changed.connect(self._on_waiting_changed)
        self._note = WaitingNote(words, theme, self)
        self._second = WholeSecond(self)
        self._second.passed.connect(self._on_second)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._settle)
        self.setObjectName("wallCanvas")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self._rest_or_not()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(640, 480)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self._theme, self._icons = theme, icons
        self._painter = None
        self._note.set_theme(theme)
        self.update()

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests nothing is asked for, and nothing held."""
        self._is_resting = is_resting
        self._rest_or_not()

    # What hangs.

    def hang(self, hung: tuple[HungTake, ...]) -> None:
        """Show these, each at its place among the others."""
        self._hung = hung
        if self._alone not in hung:
            self._alone = None
        if self._grown not in hung:
            self._grown = None
        self._arrange()
        self._settle()
        pictures = [h.picture for h in hung if h.picture is not None]
        self.lockstep.set_pictures(tuple(pictures))
        self.lockstep.show_alone(None if self._alone is None else self._alone.picture)
        if any(h.is_timed for h in hung):
            self._second.start()
        self.update()

    @property
    def alone(self) -> HungTake | None:
        """The one that has the wall to itself."""
        return self._alone

    def show_alone(self, hung: HungTake | None) -> None:
        """Give one the whole wall; None for all."""
        self._alone = hung
        self._grown = None
        self._show_places()
        self.lockstep.show_alone(None if hung is None else hung.picture)
        self.update()

    def grow(self, hung: HungTake | None) -> None:
        """Enlarge one over its neighbours; None for none."""
        if hung is not self._grown and self._alone is None:
            self._grown = hung
            self._show_places()
            self.lockstep.step()
            self.update()

    def set_current(self, hung: HungTake | None) -> None:
        """Keys act on this one."""
        self._current = hung
        self.update()

    # Sizes.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._arrange()
        self._settle()
        self._rest_or_not()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._second.stop()
        self._rest_or_not()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._painter = None
            self._fit()
        elif event.type() is QEvent.Type.FontChange:
            self._painter = None
        return super().event(event)

    def _rest_or_not(self) -> None:
        self.lockstep.set_resting(self._is_resting or not self.isVisible())

    def _fit(self) -> None:
        self._arrange()
        self._rest.start()

    def _arrange(self) -> None:
        """Find each tile's place. Pictures stay as large as they are, and are scaled."""
        gap = round(GAP * self.devicePixelRatioF())
        places = arrange(area_of(self), shapes_of([h.take for h in self._hung]), gap)
        for hung, place in zip(self._hung, places, strict=True):
            hung.place = place
        self._show_places()

    def _settle(self) -> None:
        """From now on ask for pictures in the size in which they are painted."""
        if not self.isVisible():
            return
        is_new = False
        for hung in self._hung:
            picture = hung.picture
            if picture is not None and picture.set_size(hung.place.size()):
                is_new = is_new or picture.has_joined
        if is_new:
            self.lockstep.fill()
        else:
            self.lockstep.step()

    def _show_places(self) -> None:
        area, ratio = area_of(self), self.devicePixelRatioF()
        gap = round(GAP * ratio)
        room = QRect(QPoint(0, 0), area).adjusted(gap, gap, -gap, -gap)
        shapes = shapes_of([h.take for h in self._hung])
        for hung, shape in zip(self._hung, shapes, strict=True):
            hung.shown = hung.place
            if hung is self._alone:
                hung.shown = centred(fitted_size(QSize(*shape), room.size()), room)
            elif hung is self._grown:
                hung.shown = enlarged(hung.place, area, _GROWTH, gap)
            if hung.picture is not None:
                is_large = hung is self._alone or hung is self._grown
                hung.picture.enlarge(hung.shown.size() if is_large else None)
            # The mouse meets each tile where it always stands, also under a large one.
            at = hung.shown if hung is self._alone else hung.place
            hung.tile.setGeometry(self._logical(at))
            hung.tile.setVisible(self._alone in (None, hung))
        size = self._note.size()
        self._note.move((self.width() - size.width()) // 2, self.height() - size.height() - 2 * GAP)

    @property
    def _on_show(self) -> tuple[HungTake, ...]:
        return self._hung if self._alone is None else (self._alone,)

    def _logical(self, place: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        return QRectF(
            place.x() / ratio, place.y() / ratio, place.width() / ratio, place.height() / ratio
        ).toAlignedRect()

    def _within(self, place: QRect) -> QRect:
        """The device-independent pixels that lie inside of it as a whole."""
        ratio = self.devicePixelRatioF()
        left, top = math.ceil(place.left() / ratio), math.ceil(place.top() / ratio)
        right = math.floor((place.left() + place.width()) / ratio)
        bottom = math.floor((place.top() + place.height()) / ratio)
        return QRect(left, top, right - left, bottom - top)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        tiles = self._painter
        if tiles is None:
            tiles = self._painter = TilePainter(self._theme, self._icons, self.font(), ratio)
        self._paint_ground(painter, event.region())
        on_whole_pixels(painter, ratio)
        now = self._now()
        shown = self._on_show
        for number, hung in enumerate(self._hung, 1):
            if hung in shown and hung is not self._grown:
                tiles.paint(painter, hung.look(number, now))
        if self._grown is not None:
            tiles.paint_shade(painter, self._grown.shown)
            tiles.paint(painter, self._grown.look(self._hung.index(self._grown) + 1, now))
        current = self._current
        if current is not None and current in shown:
            tiles.paint_ring(painter, current.shown, has_focus=current.tile.hasFocus())
        painter.end()
        self._tell_painted()

    def _paint_ground(self, painter: QPainter, dirty: QRegion) -> None:
        """What is under no picture: while they play, that is nothing."""
        for hung in self._on_show:
            if hung.shows_picture:
                dirty -= QRegion(self._within(hung.shown))
        if dirty.isEmpty():
            return
        painter.save()
        painter.setClipRegion(dirty)
        paint_stage(painter, self.rect(), self.rect(), RADIUS, self._theme)
        painter.restore()

    def _tell_painted(self) -> None:
        index = self.lockstep.shown
        if index is not None and index != self._painted:
            self._painted = index
            self.frame_painted.emit(FramePainted(index))

    # Slots.

    def _on_stepped(self) -> None:
        dirty = QRegion()
        for hung in self._on_show:
            dirty += QRegion(self._logical(hung.shown))
        self.update(dirty)

    def _on_waiting_changed(self) -> None:
        self._note.tell(self.lockstep.waiting)
        self._show_places()

    def _on_second(self) -> None:
        timed = [hung for hung in self._hung if hung.is_timed]
        for hung in timed:
            self.update(hung.tile.geometry())
        if not timed:
            self._second.stop()
