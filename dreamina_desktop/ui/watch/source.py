"""What a canvas shows: something that has an image for each frame number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Shot:
    """The image of frame ``index``. ``pixels`` is the memory that ``image`` looks into."""

    index: int
    image: QImage
    pixels: object = None


class Source(Protocol):
    """A clip or a picture. ``width`` and ``height`` in pixels of its own."""

    image_arrived: SignalInstance
    """Told when an image that was asked for, and not there, now is."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    def shot(self, index: int, size: tuple[int, int]) -> Shot | None:
        """The image of frame ``index`` (from 0), exactly ``size`` pixels, if it is there.

        Never waits: None means that it is being made.
        """
        ...
