"""A picture file opened: its pixels as stored, and all that says how they are to be seen."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dreamina_desktop.pictures import decoding, jpeg_segments, metadata, png_colours, sendable
from dreamina_desktop.pictures.exif_orientation import UPRIGHT
from dreamina_desktop.pictures.metadata import NOTHING, Metadata

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Opened:
    """``image`` is of 8 bits a sample where that could be, ``bits`` what the file has.

    ``orientation`` is EXIF's, 1 … 8; ``turned_already`` says that the pixels are upright all the
    same. ``profile`` are the bytes of an ICC profile.
    """

    image: Image.Image
    bits: int = 8
    orientation: int = UPRIGHT
    turned_already: bool = False
    profile: bytes | None = None
    metadata: Metadata = NOTHING


def open_sendable(name: str, data: bytes, image: Image.Image) -> Opened:
    """Of a JPEG or PNG file ``data``, as a person has it, that was decoded to ``image``.

    Raises DamagedError.
    """
    return Opened(
        image=image,
        bits=decoding.bits_a_sample(name, data),
        orientation=sendable.read_header(name, io.BytesIO(data)).orientation,
        profile=jpeg_segments.profile(data) if name == "JPEG" else png_colours.profile(data),
        metadata=metadata.of_sendable(name, data),
    )
