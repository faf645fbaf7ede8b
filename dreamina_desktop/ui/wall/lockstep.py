"""Keeps the pictures of a wall in step: all show one frame number, or go on showing the last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.ui.wall.tile_picture import TilePicture
from dreamina_desktop.ui.watch.playback import Playback

# Decoding ahead is not told of frame by frame.
_LOOK_MILLISECONDS = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """``share`` of what is waited for is there, from 0 to 1."""

    share: float


class Lockstep(QObject):
    """Holds the ``playback`` while a frame that is due is missing anywhere.

    ``stepped`` tells that pictures have changed, ``waiting_changed`` that waiting has, ``joined``
    that a take which came later keeps step from now on.
    """

    stepped = Signal()
    waiting_changed = Signal()
    joined = Signal()

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._pictures: tuple[TilePicture, ...] = ()
        self._alone: TilePicture | None = None
        self._is_resting = False
        self._is_filling = False
        self._holds = False
        self._is_busy = False
        self._shown: int | None = None
        self._waiting: Waiting | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self.step)
        playback.position_changed.connect(self.step)

    @property
    def shown(self) -> int | None:
        """The frame number that all tiles show."""
        return self._shown

    @property
    def waiting(self) -> Waiting | None:
        """What all wait for; None while they play, or could."""
        return self._waiting

    def set_pictures(self, pictures: tuple[TilePicture, ...]) -> None:
        """Keep these in step. Those that are new join as soon as they can."""
        for picture in self._pictures:
            if picture not in pictures:
                picture.arrived.disconnect(self.step)
                picture.broke.disconnect(self.step)
        for picture in pictures:
            if picture not in self._pictures:
                picture.arrived.connect(self.step)
                picture.broke.connect(self.step)
        self._pictures = pictures
        if self._alone not in pictures:
            self._alone = None
        if not pictures:
            self._shown = None
        if not any(picture.has_joined for picture in pictures):
            self.fill()

    def show_alone(self, picture: TilePicture | None) -> None:
        """Go on with this one only; None for all."""
        self._alone = picture
        self.step()

    def fill(self) -> None:
        """Wait until everything is decoded at its size, so that nobody waits later."""
        self._is_filling = bool(self._pictures)
        for picture in self._pictures:
            picture.has_joined = True
        self.step()

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests nothing is asked for, and nothing held."""
        self._is_resting = is_resting
        self.step()

    def step(self) -> None:
        """Show the frame that is due if all have it; else hold the clock."""
        if self._is_busy:
            return
        if self._is_resting:
            self._look.stop()
            self._let_go()
            return
        due = self._playback.position.index
        complete = self._look_for(due)
        if complete:
            self._take_up(due)
        waits = self._judge_filling(complete=complete) or not complete
        self._tell_waiting()
        self._run_look(waits=waits)
        if not waits:
            self._let_go()
        elif not self._holds:
            self._hold(due)

    # Inside.

    @property
    def _marching(self) -> list[TilePicture]:
        """Those that must keep step."""
        if self._alone is not None:
            return [] if self._alone.is_broken else [self._alone]
        return [p for p in self._pictures if p.has_joined and not p.is_broken]

    def _look_for(self, due: int) -> bool:
        marching = self._marching
        if self._alone is None:
            for picture in self._pictures:
                if not picture.has_joined:
                    picture.look(due, closely=False)
                    picture.has_joined = picture.is_filled
                    if picture.has_joined:
                        self.joined.emit()
        # Every one is asked, also behind the first that has nothing: all decode at once.
        # First all of the wall; only then what somebody wants to see closely.
        closely = self._alone is not None or not self._is_filling
        found = [picture.look(due, closely=closely) for picture in marching]
        return all(found)

    def _take_up(self, due: int) -> None:
        is_news = [picture.take_up() for picture in self._marching]
        if any(is_news) or due != self._shown:
            self._shown = due
            self.stepped.emit()

    def _judge_filling(self, *, complete: bool) -> bool:
        if self._alone is not None:
            return False
        if not complete and self._playback.position.is_playing:
            # Frame by frame it would stutter: rather all wait once until it goes on for a while.
            self._is_filling = True
        if self._is_filling:
            self._is_filling = not all(picture.is_filled for picture in self._marching)
        return self._is_filling

    def _tell_waiting(self) -> None:
        waiting = None
        if self._is_filling and self._alone is None:
            pictures = self._marching
            share = sum(picture.filled for picture in pictures) / max(1, len(pictures))
            # As it is told: nothing changes as long as a whole hundredth does not.
            waiting = Waiting(math.floor(100 * share) / 100)
        if waiting != self._waiting:
            self._waiting = waiting
            self.waiting_changed.emit()

    def _run_look(self, *, waits: bool) -> None:
        if waits or (self._alone is None and not all(p.has_joined for p in self._pictures)):
            if not self._look.isActive():
                self._look.start()
        else:
            self._look.stop()

    def _hold(self, looked_for: int) -> None:
        self._holds = True
        # The clock stops at the frame that is due at that moment, which may be the next one.
        self._is_busy = True
        self._playback.hold()
        self._is_busy = False
        if self._playback.position.index != looked_for:
            self.step()

    def _let_go(self) -> None:
        if self._holds:
            self._holds = False
            self._playback.release()
