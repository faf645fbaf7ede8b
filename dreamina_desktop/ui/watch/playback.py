"""The clock of playing: which frame is due now. Knows neither widgets nor pictures."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dreamina_desktop.ui.watch.play_position import PlayPosition

TEN = 10
_FASTEST = 4
# Frames are due at whole multiples of a period; a clock's last digits must not make one late.
_SLACK = 1e-6


class Playback(QObject):
    """Counts frames from the moment playing began, so that it drops frames but never drifts.

    ``clock`` gives monotonic seconds. Every change is told by ``position_changed`` with a
    ``PlayPosition``.
    """

    position_changed = Signal(object)

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._position = PlayPosition()
        # Playing ``_began`` then, and so many frames have passed: their number decides, never the
        # time between two ticks, whose errors would add up.
        self._began = 0.0
        self._passed = 0
        self._resumes = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.catch_up)

    @property
    def position(self) -> PlayPosition:
        """Where playing stands."""
        return self._position

    # What is played.

    def load(self, count: int, frames_per_second: float) -> None:
        """Take up something else, paused at its first frame. Looping stays as it was chosen."""
        self._resumes = False
        self._tell(
            PlayPosition(
                count=count,
                frames_per_second=frames_per_second,
                is_looping=self._position.is_looping,
            )
        )

    def measure(self, count: int, frames_per_second: float) -> None:
        """The file itself has told how long it is: more than the job's row knows."""
        position = self._position
        if (count, frames_per_second) != (position.count, position.frames_per_second):
            self.load(count, frames_per_second)
            self.seek(position.index)
            if position.is_playing:
                self.play()

    def unload(self) -> None:
        """There is nothing to play."""
        self.load(0, 0.0)

    # Playing.

    def play(self) -> None:
        """Play forwards at the clip's own rate; from the beginning where it is at its end."""
        self._run(1)

    def pause(self) -> None:
        """Stand still at the frame that is due now."""
        self.catch_up()
        self._tell(replace(self._position, is_playing=False, speed=1))

    def toggle(self) -> None:
        """Play, or pause."""
        if self._position.is_playing:
            self.pause()
        else:
            self.play()

    def shuttle_forward(self) -> None:
        """Play forwards; each further call doubles the speed, up to four times the rate."""
        self._shuttle(1)

    def shuttle_back(self) -> None:
        """Play backwards; each further call doubles the speed, up to four times the rate."""
        self._shuttle(-1)

    def set_looping(self, is_looping: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Whether it begins again after the last frame, or stops there."""
        self.catch_up()
        self._tell(replace(self._position, is_looping=is_looping))

    def toggle_loop(self) -> None:
        """Turn looping on or off."""
        self.set_looping(not self._position.is_looping)

    def begin_scrub(self) -> None:
        """Stand still while somebody drags; ``end_scrub`` goes on where they let go."""
        self._resumes = self._position.is_playing
        self.pause()

    def end_scrub(self) -> None:
        """Go on playing if it did before ``begin_scrub``."""
        if self._resumes:
            self._resumes = False
            self.play()

    # One frame.

    def seek(self, index: int) -> None:
        """Go to a frame; for one that is not there, or not played, to its nearest.

        Playing goes on from there.
        """
        position = self._position
        if position.is_playing:
            index = min(max(position.first, index), position.last)
        elif position.count:
            index = min(max(0, index), position.count - 1)
        else:
            return
        self._begin(self._clock())
        self._tell(replace(position, index=index))

    def step(self, frames: int) -> None:
        """Pause and go so many frames on, or back."""
        self.pause()
        self.seek(self._position.index + frames)

    def step_forward(self) -> None:
        """One frame on."""
        self.step(1)

    def step_back(self) -> None:
        """One frame back."""
        self.step(-1)

    def leap_forward(self) -> None:
        """Ten frames on."""
        self.step(TEN)

    def leap_back(self) -> None:
        """Ten frames back."""
        self.step(-TEN)

    def go_to_start(self) -> None:
        """To the first frame."""
        self.seek(0)

    def go_to_end(self) -> None:
        """To the last frame."""
        self.seek(self._position.count - 1)

    # In and out points.

    def mark_in(self) -> None:
        """Play from this frame on. An out point before it is dropped."""
        self.catch_up()
        position = self._position
        if position.is_playable:
            keeps = position.out_point is not None and position.out_point >= position.index
            out_point = position.out_point if keeps else None
            self._tell(replace(position, in_point=position.index, out_point=out_point))

    def mark_out(self) -> None:
        """Play up to and with this frame. An in point behind it is dropped."""
        self.catch_up()
        position = self._position
        if position.is_playable:
            keeps = position.in_point is not None and position.in_point <= position.index
            in_point = position.in_point if keeps else None
            self._tell(replace(position, in_point=in_point, out_point=position.index))

    def clear_marks(self) -> None:
        """Play the whole clip."""
        self.catch_up()
        self._tell(replace(self._position, in_point=None, out_point=None))

    # The clock.

    def catch_up(self) -> None:
        """Go to the frame that is due now. The timer calls it when the next one is."""
        position = self._position
        if not position.is_playing:
            return
        passed = self._passed_now()
        index = position.index + (passed - self._passed) * (1 if position.speed > 0 else -1)
        self._passed = passed
        first, last = position.first, position.last
        if first <= index <= last:
            self._tell(replace(position, index=index))
        elif position.is_looping:
            self._tell(replace(position, index=first + (index - first) % (last - first + 1)))
        else:
            end = last if position.speed > 0 else first
            self._tell(replace(position, index=end, is_playing=False, speed=1))

    def _run(self, speed: int) -> None:
        self.catch_up()
        position = self._position
        if not position.is_playable:
            return
        begin, end = position.first, position.last
        if speed < 0:
            begin, end = end, begin
        index = position.index
        is_done = index == end and not position.is_looping and not position.is_playing
        if is_done or not position.first <= index <= position.last:
            index = begin
        # A new speed counts from the moment when the present frame was due.
        due = self._due(self._passed) if position.is_playing else self._clock()
        self._begin(due)
        self._tell(replace(position, index=index, is_playing=True, speed=speed))

    def _shuttle(self, direction: int) -> None:
        speed = self._position.speed
        if self._position.is_playing and speed * direction > 0:
            direction *= min(_FASTEST, 2 * abs(speed))
        self._run(direction)

    def _begin(self, due: float) -> None:
        """Count from the present frame on, which was due at that moment."""
        self._began = due
        self._passed = 0

    def _due(self, passed: int) -> float:
        """The moment at which so many frames have passed."""
        return self._began + passed / self._pace

    def _passed_now(self) -> int:
        return math.floor((self._clock() - self._began) * self._pace + _SLACK)

    @property
    def _pace(self) -> float:
        return self._position.frames_per_second * abs(self._position.speed)

    def _tell(self, position: PlayPosition) -> None:
        is_news = position != self._position
        self._position = position
        if position.is_playing:
            due = self._due(self._passed + 1)
            self._timer.start(max(0, math.ceil((due - self._clock()) * 1000)))
        else:
            self._timer.stop()
        if is_news:
            self.position_changed.emit(position)
