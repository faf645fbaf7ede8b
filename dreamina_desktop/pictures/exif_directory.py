"""The first directory of a TIFF block, which is what EXIF is: its tags, without following any."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SHORT, LONG = 3, 4
_PLACE_TAG = 0x8825
_PICTURES_TAG = 0xB001


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag. ``value`` is a whole number of type ``SHORT`` or ``LONG``, else where it lies."""

    tag: int
    type: int
    value: int

    @property
    def is_number(self) -> bool:
        return self.type in (SHORT, LONG)


def entries(block: bytes) -> Iterator[Entry]:
    """What the first directory of ``block`` lists (EXIF 2.3, 4.6.2).

    Never raises: a damaged block lists nothing, or ends early.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return
    try:
        (directory,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, directory)
        for place in range(directory + 2, directory + 2 + 12 * count, 12):
            tag, kind, _ = struct.unpack_from(f"{order}HHI", block, place)
            width = "H" if kind == SHORT else "I"
            (value,) = struct.unpack_from(f"{order}{width}", block, place + 8)
            yield Entry(tag, kind, value)
    except struct.error:
        return


def tells_place(exif: bytes) -> bool:
    """Whether there is a directory of where the picture was taken."""
    return any(entry.tag == _PLACE_TAG for entry in entries(exif))


def number_of_pictures(index: bytes) -> int:
    """How many pictures a multi-picture index names (CIPA DC-007, 5.2.3.2); 1 when none."""
    counts = [one.value for one in entries(index) if one.tag == _PICTURES_TAG and one.is_number]
    return max(counts, default=1)
