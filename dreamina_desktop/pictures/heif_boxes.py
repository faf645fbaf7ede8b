"""The header of a HEIF or AVIF file, from its boxes alone (ISO/IEC 23008-12 and 14496-12).

No decoder is needed, or trusted, to tell a picture's size and which way up it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_orientation import UPRIGHT
from dreamina_desktop.pictures.header import Header

# The boxes that describe a picture come early; what follows is its data.
_MOST_BOXES = 1000
_MOST_META = 2**22
# What an EXIF orientation becomes by a quarter turn anticlockwise, or by a mirror. The first axis
# makes top and bottom change places, the second left and right.
_TURNED = {1: 8, 2: 5, 3: 6, 4: 7, 5: 4, 6: 1, 7: 2, 8: 3}
_MIRRORED = (
    {1: 4, 2: 3, 3: 2, 4: 1, 5: 8, 6: 7, 7: 6, 8: 5},
    {1: 2, 2: 1, 3: 4, 4: 3, 5: 6, 6: 5, 7: 8, 8: 7},
)


def read_header(file: BinaryIO) -> Header:
    """Size and orientation of the primary picture. Raises DamagedError where none is told."""
    try:
        return _header(_meta(file))
    except (struct.error, IndexError) as error:
        raise DamagedError("meta") from error


def _meta(file: BinaryIO) -> bytes:
    """What is in the box "meta", without its version and flags."""
    place = 0
    for _ in range(_MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        start = 8
        if length == 1:
            length, start = int.from_bytes(head[8:16], "big"), 16
        if kind == b"meta":
            file.seek(place + start)
            return file.read(min(length - start if length else _MOST_META, _MOST_META))[4:]
        if length < start:
            break
        place += length
    raise DamagedError("no meta")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if length == 0:
            length = len(data) - place
        if length < 8:
            return
        yield kind, data[place + 8 : place + length]
        place += length


def _header(meta: bytes) -> Header:
    found = dict(reversed(list(_boxes(meta))))
    primary = _primary(found[b"pitm"]) if b"pitm" in found else 0
    sorted_out = dict(reversed(list(_boxes(found.get(b"iprp", b"")))))
    properties = list(_boxes(sorted_out.get(b"ipco", b"")))
    size, orientation = None, UPRIGHT
    for number in _properties_of(primary, sorted_out.get(b"ipma", b"")):
        if not 1 <= number <= len(properties):
            continue
        kind, data = properties[number - 1]
        if kind == b"ispe":
            size = struct.unpack_from(">II", data, 4)
        elif kind == b"irot":
            for _ in range(data[0] & 3):
                orientation = _TURNED[orientation]
        elif kind == b"imir":
            orientation = _MIRRORED[data[0] & 1][orientation]
        elif kind == b"clap":
            # The part that is to be seen, as two fractions: coding pads to whole blocks.
            across, across_of, down, down_of = struct.unpack_from(">4I", data)
            if across_of and down_of:
                size = across // across_of, down // down_of
    if size is None:
        raise DamagedError("no ispe")
    return Header(size[0], size[1], orientation)


def _primary(box: bytes) -> int:
    return int(struct.unpack_from(">H" if box[0] == 0 else ">I", box, 4)[0])


def _properties_of(item: int, box: bytes) -> Iterator[int]:
    """The numbers, from 1, of an item's properties, in the order in which they apply."""
    if not box:
        return
    version, is_wide = box[0], box[3] & 1
    (count,) = struct.unpack_from(">I", box, 4)
    place = 8
    for _ in range(min(count, len(box))):
        (name,) = struct.unpack_from(">H" if version == 0 else ">I", box, place)
        place += 2 if version == 0 else 4
        number_of = box[place]
        place += 1
        for _ in range(number_of):
            if is_wide:
                (number,) = struct.unpack_from(">H", box, place)
                number &= 0x7FFF
            else:
                number = box[place] & 0x7F
            place += 2 if is_wide else 1
            if name == item:
                yield number
