"""What an export came to, and what it will come to as far as can be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.export_order import Cut, ExportKind


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that is there, whole. ``path`` of a sequence is its folder; ``bytes`` of all files.

    ``frames`` is how many are in it: fewer than were cut where a GIF cannot show as
    many a second.
    ``copied`` says that the clip's own data was taken over without encoding it anew.
    """

    path: Path
    kind: ExportKind
    cut: Cut
    frames: int
    width: int
    height: int
    bytes: int
    copied: bool = False


@dataclass(frozen=True, slots=True)
class SizeRange:
    """Bytes that a file will probably have, measured on a few of its frames."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A film that is there, whole. ``left_out`` is how many frames stood twice at a joint.

    What a clip shows behind the frame that the next one was made from does not count among them.
    """

    path: Path
    frames: int
    left_out: int
    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Loop:
    """An in and an out point, counted from 0, and how visible the jump between them is.

    ``seam`` is how far the picture there is from the one that should follow, and ``usual`` how far
    a frame of the clip is from the next one: grey levels (root mean square, 0 to 255).
    """

    first: int
    last: int
    seam: float
    usual: float

    @property
    def is_seamless(self) -> bool:
        """Whether the jump is off by less than half a frame's motion."""
        return self.seam <= self.usual / 2 + 0.5


@dataclass(frozen=True, slots=True)
class StillFile:
    """A frame as a picture that is there, whole."""

    path: Path
    width: int
    height: int
    bytes: int
