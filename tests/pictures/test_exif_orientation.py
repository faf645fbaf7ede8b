"""The orientation inside a TIFF block, in both byte orders; anything odd tells nothing."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.pictures.exif_orientation import exif_orientation, lies_on_its_side


def block(order: str, *entries: tuple[int, int, int]) -> bytes:
    head = b"II*\0" if order == "<" else b"MM\0*"
    body = b"".join(
        struct.pack(f"{order}HHIHH", tag, kind, 1, value, 0) for tag, kind, value in entries
    )
    return head + struct.pack(f"{order}IH", 8, len(entries)) + body + bytes(4)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_both_byte_orders(order: str, orientation: int) -> None:
    exif = block(order, (0x010F, 3, 7), (0x0112, 3, orientation))
    assert exif_orientation(exif) == orientation
    assert lies_on_its_side(orientation) == (orientation in (5, 6, 7, 8))


@pytest.mark.parametrize(
    "exif",
    [
        b"",
        b"II*\0",
        b"XX*\0" + bytes(20),
        block("<"),
        block("<", (0x0112, 3, 0)),
        block("<", (0x0112, 3, 9)),
        block("<", (0x0112, 4, 6)),
        block("<", (0x010F, 3, 6)),
        block("<", (0x0112, 3, 6))[:14],
        b"II*\0\xff\xff\xff\xff" + bytes(20),
    ],
)
def test_tells_nothing(exif: bytes) -> None:
    assert exif_orientation(exif) == 1


@given(st.binary(max_size=80))
def test_never_fails(tail: bytes) -> None:
    for head in (b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"):
        assert 1 <= exif_orientation(head + tail) <= 8
