"""How two clips are held against each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

GAINS = (1, 2, 4, 8, 16, 32)
"""What a difference may be multiplied by: doublings, the quickest way of painting it."""

_DIVIDER_STEP, _OPACITY_STEP = 0.02, 0.05


class CompareMode(StrEnum):
    """The ways to look at two clips."""

    WIPE = "wipe"
    SIDE_BY_SIDE = "side"
    OVERLAY = "overlay"
    DIFFERENCE = "difference"
    BLINK = "blink"


@dataclass(frozen=True, slots=True)
class CompareLook:
    """Everything that a person chooses but for zoom and frame.

    ``is_stacked``: A above B rather than to its left, wiped and side by side. ``divider`` is A's
    share of the picture when wiped, ``opacity`` B's in the overlay (both 0 … 1). ``gain`` is one
    of ``GAINS``. ``offset``: B shows the frame so many after A's. ``shows_b`` and ``blinks`` (by
    itself) are for blinking.
    """

    mode: CompareMode = CompareMode.WIPE
    is_stacked: bool = False
    divider: float = 0.5
    opacity: float = 0.5
    gain: int = 4
    offset: int = 0
    shows_b: bool = False
    blinks: bool = True

    def nudged(self, steps: int) -> CompareLook:
        """More or less of what the mode has an amount of: divider, opacity, gain."""
        match self.mode:
            case CompareMode.WIPE:
                return self.with_divider(self.divider + steps * _DIVIDER_STEP)
            case CompareMode.OVERLAY:
                return self.with_opacity(self.opacity + steps * _OPACITY_STEP)
            case CompareMode.DIFFERENCE:
                place = min(max(0, GAINS.index(self.gain) + steps), len(GAINS) - 1)
                return replace(self, gain=GAINS[place])
            case CompareMode.SIDE_BY_SIDE | CompareMode.BLINK:
                return self

    def with_divider(self, share: float) -> CompareLook:
        """The divider there, or at the nearest place that it can have."""
        return replace(self, divider=_share(share))

    def with_opacity(self, share: float) -> CompareLook:
        """B as opaque as that, or as nearly as it can be."""
        return replace(self, opacity=_share(share))


def _share(value: float) -> float:
    # Rounded: a hundred steps there and back must end where they began.
    return round(min(max(0.0, value), 1.0), 6)
