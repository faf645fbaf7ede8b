"""What is known about a picture before it is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Facts of one picture file, as ``pictures.probe`` reads them.

    ``format`` is judged by content ("JPEG", "PNG", "WEBP", …; "" when it is no picture at all).
    ``width`` and ``height`` are upright pixels, after the EXIF orientation; 0 when unknown.
    ``decoded`` is True once the whole picture has been decoded, False when that failed, None
    when it has not been tried.
    """

    format: str
    width: int
    height: int
    bytes: int
    decoded: bool | None = None


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """Exactly what is sent of a local picture. ``sha256`` is the hex digest of ``data``."""

    data: bytes
    media_type: str
    sha256: str
    facts: PictureFacts
    unchanged: bool
