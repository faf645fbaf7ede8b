"""Which pixels a person's own frame takes of a picture: always exactly one of the model's shapes.

A cutout is a whole multiple of the shape's smallest whole-numbered rectangle (30 × 17 for
1920 × 1088), so that the model's own centre crop finds nothing to take away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd

from dreamina_desktop.core.model_spec import OutputSize
from dreamina_desktop.core.recipe import Fill, Frame

MOST_ZOOM = 8.0
THIRDS_AND_CENTRE = (1 / 3, 1 / 2, 2 / 3)


@dataclass(frozen=True, slots=True)
class Cutout:
    """Pixels of the upright picture; with bars it reaches beyond the picture's edges.

    ``width`` and ``height`` are ``steps`` times ``unit_width`` and ``unit_height``.
    """

    left: int
    top: int
    steps: int
    unit_width: int
    unit_height: int

    @property
    def width(self) -> int:
        return self.steps * self.unit_width

    @property
    def height(self) -> int:
        return self.steps * self.unit_height

    def kept(self, width: int, height: int) -> tuple[int, int]:
        """Pixels across and down of a picture of that size that lie inside."""
        across = min(self.left + self.width, width) - max(self.left, 0)
        down = min(self.top + self.height, height) - max(self.top, 0)
        return across, down

    def lost(self, width: int, height: int) -> float:
        """The share of a picture of that size that lies outside, 0 … 1."""
        across, down = self.kept(width, height)
        return 1 - across * down / (width * height)


@dataclass(frozen=True, slots=True)
class Snap:
    """A frame after snapping; the lines are shares of the picture, None where nothing snapped."""

    frame: Frame
    line_x: float | None = None
    line_y: float | None = None


class Framer:
    """Places frames on an upright picture of ``width`` × ``height`` pixels.

    Raises ValueError for a picture of no size.
    """

    def __init__(self, width: int, height: int, sizes: tuple[OutputSize, ...]) -> None:
        if width <= 0 or height <= 0:
            raise ValueError((width, height))
        self._width = width
        self._height = height
        self._sizes = {size.shape: size for size in sizes}

    @property
    def width(self) -> int:
        return self._width

    @property
    def height(self) -> int:
        return self._height

    def can_frame(self, shape: str) -> bool:
        """Whether the picture holds at least one whole step of the shape."""
        across, down = self._unit(shape)
        return self._width >= across and self._height >= down

    def cutout(self, frame: Frame) -> Cutout:
        """The pixels of ``frame``. Raises KeyError for a shape that the model has not."""
        across, down = self._unit(frame.shape)
        steps = self._steps(frame)
        left = _kept(frame.centre_x * self._width - steps * across / 2, steps * across, self._width)
        top = _kept(frame.centre_y * self._height - steps * down / 2, steps * down, self._height)
        return Cutout(left, top, steps, across, down)

    def moved(self, frame: Frame, across: float, down: float) -> Frame:
        """Moved by so many pixels of the picture, as far as there is room."""
        now = self.cutout(frame)
        return self._centred(frame, now.left + across, now.top + down)

    def zoomed(self, frame: Frame, factor: float, at_x: float, at_y: float) -> Frame:
        """``factor`` times as close; the picture's pixel ``at_x``, ``at_y`` stays where it is."""
        before = self.cutout(frame)
        zoom = min(max(frame.zoom * factor, 1.0), MOST_ZOOM)
        closer = replace(frame, zoom=zoom)
        after = self.cutout(closer)
        left = at_x - (at_x - before.left) * after.width / before.width
        top = at_y - (at_y - before.top) * after.height / before.height
        return self._centred(closer, left, top)

    def snapped(self, frame: Frame, reach: float) -> Snap:
        """With its centre on the picture's centre or thirds where that is at most ``reach`` away.

        ``reach`` is in pixels of the picture; each direction snaps by itself.
        """
        now = self.cutout(frame)
        x, line_x = _nearest(now.left, now.width, self._width, reach)
        y, line_y = _nearest(now.top, now.height, self._height, reach)
        if line_x is not None:
            frame = replace(frame, centre_x=x)
        if line_y is not None:
            frame = replace(frame, centre_y=y)
        return Snap(frame, line_x, line_y)

    def _unit(self, shape: str) -> tuple[int, int]:
        size = self._sizes[shape]
        common = gcd(size.width, size.height)
        return size.width // common, size.height // common

    def _steps(self, frame: Frame) -> int:
        across, down = self._unit(frame.shape)
        if frame.fill is Fill.CROP:
            whole = min(self._width // across, self._height // down)
        else:
            whole = max(-(-self._width // across), -(-self._height // down))
        return max(1, round(whole / min(max(frame.zoom, 1.0), MOST_ZOOM)))

    def _centred(self, frame: Frame, left: float, top: float) -> Frame:
        now = self.cutout(frame)
        left = _kept(left, now.width, self._width)
        top = _kept(top, now.height, self._height)
        return replace(
            frame,
            centre_x=(left + now.width / 2) / self._width,
            centre_y=(top + now.height / 2) / self._height,
        )


def _kept(start: float, length: int, room: int) -> int:
    """Inside the picture, or, where it is longer than that, around all of it."""
    low, high = min(0, room - length), max(0, room - length)
    return min(max(round(start), low), high)


def _nearest(start: int, length: int, room: int, reach: float) -> tuple[float, float | None]:
    """The centre, as a share, and the line that it snaps to, if there is one in reach."""
    centre = (start + length / 2) / room
    for line in sorted(THIRDS_AND_CENTRE, key=lambda share: abs(share - centre)):
        wanted = line * room - length / 2
        if abs(wanted - start) <= reach and _kept(wanted, length, room) == round(wanted):
            return line, line
    return centre, None
