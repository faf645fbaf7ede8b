"""JPEG files that are odd, damaged or made to harm."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from functools import partial

from PIL import Image

from tests.pictures.odd_parts import (
    CANARY,
    SIZE,
    Odd,
    exif,
    icc,
    jpeg,
    ordinary,
    saved,
    srgb_profile,
    wide_profile,
)
from tests.pictures.samples import jpeg as saved_jpeg
from tests.pictures.samples import noise, picture, segment, with_segments


def sized_jpeg(width: int, height: int) -> bytes:
    """A frame header that lies about its size."""
    data = jpeg()
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", height, width) + data[place + 4 :]


def many_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = saved_jpeg(ordinary(), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def odd_jpegs() -> Iterator[Odd]:
    yield "baseline.jpg", jpeg, True
    yield "progressive.jpg", lambda: jpeg(progressive=True), True
    yield "grey.jpg", lambda: jpeg(ordinary("L")), True
    yield "cmyk.jpg", lambda: jpeg(ordinary("CMYK")), True
    yield "rgb-stored.jpg", lambda: jpeg(keep_rgb=True), True
    yield "full-colour.jpg", lambda: jpeg(subsampling=0), True
    yield "restarts.jpg", lambda: jpeg(restart_marker_rows=1), True
    for number in range(1, 9):
        yield f"turned-{number}.jpg", partial(jpeg, orientation=number), True
    for number in (0, 9, 65535):
        yield f"turned-oddly-{number}.jpg", partial(jpeg, orientation=number), True
    yield (
        "two-pictures.mpo.jpg",
        lambda: saved("MPO", save_all=True, append_images=[ordinary()], exif=b"Exif\0\0" + exif()),
        True,
    )
    yield "wide-gamut.jpg", lambda: with_segments(jpeg(), icc(wide_profile())), True
    yield "srgb-profile.jpg", lambda: with_segments(jpeg(), icc(srgb_profile())), True
    yield (
        "profile-of-noise.jpg",
        lambda: with_segments(jpeg(), icc(random.Random(1).randbytes(900))),
        True,
    )
    yield "profile-cut.jpg", lambda: with_segments(jpeg(), icc(wide_profile()[:200])), True
    yield "profile-part-missing.jpg", lambda: with_segments(jpeg(), icc(wide_profile(), 1, 2)), True
    yield (
        "rgb-profile-on-grey.jpg",
        lambda: with_segments(jpeg(ordinary("L")), icc(wide_profile())),
        True,
    )
    yield (
        "rgb-profile-on-cmyk.jpg",
        lambda: with_segments(jpeg(ordinary("CMYK")), icc(wide_profile())),
        True,
    )
    yield "place-in-profile.jpg", lambda: with_segments(jpeg(), icc(CANARY * 9)), True
    yield "grain.jpg", partial(jpeg, noise(*SIZE), 6, quality=95, subsampling=0), True
    yield (
        "exif-loop.jpg",
        lambda: with_segments(
            saved_jpeg(ordinary()),
            segment(
                0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIII", 0x8769, 4, 1, 8, 8)
            ),
        ),
        True,
    )
    yield (
        "exif-nowhere.jpg",
        lambda: with_segments(
            saved_jpeg(ordinary()), segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xf0")
        ),
        True,
    )
    yield "small.jpg", lambda: jpeg(picture("RGB", 48, 32)), True
    yield "one-pixel.jpg", lambda: jpeg(picture("RGB", 1, 1)), True
    yield "line.jpg", lambda: saved_jpeg(Image.new("RGB", (65500, 1), "red")), None
    yield "claims-65500.jpg", lambda: sized_jpeg(65500, 65500), False
    yield "claims-6000.jpg", lambda: sized_jpeg(6000, 6000), False
    yield "claims-nothing.jpg", lambda: sized_jpeg(0, 0), False
    yield "cut-in-exif.jpg", lambda: jpeg()[:60], False
    yield "cut-in-scan.jpg", lambda: jpeg()[:-5000], False
    yield "cut-at-end.jpg", lambda: jpeg()[:-2], None
    yield "only-start.jpg", lambda: b"\xff\xd8\xff", False
    yield "trailing-zip.jpg", lambda: jpeg() + b"PK\x05\x06" + bytes(18) + CANARY, True
    yield (
        "script-in-comment.jpg",
        lambda: with_segments(jpeg(), segment(0xFE, b"*/alert(1)/*")),
        True,
    )
    yield "twice.jpg", lambda: jpeg() + jpeg(), True
    yield "many-scans.jpg", lambda: many_scans(400), None
    yield "many-segments.jpg", lambda: with_segments(jpeg(), *[segment(0xEF, b"")] * 20000), None
    yield (
        "twelve-bits.jpg",
        lambda: (d := jpeg())[: (p := d.index(b"\xff\xc0") + 4)] + b"\x0c" + d[p + 1 :],
        False,
    )
    yield "no-tables.jpg", lambda: jpeg().replace(b"\xff\xdb", b"\xff\xef"), False
    yield "jpeg.png", jpeg, True
