"""PNG files that are odd, damaged or made to harm."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache, partial

from PIL import Image

from tests.pictures.odd_parts import (
    CANARY,
    SIZE,
    Odd,
    exif,
    ordinary,
    placed_png,
    saved,
    wide_profile,
)
from tests.pictures.samples import PNG_SIGNATURE, chunk, picture, png, raw_png, with_chunks


@cache
def inflating(length: int) -> bytes:
    """Zeros as a zlib stream, a thousandth of its length."""
    packer = zlib.compressobj(9)
    block = bytes(2**20)
    parts = [packer.compress(block) for _ in range(length // 2**20)]
    return b"".join((*parts, packer.flush()))


def odd_pngs() -> Iterator[Odd]:
    width, height = SIZE
    for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"):
        yield (
            f"{mode.lower().replace(';', '-')}.png",
            partial(placed_png, png(ordinary(mode))),
            True,
        )
    for number in range(2, 9):
        yield f"turned-{number}.png", partial(placed_png, png(ordinary()), number), True
    yield (
        "truecolour-16.png",
        lambda: raw_png(width, height, 16, 2, (b"\0" + bytes(range(240)) * 10) * height),
        True,
    )
    yield (
        "truecolour-alpha-16.png",
        lambda: raw_png(width, height, 16, 6, (b"\0" + bytes(range(200)) * 16) * height),
        True,
    )
    yield (
        "grey-alpha-16.png",
        lambda: raw_png(width, height, 16, 4, (b"\0" + bytes(range(200)) * 8) * height),
        True,
    )
    yield (
        "grey-2.png",
        lambda: raw_png(width, height, 2, 0, (b"\0" + bytes(range(100))) * height),
        True,
    )
    yield (
        "interlaced-short.png",
        lambda: raw_png(width, height, 8, 2, bytes(5000), interlace=1),
        False,
    )
    yield (
        "palette-alpha.png",
        lambda: placed_png(png(ordinary("P"), transparency=bytes(range(0, 240, 20)))),
        True,
    )
    yield "colour-key.png", lambda: placed_png(png(ordinary(), transparency=(255, 40, 0))), True
    yield (
        "animated.png",
        lambda: saved("PNG", save_all=True, append_images=[ordinary().rotate(90)]),
        True,
    )
    yield "wide-gamut.png", lambda: png(ordinary(), icc_profile=wide_profile()), True
    yield "place-in-profile.png", lambda: png(ordinary(), icc_profile=CANARY * 9), True
    yield (
        "profile-of-noise.png",
        lambda: png(ordinary(), icc_profile=random.Random(2).randbytes(700)),
        True,
    )
    yield (
        "profile-bomb.png",
        lambda: with_chunks(png(ordinary()), chunk(b"iCCP", b"x\0\0" + inflating(2**27))),
        None,
    )
    yield (
        "text-bomb.png",
        lambda: with_chunks(png(ordinary()), chunk(b"zTXt", b"x\0\0" + inflating(2**27))),
        True,
    )
    yield (
        "pixel-bomb.png",
        lambda: raw_png(width, height, 8, 2, b"").replace(
            chunk(b"IDAT", zlib.compress(b"")), chunk(b"IDAT", inflating(2**27))
        ),
        None,
    )
    yield (
        "odd-gamma.png",
        lambda: with_chunks(png(ordinary()), chunk(b"gAMA", bytes(4)), chunk(b"cHRM", bytes(32))),
        True,
    )
    yield (
        "linear-gamma.png",
        lambda: with_chunks(png(ordinary()), chunk(b"gAMA", struct.pack(">I", 100000))),
        True,
    )
    yield (
        "display-p3.png",
        lambda: with_chunks(png(ordinary()), chunk(b"cICP", b"\x0c\x0d\0\x01")),
        True,
    )
    yield (
        "place-at-end.png",
        lambda: with_chunks(png(ordinary()), chunk(b"eXIf", exif(6)), before=b"IEND"),
        True,
    )
    yield "claims-65500.png", lambda: raw_png(65500, 65500, 8, 2, bytes(999)), False
    yield "claims-10000.png", lambda: raw_png(10000, 10000, 8, 2, bytes(999)), False
    yield "claims-billions.png", lambda: raw_png(2**31 - 1, 2**31 - 1, 16, 6, b""), False
    yield "negative.png", lambda: raw_png(2**32 - 1, 5, 8, 2, b""), False
    yield "claims-nothing.png", lambda: raw_png(0, 0, 8, 2, b""), False
    yield "colour-type-5.png", lambda: raw_png(width, height, 8, 5, bytes(999)), False
    yield "three-bits.png", lambda: raw_png(width, height, 3, 0, bytes(999)), False
    yield "no-palette.png", lambda: raw_png(width, height, 8, 3, bytes((width + 1) * height)), False
    yield (
        "beyond-palette.png",
        lambda: raw_png(
            width, height, 8, 3, (b"\0" + b"\xff" * width) * height, chunk(b"PLTE", bytes(6))
        ),
        None,
    )
    yield (
        "bad-filter.png",
        lambda: raw_png(width, height, 8, 0, (b"\x09" + bytes(width)) * height),
        None,
    )
    yield (
        "bad-checksum.png",
        lambda: (
            (d := png(ordinary()))[: (p := d.index(b"IDAT") + 9)] + bytes((d[p] ^ 1,)) + d[p + 1 :]
        ),
        False,
    )
    yield (
        "no-pixels.png",
        lambda: (
            PNG_SIGNATURE
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IEND")
        ),
        False,
    )
    yield "no-end.png", lambda: png(ordinary())[:-12], None
    yield "cut.png", lambda: png(ordinary())[:-4000], False
    yield "only-signature.png", lambda: PNG_SIGNATURE, False
    yield (
        "length-of-4-gigabytes.png",
        lambda: png(ordinary())[:33] + b"\xff\xff\xff\xffIDAT" + bytes(50),
        False,
    )
    yield (
        "unknown-and-critical.png",
        lambda: with_chunks(png(ordinary()), chunk(b"EViL", b"x")),
        False,
    )
    yield (
        "pixels-in-crumbs.png",
        lambda: raw_png(width, height, 8, 0, b"").replace(
            chunk(b"IDAT", zlib.compress(b"")),
            b"".join(
                chunk(b"IDAT", bytes((byte,)))
                for byte in zlib.compress(bytes((width + 1) * height))
            ),
        ),
        True,
    )
    yield (
        "trailing-page.png",
        lambda: png(ordinary()) + b"<html><script>alert(1)</script>" + CANARY,
        True,
    )
    yield "one-pixel.png", lambda: placed_png(png(picture("RGBA", 1, 1))), True
    yield "line.png", lambda: png(Image.new("L", (65500, 1))), None
    yield "upright-line.png", lambda: png(Image.new("L", (1, 65500))), None
    yield "png.jpg", lambda: png(ordinary()), True
