"""What a picture file's header tells before a single pixel is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.pictures.exif_orientation import UPRIGHT, lies_on_its_side


@dataclass(frozen=True, slots=True)
class Header:
    """Width and height in pixels as stored, and the EXIF orientation, 1 … 8."""

    width: int
    height: int
    orientation: int = UPRIGHT

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height after the orientation is applied."""
        if lies_on_its_side(self.orientation):
            return self.height, self.width
        return self.width, self.height
