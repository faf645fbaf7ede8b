"""Sizes in the headers of formats that the model does not take, read without any decoder.

Each function reads a file that stands at its beginning, and raises DamagedError or struct.error
where it does not tell a size.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_directory import entries
from dreamina_desktop.pictures.exif_orientation import exif_orientation
from dreamina_desktop.pictures.header import Header

_MOST_CHUNKS = 1000
_MOST_EXIF = 2**20
_WIDTH_TAG, _HEIGHT_TAG = 0x0100, 0x0101
_OLD_BMP_HEADER = 12
_ICO_WHOLE = 256


def read_gif(file: BinaryIO) -> Header:
    """The logical screen (GIF89a, 18)."""
    return Header(*struct.unpack("<6xHH", _read(file, 10)))


def read_bmp(file: BinaryIO) -> Header:
    """Either header; a negative height means rows from the top."""
    (length,) = struct.unpack("<14xI", _read(file, 18))
    if length == _OLD_BMP_HEADER:
        return Header(*struct.unpack("<HH", _read(file, 4)))
    width, height = struct.unpack("<ii", _read(file, 8))
    return Header(width, abs(height))


def read_psd(file: BinaryIO) -> Header:
    """Of all layers together (Adobe Photoshop File Formats, file header)."""
    height, width = struct.unpack(">14xII", _read(file, 22))
    return Header(width, height)


def read_ico(file: BinaryIO) -> Header:
    """The largest of its pictures, which is the one that is decoded."""
    (count,) = struct.unpack("<4xH", _read(file, 6))
    sizes = []
    for _ in range(min(count, _MOST_CHUNKS)):
        width, height = struct.unpack("BB14x", _read(file, 16))
        sizes.append((width or _ICO_WHOLE, height or _ICO_WHOLE))
    if not sizes:
        raise DamagedError("empty")
    return Header(*max(sizes, key=lambda size: size[0] * size[1]))


def read_webp(file: BinaryIO) -> Header:
    """VP8, VP8L or VP8X, and the orientation of an EXIF chunk (RFC 9649, 2.5 to 2.7)."""
    _read(file, 12)
    size: tuple[int, int] | None = None
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            break
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        place = file.tell()
        if size is None:
            size = _webp_size(kind, _read(file, 10))
            if kind != b"VP8X":
                return Header(*size)
        if kind == b"EXIF":
            exif = file.read(min(length, _MOST_EXIF))
            return Header(*size, exif_orientation(exif.removeprefix(b"Exif\0\0")))
        file.seek(place + length + length % 2)
    if size is None:
        raise DamagedError("no size")
    return Header(*size)


def read_tiff(file: BinaryIO) -> Header:
    """The first directory, which may lie anywhere (TIFF 6.0, 2; BigTIFF is left to others)."""
    head = _read(file, 8)
    order = "<" if head.startswith(b"II") else ">"
    (version, place) = struct.unpack(f"{order}2xHI", head)
    if version != 42:
        raise DamagedError("BigTIFF")
    file.seek(place)
    count = file.read(2)
    # As if it stood right behind the header: entries point nowhere that is followed here.
    (number,) = struct.unpack(f"{order}H", count)
    block = head[:4] + struct.pack(f"{order}I", 8) + count + file.read(12 * number)
    values = {entry.tag: entry.value for entry in entries(block) if entry.is_number}
    if _WIDTH_TAG not in values or _HEIGHT_TAG not in values:
        raise DamagedError("no size")
    return Header(values[_WIDTH_TAG], values[_HEIGHT_TAG], exif_orientation(block))


def read_jpeg2000(file: BinaryIO) -> Header:
    """The code stream's size (ISO/IEC 15444-1, A.5.1), or the image header box (I.5.3.1)."""
    head = _read(file, 64)
    if head.startswith(b"\xff\x4f\xff\x51"):
        width, height, left, top = struct.unpack_from(">IIII", head, 8)
        return Header(width - left, height - top)
    file.seek(0)
    start = file.read(4096).find(b"ihdr")
    file.seek(start + 4)
    if start < 0:
        raise DamagedError("no ihdr")
    height, width = struct.unpack(">II", _read(file, 8))
    return Header(width, height)


def _webp_size(kind: bytes, data: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<6xHH", data)
        return width & 0x3FFF, height & 0x3FFF
    raise DamagedError("chunk")


def _read(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise DamagedError("cut")
    return data
