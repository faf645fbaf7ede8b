"""Hostile and odd picture files, made on the spot; none is anybody's photograph.

``corpus()`` gives well over eighty. Those that can hold it carry ``odd_parts.CANARY`` as the place
where they were taken.
"""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache

from tests.pictures.odd_jpegs import odd_jpegs
from tests.pictures.odd_others import odd_others
from tests.pictures.odd_parts import CANARY, OddFile
from tests.pictures.odd_pngs import odd_pngs
from tests.pictures.samples import PNG_SIGNATURE

_NO_PICTURES: dict[str, bytes] = {
    "empty.png": b"",
    "one-byte.jpg": b"\xff",
    "text.jpg": b"no picture at all\n" * 40,
    "page.png": b"<!doctype html><img src=x onerror=alert(1)>" + CANARY,
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x"/></svg>',
    "paper.pdf": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF",
    "program.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n(x) run\n%%EOF",
    "program.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n(x) run\n%%EOF",
    "program.exe.png": b"MZ" + bytes(200),
    "archive.png": b"PK\x03\x04" + bytes(200),
    "clip.heic": b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + bytes(200),
    "brand-alone.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "brand-alone.avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
    "boxes-in-boxes.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    + b"\0\0\xff\xffmeta\0\0\0\0" * 5000,
    "boxes-of-nothing.avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"
    + b"\0\0\0\0meta\0\0\0\x01iprp" * 500,
    "new.jxl": b"\xff\x0a\xfa\x1f" + bytes(60),
    "claims.ppm": b"P6 99999 99999 255\n" + bytes(99),
    "zeros.jpg": bytes(2**20),
    "noise.png": random.Random(3).randbytes(2**16),
    "signature-and-noise.jpg": b"\xff\xd8\xff" + random.Random(4).randbytes(2**15),
    "signature-and-noise.png": PNG_SIGNATURE + random.Random(5).randbytes(2**15),
    "signature-and-noise.webp": b"RIFF\xff\xff\xff\xffWEBPVP8L" + random.Random(6).randbytes(2**15),
    "signature-and-noise.tiff": b"II*\0\x08\0\0\0" + random.Random(7).randbytes(2**15),
    "signature-and-noise.gif": b"GIF89a" + random.Random(8).randbytes(2**15),
    "signature-and-noise.ico": b"\0\0\x01\0\x01\0" + random.Random(9).randbytes(2**15),
}  # fmt: skip


@cache
def corpus() -> tuple[OddFile, ...]:
    """All of them, in a fixed order; the same bytes with the same libraries."""
    made = [
        OddFile(name, make(), mends)
        for kind in (odd_jpegs, odd_pngs, odd_others)
        for name, make, mends in kind()
    ]
    made += [OddFile(name, data, mends=False) for name, data in _NO_PICTURES.items()]
    return tuple(made)


def mutated(file: OddFile, chance: random.Random) -> bytes:
    """A file with something in it flipped, cut, doubled, left out or overwritten."""
    data = bytearray(file.data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not data:
            break
        # Headers are where decoders go wrong: half of all hits go there.
        reach = min(len(data), 700) if chance.random() < 0.5 else len(data)
        at, length = chance.randrange(reach), chance.choice((1, 2, 4, 16, 300))
        match chance.randrange(6):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
            case 2:
                data[at : at + length] = chance.randbytes(length)
            case 3:
                data[at:at] = data[at : at + length]
            case 4:
                del data[at : at + length]
            case _:
                number = chance.choice((0, 1, 2**15, 2**16 - 1, 2**31 - 1, 2**32 - 1))
                data[at : at + 4] = struct.pack(chance.choice((">I", "<I")), number)
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) + 1) :]
    if data.startswith(PNG_SIGNATURE) and chance.random() < 0.7:
        _make_checksums_right(data)
    return bytes(data)


def _make_checksums_right(data: bytearray) -> None:
    """Of the chunks of a PNG, so that a decoder gets to see what is wrong in them."""
    place = len(PNG_SIGNATURE)
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        if end + 4 > len(data):
            return
        data[end : end + 4] = struct.pack(">I", zlib.crc32(data[place + 4 : end]))
        place = end + 4
