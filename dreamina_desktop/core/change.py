"""What was done to a picture on its way from the file to what is sent, told step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """In the order in which they happen. Values are a contract (JSON of ``prepare``).

    What ``before`` and ``after`` of a ``Change`` mean is said with each; None where nothing is.
    """

    METADATA_REMOVED = "metadata_removed"
    """``before`` names what was there, such as "EXIF, XMP"."""
    GPS_REMOVED = "gps_removed"
    """The place where it was taken."""
    FIRST_FRAME = "first_frame"
    """``before``: number of frames, or of pictures in the file."""
    TURNED = "turned"
    """``before``: the EXIF orientation, 2 to 8."""
    BITS_REDUCED = "bits_reduced"
    """``before``: bits a sample; ``after``: 8."""
    COLOUR_CONVERTED = "colour_converted"
    """``before``: the profile's own name, or the colour model; ``after``: "sRGB"."""
    COLOUR_GUESSED = "colour_guessed"
    """``before``: a colour model that came without a usable profile, such as "CMYK"."""
    FLATTENED = "flattened"
    """``after``: the colour laid behind transparency, as #rrggbb."""
    CROPPED = "cropped"
    """Sizes as "1600x1200", of the picture before and of what is kept."""
    BARRED = "barred"
    """As ``CROPPED``: bars make it larger."""
    SHRUNK = "shrunk"
    """Sizes as of ``CROPPED``."""
    ENLARGED = "enlarged"
    """Sizes as of ``CROPPED``. Nothing can be seen that was not there before."""
    CONVERTED = "converted"
    """Formats, as ``PictureFacts.format``."""
    RECOMPRESSED = "recompressed"
    """Bytes before and after."""
    QUALITY = "quality"
    """``after``: the quality of a JPEG that was encoded anew, 1 to 100."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step; see ``ChangeKind`` for what the two values are."""

    kind: ChangeKind
    before: str | int | None = None
    after: str | int | None = None
