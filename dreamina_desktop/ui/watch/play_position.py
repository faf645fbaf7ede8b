"""Where playing stands, and how frame numbers and times are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""In clip lengths: what somebody may choose, forwards and backwards."""


class PlayMode(StrEnum):
    """What happens behind the last frame: again from the first, nothing, or backwards."""

    LOOP = "loop"
    ONCE = "once"
    PING_PONG = "ping-pong"


USUAL_RATE = 24.0
"""The model's own rate, for the rare file that does not tell its own."""


@dataclass(frozen=True, slots=True)
class PlayPosition:
    """Frame ``index`` (from 0) of ``count``; in and out point inclusive, None where not set.

    ``speed`` is in clip lengths: 1 forwards, -2 backwards at twice the rate; while nothing plays,
    the one that was chosen. ``count`` 0 says that there is nothing to play,
    ``frames_per_second`` 0 that it is a picture.
    """

    index: int = 0
    count: int = 0
    frames_per_second: float = 0.0
    is_playing: bool = False
    in_point: int | None = None
    out_point: int | None = None
    speed: float = 1.0
    mode: PlayMode = PlayMode.LOOP

    @property
    def is_looping(self) -> bool:
        """Whether it goes round and round."""
        return self.mode is PlayMode.LOOP

    @property
    def first(self) -> int:
        """The first frame of what is played."""
        return 0 if self.in_point is None else self.in_point

    @property
    def last(self) -> int:
        """The last frame of what is played."""
        return max(0, self.count - 1) if self.out_point is None else self.out_point

    @property
    def is_playable(self) -> bool:
        """Whether there is more than one frame."""
        return self.count > 1 and self.frames_per_second > 0


def frame_text(position: PlayPosition) -> str:
    """The frame's number for people, e.g. ``52/121``; ``–/–`` for nothing."""
    return f"{position.index + 1}/{position.count}" if position.count else "–/–"


def time_text(index: int, frames_per_second: float) -> str:
    """When frame ``index`` begins: minutes, seconds and hundredths, e.g. ``0:02.13``."""
    hundredths = 0
    if frames_per_second > 0:
        # Rounded half up: the same on every machine, and no digit ever runs backwards.
        hundredths = int(index * 100 / frames_per_second + 0.5)
    seconds, hundredths = divmod(hundredths, 100)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02}.{hundredths:02}"
