"""Files of the formats that the model does not take, whole and damaged."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial

from PIL import Image

from tests.pictures.odd_parts import CANARY, SIZE, Odd, exif, heif, ordinary, saved


def psd(width: int = SIZE[0], height: int = SIZE[1]) -> bytes:
    header = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, height, width, 8, 3)
    planes = b"".join(band.tobytes() for band in ordinary().split())
    return header + bytes(12) + bytes(2) + planes


def odd_others() -> Iterator[Odd]:
    place = {"exif": b"Exif\0\0" + exif(6)}
    other = [ordinary().rotate(180)]
    yield "lossy.webp", lambda: saved("WEBP", quality=60, **place), True
    yield "lossless.webp", lambda: saved("WEBP", ordinary("RGBA"), lossless=True, **place), True
    yield "animated.webp", lambda: saved("WEBP", save_all=True, append_images=other), True
    yield "cut.webp", lambda: saved("WEBP")[:-900], False
    yield "webp.jpg", lambda: saved("WEBP"), True
    for mode in ("RGB", "RGBA", "CMYK", "1", "L", "I;16", "F", "P"):
        yield f"{mode.lower().replace(';', '-')}.tiff", partial(saved, "TIFF", ordinary(mode)), True
    yield "lab.tiff", lambda: saved("TIFF", Image.new("LAB", SIZE, (120, 20, 60))), True
    for packing in ("tiff_lzw", "tiff_deflate", "packbits", "jpeg"):
        yield f"{packing}.tiff", partial(saved, "TIFF", compression=packing), True
    yield "fax.tiff", lambda: saved("TIFF", ordinary("1"), compression="group4"), True
    yield "pages.tiff", lambda: saved("TIFF", save_all=True, append_images=other), True
    yield "big.tiff", lambda: saved("TIFF", big_tiff=True), True
    yield "cut.tiff", lambda: saved("TIFF", compression="tiff_lzw")[:3000], False
    yield (
        "directory-loop.tiff",
        lambda: b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIII", 256, 4, 1, 10, 8),
        False,
    )
    yield (
        "claims-100000.tiff",
        lambda: saved("TIFF", Image.new("1", (8, 8))).replace(
            struct.pack("<HHIHH", 256, 4, 1, 8, 0), struct.pack("<HHII", 256, 4, 1, 100000)
        ),
        None,
    )
    for mode in ("RGB", "P", "1", "RGBA"):
        yield f"{mode.lower()}.bmp", partial(saved, "BMP", ordinary(mode)), True
    yield "cut.bmp", lambda: saved("BMP")[:5000], False
    yield (
        "claims-billions.bmp",
        lambda: (d := saved("BMP"))[:18] + struct.pack("<ii", 2**31 - 1, -(2**31)) + d[26:],
        False,
    )
    yield "still.gif", lambda: saved("GIF", comment=CANARY), True
    yield "moving.gif", lambda: saved("GIF", save_all=True, append_images=other * 3), True
    yield "see-through.gif", lambda: saved("GIF", ordinary("P"), transparency=0), True
    yield "cut.gif", lambda: saved("GIF")[:2000], None
    yield "claims-65535.gif", lambda: (d := saved("GIF"))[:6] + b"\xff\xff\xff\xff" + d[10:], None
    yield "icon.ico", lambda: saved("ICO", sizes=[(256, 256), (16, 16)]), True
    yield "cut.ico", lambda: saved("ICO")[:40], False
    yield "still.heic", lambda: heif(**place), True
    yield "see-through.heic", lambda: heif(ordinary("RGBA")), True
    yield "cut.heic", lambda: heif()[:-1500], False
    yield "heic.jpg", heif, True
    yield "still.avif", lambda: saved("AVIF", speed=10, **place), True
    yield "see-through.avif", lambda: saved("AVIF", ordinary("RGBA"), speed=10), True
    yield "moving.avif", lambda: saved("AVIF", save_all=True, append_images=other, speed=10), True
    yield "cut.avif", lambda: saved("AVIF", speed=10)[:-900], None
    yield "still.jp2", lambda: saved("JPEG2000"), True
    yield "cut.jp2", lambda: saved("JPEG2000")[:3000], None
    yield "layered.psd", psd, True
    yield "cut.psd", lambda: psd()[:2000], False
    yield "claims-30000.psd", lambda: psd(30000, 30000), False
