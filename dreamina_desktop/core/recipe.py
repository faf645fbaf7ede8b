"""What a person wants made of a picture before it is sent; the file itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WHITE = "#ffffff"
BLACK = "#000000"


class Fill(StrEnum):
    """How a picture comes to the chosen shape. Values are kept in the settings."""

    CROP = "crop"
    BLUR = "blur"
    COLOUR = "colour"


@dataclass(frozen=True, slots=True)
class Frame:
    """A cutout of one of the model's shapes, whatever the size of the picture.

    ``shape`` is the name of an output size. The centre is in shares of the upright picture,
    0 … 1. ``zoom`` 1 is the largest cutout inside the picture (``CROP``), or the smallest that
    holds all of it (the others, which fill the bars); 2 is half as wide. ``colour`` is that of
    the bars, as #rrggbb.
    """

    shape: str
    fill: Fill = Fill.CROP
    centre_x: float = 0.5
    centre_y: float = 0.5
    zoom: float = 1.0
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class Recipe:
    """Without ``mended`` and ``frame`` only what never harms is done to a picture.

    ``mended``: whatever the model would refuse is cured where that is possible. ``ground`` is
    what lies behind transparency, as #rrggbb. A ``frame`` is always mended too: its cutout has to
    be encoded anew anyway.
    """

    mended: bool = False
    ground: str = WHITE
    frame: Frame | None = None

    @property
    def cures(self) -> bool:
        """Whether rules of the model may change pixels."""
        return self.mended or self.frame is not None
