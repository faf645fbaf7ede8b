"""The slow camera move of a practice clip: which part of the picture each frame shows."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

CLOSEST = 1.36  # the strongest zoom of any move
_WIDE = (1.03, 1.09)
_CLOSE = (1.22, CLOSEST)
_TRAVEL = (1.18, 1.28)

type Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CameraView:
    """A zoom (1 shows everything) and how far towards the edges it looks (-1 to 1 each way)."""

    zoom: float
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class CameraMove:
    """From one view to another, with a bow to the side (a share of the room at the edges)."""

    start: CameraView
    end: CameraView
    bow: float

    def box(self, progress: float) -> Box:
        """Left, top, right and bottom of the view, in shares of the picture; progress 0 to 1."""
        eased = 0.5 - 0.5 * math.cos(math.pi * progress)
        # In the logarithm, so that a zoom seems as fast at its end as at its start.
        zoom = self.start.zoom * (self.end.zoom / self.start.zoom) ** eased
        swing = self.bow * math.sin(math.pi * eased)
        across = _between(self.start.across, self.end.across, eased) + swing
        down = _between(self.start.down, self.end.down, eased) - swing
        side = 1 / zoom
        left = (1 - side) / 2 * (1 + _within(across))
        top = (1 - side) / 2 * (1 + _within(down))
        return left, top, left + side, top + side


def camera_move(seed: int, prompt: str) -> CameraMove:
    """The move of these inputs, always the same one: push in, pull out, or travel along."""
    dice = hashlib.sha256(f"{seed}\n{prompt}".encode("utf-8", "surrogatepass")).digest()

    def die(index: int, low: float, high: float) -> float:
        value = int.from_bytes(dice[2 * index : 2 * index + 2]) / 0xFFFF
        return _between(low, high, value)

    angle = die(0, 0, 2 * math.pi)
    across, down = math.cos(angle), math.sin(angle)
    reach, bow = die(1, 0.35, 0.9), die(2, -0.25, 0.25)
    kind = dice[30] % 5
    if kind == 0:
        zoom = die(3, *_TRAVEL)
        far = CameraView(zoom, across * reach, down * reach)
        return CameraMove(CameraView(zoom, -across * reach, -down * reach), far, bow)
    wide = CameraView(die(3, *_WIDE), -across * reach, -down * reach)
    close = CameraView(die(4, *_CLOSE), across * reach, down * reach)
    return CameraMove(wide, close, bow) if kind < 4 else CameraMove(close, wide, bow)


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


def _within(value: float) -> float:
    return max(-1.0, min(1.0, value))
