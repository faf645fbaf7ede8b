"""The one thing of EXIF that changes how a picture looks: which way up it is."""

from __future__ import annotations

from dreamina_desktop.pictures.exif_directory import SHORT, entries

UPRIGHT = 1
_ORIENTATION_TAG = 0x0112


def exif_orientation(exif: bytes) -> int:
    """The orientation, 1 … 8, told by a TIFF block (EXIF 2.3, 4.6.4); 1 when it tells none.

    Never raises: a damaged block tells nothing.
    """
    for entry in entries(exif):
        if entry.tag == _ORIENTATION_TAG:
            return entry.value if entry.type == SHORT and 1 <= entry.value <= 8 else UPRIGHT
    return UPRIGHT


def lies_on_its_side(orientation: int) -> bool:
    """Whether turning the picture upright swaps its width and height."""
    return orientation >= 5
