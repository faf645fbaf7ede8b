"""A small look at a picture file: what is seen of it at a glance, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble


@dataclass(frozen=True, slots=True)
class Glance:
    """``image`` is None where the file cannot be shown: then ``trouble`` says why it cannot be
    opened, or it is no picture, or a damaged one.
    """

    path: Path
    longest: int
    image: QImage | None = None
    facts: PictureFacts | None = None
    trouble: PictureTrouble | None = None
