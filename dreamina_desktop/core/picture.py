"""What is known about a picture before it is sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from dreamina_desktop.core.change import Change


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
class PictureView:
    """Pixels for looking at: sRGB, upright, never larger than the picture.

    Rows from the top without padding, 3 bytes a pixel (red, green, blue) or, where ``has_alpha``,
    4 with the opacity last, not premultiplied.
    """

    width: int
    height: int
    has_alpha: bool
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """Exactly what is sent of a local picture. ``sha256`` is the hex digest of ``data``.

    ``changes`` tell how it came from the file; ``view`` shows it, where somebody wants to look.
    ``unchanged`` says that ``data`` is the file, byte for byte.
    """

    data: bytes
    media_type: str
    sha256: str
    facts: PictureFacts
    unchanged: bool
    changes: tuple[Change, ...] = ()
    view: PictureView | None = field(default=None, compare=False, repr=False)


def facts_alone(facts: PictureFacts) -> PreparedPicture:
    """Of a picture that cannot be sent: no bytes, only what is known, to be judged."""
    return PreparedPicture(
        data=b"",
        media_type="application/octet-stream",
        sha256=hashlib.sha256(b"").hexdigest(),
        facts=facts,
        unchanged=False,
    )
