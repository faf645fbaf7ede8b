"""A frame that may become the next picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from dreamina_desktop.video.handover import RankedFrame


@dataclass(frozen=True, slots=True)
class Candidate:
    """Frame ``index`` (from 0). ``rank`` is None for one that is not among the last frames.

    ``is_seen``: it is the one that was on the stage. ``image`` is small, None while it is made.
    """

    index: int
    image: QImage | None = None
    rank: RankedFrame | None = None
    is_seen: bool = False
