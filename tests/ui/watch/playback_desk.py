"""A playback whose clock the test turns."""

from __future__ import annotations

from dreamina_desktop.ui.watch.play_position import PlayPosition
from dreamina_desktop.ui.watch.playback import Playback

COUNT, RATE = 121, 24.0


class HandClock:
    """Seconds that pass when the test says so; it begins anywhere."""

    def __init__(self) -> None:
        self.now = 1234.567

    def __call__(self) -> float:
        return self.now


class Desk:
    """A playback, its clock, and all that it told."""

    def __init__(self, count: int = COUNT, rate: float = RATE) -> None:
        self.clock = HandClock()
        self.begin = self.clock.now
        self.playback = Playback(self.clock)
        self.told: list[PlayPosition] = []
        self.playback.load(count, rate)
        self.playback.position_changed.connect(self.told.append)

    @property
    def index(self) -> int:
        return self.playback.position.index

    def at(self, frames: float) -> int:
        """Let the clock stand so many frames after the beginning; the frame that is due."""
        self.clock.now = self.begin + frames / self.playback.position.frames_per_second
        self.playback.catch_up()
        return self.index
