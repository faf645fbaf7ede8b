"""The clock of playing: which frame is due now. Knows neither widgets nor pictures."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from dreamina_desktop.ui.watch.paint_count import PaintCount, PaintTally
from dreamina_desktop.ui.watch.play_position import PlayMode, PlayPosition
from dreamina_desktop.ui.watch.play_round import further

TEN = 10
_FASTEST, _SLOWEST, _SLOW = 4.0, 0.25, 0.5
# Frames are due at whole multiples of a period; a clock's last digits must not make one late.
_SLACK = 1e-6
_NEXT_MODE = {
    PlayMode.LOOP: PlayMode.ONCE,
    PlayMode.ONCE: PlayMode.PING_PONG,
    PlayMode.PING_PONG: PlayMode.LOOP,
}


class Playback(QObject):
    """Counts frames from the moment playing began, so that it drops frames but never drifts.

    ``clock`` gives monotonic seconds. Every change is told by ``position_changed`` with a
    ``PlayPosition``.
    """

    position_changed = Signal(object)
    scrub_ended = Signal()

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._position = PlayPosition()
        self._chosen = 1.0
        # Playing ``_began`` then, and so many frames have passed: their number decides, never the
        # time between two ticks, whose errors would add up.
        self._began = 0.0
        self._passed = 0
        self._resumes = False
        self._is_scrubbing = False
        self._is_held = False
        self._paints = PaintCount(clock)
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
        """Take up something else, paused at its first frame. Mode and speed stay as chosen.

        Whoever scrubs has nothing to scrub any more.
        """
        was_scrubbing, self._is_scrubbing = self._is_scrubbing, False
        self._resumes = False
        self._paints = PaintCount(self._clock)
        self._tell(
            PlayPosition(
                count=count,
                frames_per_second=frames_per_second,
                speed=self._chosen,
                mode=self._position.mode,
            )
        )
        if was_scrubbing:
            self.scrub_ended.emit()

    def measure(self, count: int, frames_per_second: float) -> None:
        """What plays tells how long it is: more than was known of it before.

        All else stays: the frame and the points as far as they are there, direction and speed.
        """
        self.catch_up()
        before = self._position
        if (count, frames_per_second) == (before.count, before.frames_per_second):
            return
        # A new rate counts from the moment when the present frame was due.
        due = self._due(self._passed) if before.is_playing else self._clock()
        index = min(before.index, max(0, count - 1))
        after = replace(
            before,
            index=index,
            count=count,
            frames_per_second=frames_per_second,
            in_point=_within(before.in_point, count),
            out_point=_within(before.out_point, count),
        )
        if before.is_playing and not after.is_playable:
            after = replace(after, is_playing=False, speed=self._chosen)
        self._begin(due)
        if index != before.index:
            self._paints.jump(index)
        self._tell(after)

    def stand_as(self, before: PlayPosition) -> None:
        """Go to the frame of ``before`` and take its points over, those that are there."""
        points = (before.in_point, before.out_point)
        count = self._position.count
        self.set_marks(*(None if point is None or point >= count else point for point in points))
        self.seek(before.index)

    def unload(self) -> None:
        """There is nothing to play."""
        self.load(0, 0.0)

    # Playing.

    def play(self) -> None:
        """Play forwards at the chosen speed; from the beginning where it is at its end."""
        self._run(self._chosen)

    def pause(self) -> None:
        """Stand still at the frame that is due now."""
        self.catch_up()
        self._tell(replace(self._position, is_playing=False, speed=self._chosen))

    def toggle(self) -> None:
        """Play, or pause."""
        if self._position.is_playing:
            self.pause()
        else:
            self.play()

    def set_speed(self, speed: float) -> None:
        """Choose how fast ``play`` plays, one of ``SPEEDS``; what plays keeps its direction."""
        self._chosen = speed
        if self._position.is_playing:
            self._run(math.copysign(speed, self._position.speed))
        else:
            self._tell(replace(self._position, speed=speed))

    def shuttle_forward(self) -> None:
        """Play forwards; each further call doubles the speed, up to four times the rate."""
        self._shuttle(1)

    def shuttle_back(self) -> None:
        """Play backwards; each further call doubles the speed, up to four times the rate."""
        self._shuttle(-1)

    def crawl_forward(self) -> None:
        """Play forwards at half the rate; from then on each call halves it, down to a quarter."""
        self._crawl(1)

    def crawl_back(self) -> None:
        """Play backwards at half the rate; from then on each call halves it, down to a quarter."""
        self._crawl(-1)

    def set_mode(self, mode: PlayMode) -> None:
        """What happens behind the last frame."""
        self.catch_up()
        self._tell(replace(self._position, mode=mode))

    def next_mode(self) -> None:
        """From looping to once, to to and fro, and back to looping."""
        self.set_mode(_NEXT_MODE[self._position.mode])

    def begin_scrub(self) -> None:
        """Stand still while somebody drags; ``end_scrub`` goes on where they let go."""
        self._resumes = self._position.is_playing
        self._is_scrubbing = True
        self.pause()

    def end_scrub(self) -> None:
        """Go on playing if it did before ``begin_scrub``; nothing where nobody scrubs."""
        if not self._is_scrubbing:
            return
        self._is_scrubbing = False
        if self._resumes:
            self._resumes = False
            self.play()
        else:
            self.scrub_ended.emit()

    @property
    def is_scrubbing(self) -> bool:
        """Whether somebody drags."""
        return self._is_scrubbing

    @property
    def is_moving(self) -> bool:
        """Whether it plays, or somebody scrubs: then being on time is worth more than exactness."""
        return self._position.is_playing or self._is_scrubbing

    def hold(self) -> None:
        """Stand still, although it plays, until ``release``: not every picture is ready."""
        self.catch_up()
        self._is_held = True
        self._timer.stop()

    def release(self) -> None:
        """Go on from the frame at which it was held, if it plays."""
        if self._is_held:
            self._is_held = False
            self._begin(self._clock())
            self._tell(self._position)

    @property
    def is_held(self) -> bool:
        """Whether it waits for ``release``."""
        return self._is_held

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
        self._paints.jump(index)
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

    def set_marks(self, in_point: int | None, out_point: int | None) -> None:
        """Play from and up to these frames, ``in_point`` ≤ ``out_point``; None for the ends."""
        self.catch_up()
        self._tell(replace(self._position, in_point=in_point, out_point=out_point))

    def clear_marks(self) -> None:
        """Play the whole clip."""
        self.set_marks(None, None)

    # What came of it.

    def note_painted(self, index: int) -> None:
        """Frame ``index`` has come to the screen."""
        self._paints.painted(index, counts=self._position.is_playing)

    @property
    def tally(self) -> PaintTally:
        """How many frames a second really came to the screen, and how many did not."""
        return self._paints.tally()

    # The clock.

    def catch_up(self) -> None:
        """Go to the frame that is due now. The timer calls it when the next one is."""
        position = self._position
        if not position.is_playing or self._is_held:
            return
        passed = self._passed_now()
        steps = passed - self._passed
        self._passed = passed
        index, direction, is_over = further(position, steps)
        self._paints.went(index, steps)
        if is_over:
            self._tell(replace(position, index=index, is_playing=False, speed=self._chosen))
        else:
            speed = math.copysign(position.speed, direction)
            self._tell(replace(position, index=index, speed=speed))

    def _run(self, speed: float) -> None:
        self.catch_up()
        position = self._position
        if not position.is_playable:
            return
        begin, end = position.first, position.last
        if speed < 0:
            begin, end = end, begin
        index = position.index
        stops = position.mode is PlayMode.ONCE
        is_done = index == end and stops and not position.is_playing
        if is_done or not position.first <= index <= position.last:
            index = begin
        # A new speed counts from the moment when the present frame was due.
        due = self._due(self._passed) if position.is_playing else self._clock()
        self._begin(due)
        if not position.is_playing:
            self._paints.begin()
            self._paints.jump(index)
        self._tell(replace(position, index=index, is_playing=True, speed=speed))

    def _shuttle(self, direction: int) -> None:
        speed = 1.0
        if self._goes(direction):
            speed = min(_FASTEST, max(1.0, 2 * abs(self._position.speed)))
        self._run(direction * speed)

    def _crawl(self, direction: int) -> None:
        speed = _SLOW
        if self._goes(direction) and abs(self._position.speed) <= _SLOW:
            speed = _SLOWEST
        self._run(direction * speed)

    def _goes(self, direction: int) -> bool:
        return self._position.is_playing and self._position.speed * direction > 0

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
        if position.is_playing and not self._is_held:
            due = self._due(self._passed + 1)
            self._timer.start(max(0, math.ceil((due - self._clock()) * 1000)))
        else:
            self._timer.stop()
        if is_news:
            self.position_changed.emit(position)


def _within(point: int | None, count: int) -> int | None:
    """The point, or the nearest that is there."""
    return None if point is None or not count else min(point, count - 1)
