"""What odd files are put together from: ordinary pictures, and a place that must not travel."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pillow_heif
from PIL import Image, ImageCms

from tests.pictures.samples import chunk, picture, segment, with_chunks, with_segments
from tests.pictures.samples import jpeg as saved_jpeg

CANARY = b"GPS-CANARY 48.1374N 11.5755E"
"""Found in what is sent, it was sent."""
CANARY_NUMBER = struct.pack("<II", 1_234_567_891, 987_654_321)
"""The same as a rational of the EXIF directory; PNG and JPEG keep it in this order of bytes."""

SIZE = (400, 352)
"""Of every ordinary one: the model takes it, and its sides are whole blocks of a JPEG."""


@cache
def ordinary(mode: str = "RGB") -> Image.Image:
    if mode == "I;16":
        return Image.linear_gradient("L").resize(SIZE).convert("I").point(_stretched).convert(mode)
    return picture(mode, *SIZE)


def _stretched(sample: float) -> float:
    return 256 * sample + 77


def exif(orientation: int | None = None) -> bytes:
    """A TIFF block with the canary as latitude and as the name of the place."""
    main = [] if orientation is None else [struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)]
    start = 8 + 2 + 12 * (len(main) + 1) + 4
    latitude = start + 2 + 2 * 12 + 4
    place = latitude + 24
    main.append(struct.pack("<HHII", 0x8825, 4, 1, start))
    gps = [
        struct.pack("<HHII", 2, 5, 3, latitude),
        struct.pack("<HHII", 0x1C, 7, len(CANARY), place),
    ]
    return b"".join(
        (
            b"II*\0\x08\0\0\0",
            struct.pack("<H", len(main)), *main, bytes(4),
            struct.pack("<H", len(gps)), *gps, bytes(4),
            CANARY_NUMBER * 3,
            CANARY,
        )
    )  # fmt: skip


def xmp() -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + CANARY + b"</x:xmpmeta>"


def jpeg(
    image: Image.Image | None = None, orientation: int | None = None, **options: object
) -> bytes:
    """With the place in EXIF, XMP, IPTC and a comment."""
    return with_segments(
        saved_jpeg(image or ordinary(), **options),
        segment(0xE1, b"Exif\0\0" + exif(orientation)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + CANARY),
        segment(0xFE, CANARY),
    )


def placed_png(data: bytes, orientation: int | None = None) -> bytes:
    """With the place in eXIf and in text of all three kinds."""
    return with_chunks(
        data,
        chunk(b"eXIf", exif(orientation)),
        chunk(b"tEXt", b"Location\0" + CANARY),
        chunk(b"zTXt", b"Location\0\0" + zlib.compress(CANARY)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp()),
    )


def saved(name: str, image: Image.Image | None = None, **options: object) -> bytes:
    file = io.BytesIO()
    (image or ordinary()).save(file, name, **options)  # type: ignore[arg-type]
    return file.getvalue()


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def wide_profile() -> bytes:
    """The sRGB profile with the primaries of a wider gamut (Adobe RGB, adapted to D50)."""
    profile = srgb_profile()
    for tag, wanted in (
        (b"rXYZ", (0.60974, 0.31111, 0.01947)),
        (b"gXYZ", (0.20528, 0.62567, 0.06087)),
        (b"bXYZ", (0.14919, 0.06322, 0.74457)),
    ):
        place = int.from_bytes(profile[(at := profile.index(tag, 128) + 4) : at + 4], "big") + 8
        numbers = b"".join(struct.pack(">i", round(number * 65536)) for number in wanted)
        profile = profile[:place] + numbers + profile[place + 12 :]
    return profile


def icc(profile: bytes, number: int = 1, count: int = 1) -> bytes:
    return segment(0xE2, b"ICC_PROFILE\0" + bytes((number, count)) + profile)


def heif(image: Image.Image | None = None, **options: object) -> bytes:
    pillow_heif.register_heif_opener()
    return saved("HEIF", image, quality=50, **options)


@dataclass(frozen=True, slots=True)
class OddFile:
    """``mends`` says whether the model takes what is made of it; None where either will do."""

    name: str
    data: bytes
    mends: bool | None


type Odd = tuple[str, Callable[[], bytes], bool | None]
"""Name, how it is made, and ``OddFile.mends``."""
