"""Writes frames as a folder of PNG files, each with the frame's number in the clip."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.video.export_colours import RgbScaler
from dreamina_desktop.video.still_file import png

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


class PngWriter:
    """The folder must not be there. All calls raise what the disk raises."""

    def __init__(self, folder: Path, size: tuple[int, int], first: int) -> None:
        """``first`` is the first frame's number, counted from 0; in the names it is from 1."""
        self.count = 0
        self._folder = folder
        self._size = size
        self._number = first
        self._scaler = RgbScaler("rgb24")
        folder.mkdir()

    def add(self, picture: VideoFrame, time: Fraction) -> None:
        """Raises ClipBrokenError too."""
        del time
        self._number += 1
        path = self._folder / f"frame_{self._number:05}.png"
        path.write_bytes(png(picture, self._size, self._scaler))
        self.count += 1

    def finish(self) -> None:
        """All is written already."""

    def close(self) -> None:
        """Nothing is held."""
