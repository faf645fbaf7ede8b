"""How many frames really came to the screen while playing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# A frame that is painted later than so many others were due is not found again.
_MEMORY = 64
_WINDOW_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class PaintTally:
    """``frames_per_second`` over the last second, 0 while nothing plays.

    ``painted`` and ``dropped`` since playing began: every frame that was due is one of them, but
    for those that are still on their way.
    """

    frames_per_second: float = 0.0
    painted: int = 0
    dropped: int = 0


class PaintCount:
    """Told which frames are due and which were painted. ``clock`` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._shown: int | None = None
        self.begin()

    def begin(self) -> None:
        """Count from here on."""
        self._number = 0
        self._due: deque[tuple[int, int]] = deque(maxlen=_MEMORY)
        self._last = 0
        self._painted = 0
        self._dropped = 0
        self._moments: deque[float] = deque()

    def jump(self, index: int) -> None:
        """Somebody went to frame ``index``: what lies between was not due."""
        self._number += 1
        self._due.clear()
        self._due.append((index, self._number))
        # What is on the screen already will not come to it again.
        self._last = self._number if index == self._shown else self._number - 1

    def went(self, index: int, steps: int) -> None:
        """Playing went ``steps`` frames on, to frame ``index``."""
        if steps:
            self._number += steps
            self._due.append((index, self._number))

    def painted(self, index: int, *, counts: bool) -> None:
        """Frame ``index`` came to the screen; ``counts`` says that it was played."""
        self._shown = index
        number = next((number for due, number in reversed(self._due) if due == index), 0)
        if number <= self._last:
            return
        if counts:
            self._painted += 1
            self._dropped += number - self._last - 1
            self._moments.append(self._clock())
            self._forget_old()
        self._last = number

    def tally(self) -> PaintTally:
        """What there is to tell now."""
        self._forget_old()
        moments = self._moments
        span = moments[-1] - moments[0] if moments else 0.0
        rate = (len(moments) - 1) / span if span > 0 else 0.0
        return PaintTally(rate, self._painted, self._dropped)

    def _forget_old(self) -> None:
        before = self._clock() - _WINDOW_SECONDS
        while self._moments and self._moments[0] < before:
            self._moments.popleft()
