"""Headers of HEIF and AVIF: as libheif and Pillow find them."""

from __future__ import annotations

import io
import struct

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.pictures import heif_boxes
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.probe import probe_bytes
from tests.pictures.samples import picture


def avif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture("RGB", 64, 40).save(file, "AVIF", exif=exif)
    return file.getvalue()


def heic(*pictures: Image.Image) -> bytes:
    first, *others = pictures
    file = pillow_heif.from_pillow(first)
    for other in others:
        file.add_from_pillow(other)
    data = io.BytesIO()
    file.save(data, quality=50)
    return data.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_and_mirrored(orientation: int) -> None:
    header = heif_boxes.read_header(io.BytesIO(avif(orientation)))
    assert (header.width, header.height, header.orientation) == (64, 40, orientation)


@pytest.mark.parametrize("size", [(64, 64), (65, 33), (200, 7), (321, 400)])
def test_size_is_that_of_the_part_to_be_seen(size: tuple[int, int]) -> None:
    data = heic(picture("RGB", *size))
    assert pillow_heif.open_heif(io.BytesIO(data)).size == size
    facts = probe_bytes(data)
    assert (facts.format, facts.width, facts.height) == ("HEIF", *size)


def test_primary_picture_of_several() -> None:
    data = heic(picture("RGB", 64, 64), picture("RGB", 128, 100))
    file = pillow_heif.open_heif(io.BytesIO(data))
    assert probe_bytes(data).width == file[file.primary_index].size[0]


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(data), kind) + data


def made(*properties: bytes, links: bytes, version: int = 0) -> bytes:
    """A file of nothing but what tells the size; 16-bit links where ``version`` is 1."""
    name = struct.pack(">H" if version == 0 else ">I", 1)
    pitm = box(b"pitm", bytes((version, 0, 0, 0)) + name)
    ipma = bytes((version, 0, 0, version)) + struct.pack(">I", 1) + name
    ipma += bytes((len(links) // (1 + version),)) + links
    iprp = box(b"iprp", box(b"ipco", b"".join(properties)) + box(b"ipma", ipma))
    meta = bytes(4) + pitm + iprp
    return box(b"ftyp", b"heic\0\0\0\0") + struct.pack(">I4sQ", 1, b"meta", 16 + len(meta)) + meta


ISPE = box(b"ispe", struct.pack(">4xII", 30, 20))


def test_wide_links_and_long_boxes() -> None:
    turned = box(b"irot", b"\1")
    data = made(ISPE, turned, links=b"\0\1\x80\2", version=1)
    header = heif_boxes.read_header(io.BytesIO(data))
    assert (header.upright_size, header.orientation) == ((20, 30), 8)


def test_mirror_before_turn() -> None:
    data = made(ISPE, box(b"imir", b"\1"), box(b"irot", b"\1"), links=b"\1\2\3")
    assert heif_boxes.read_header(io.BytesIO(data)).orientation == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        box(b"ftyp", b"heic"),
        struct.pack(">I4s", 3, b"ftyp") + bytes(90),
        made(links=b"\1"),
        made(ISPE, links=b"\5"),
        made(ISPE, links=b""),
        made(box(b"ispe", b""), links=b"\1"),
        made(ISPE, box(b"clap", b"\0"), links=b"\1\2"),
        box(b"meta", bytes(4)),
        box(b"meta", bytes(4) + box(b"pitm", b"")),
    ],
)
def test_no_size(data: bytes) -> None:
    with pytest.raises(DamagedError):
        heif_boxes.read_header(io.BytesIO(data))


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6))
def test_damage_raises_nothing_else(changes: list[tuple[int, int]]) -> None:
    data = bytearray(DAMAGED)
    for place, value in changes:
        data[place % len(data)] = value
    assert probe_bytes(bytes(data)).width >= 0


DAMAGED = heic(picture())
