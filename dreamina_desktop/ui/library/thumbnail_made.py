"""A finished thumbnail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from dreamina_desktop.ui.library.picture_source import PictureSource


@dataclass(frozen=True, slots=True)
class ThumbnailMade:
    """A picture that was asked for is there, or will never be (``image`` None).

    ``frame`` is what it was made for, in device pixels; the image is no larger.
    """

    source: PictureSource
    frame: QSize
    image: QImage | None
