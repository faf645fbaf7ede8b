"""Sizes told without a decoder are those that the decoders find."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.pictures.probe import probe_bytes
from tests.pictures.samples import picture


def saved(image: Image.Image, name: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, name, **options)  # type: ignore[arg-type]
    return file.getvalue()


def psd(width: int, height: int) -> bytes:
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, height, width, 8, 3)
    return head + bytes(12) + b"\0\0" + bytes(3 * width * height)


@pytest.mark.parametrize("size", [(1, 1), (48, 32), (33, 257), (300, 2)])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("WEBP", {"lossless": True}),
        ("WEBP", {}),
        ("WEBP", {"exif": Image.Exif(), "icc_profile": b"x" * 99}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("JPEG2000", {}),
        ("JPEG2000", {"no_jp2": True}),
        ("AVIF", {}),
        ("PSD", {}),
    ],
)
def test_as_the_decoder_finds_it(
    name: str, options: dict[str, object], size: tuple[int, int]
) -> None:
    data = (
        psd(*size)
        if name == "PSD"
        else saved(picture("RGB", 300, 300).resize(size), name, **options)
    )
    facts = probe_bytes(data)
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert (facts.format, facts.width, facts.height) == (name, *image.size)
    assert (facts.width, facts.height) == size


def test_webp_with_opacity_and_animation() -> None:
    frames = [picture("RGBA", 50, 40), picture("RGBA", 50, 40).rotate(90)]
    data = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert (probe_bytes(data).width, probe_bytes(data).height) == (50, 40)


def test_ico_is_its_largest_picture() -> None:
    data = saved(picture("RGB", 300, 300), "ICO", sizes=[(16, 16), (256, 256), (48, 48)])
    assert probe_bytes(data).width == 256
    assert probe_bytes(b"\0\0\1\0\1\0").width == 0


def test_other_headers_of_bmp() -> None:
    old = b"BM" + bytes(12) + struct.pack("<IHH", 12, 70, 50) + bytes(20)
    assert (probe_bytes(old).width, probe_bytes(old).height) == (70, 50)
    upside_down = bytearray(saved(picture(), "BMP"))
    upside_down[22:26] = struct.pack("<i", -32)
    assert probe_bytes(bytes(upside_down)).height == 32


def test_tiff_of_the_other_order_and_without_a_size() -> None:
    entries = ((256, 3, 60 << 16), (257, 4, 40), (274, 3, 6 << 16))
    rows = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries)
    facts = probe_bytes(b"MM\0*" + struct.pack(">IH", 8, 3) + rows + bytes(4))
    assert (facts.width, facts.height) == (40, 60)
    assert probe_bytes(b"MM\0*" + struct.pack(">IH", 8, 2) + rows[12:] + bytes(4)).width == 0
    assert probe_bytes(b"MM\0+" + bytes(60)).width == 0


def test_what_tells_no_size() -> None:
    for data in (
        b"RIFF\0\0\0\0WEBP",
        b"RIFF\0\0\0\0WEBPABCD" + bytes(30),
        b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(80),
    ):
        assert (probe_bytes(data).width, probe_bytes(data).decoded) == (0, None)


SEEDS = [
    saved(picture(), name) for name in ("WEBP", "GIF", "BMP", "TIFF", "JPEG2000", "AVIF", "ICO")
] + [psd(9, 9)]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
    st.integers(0, 600),
)
def test_no_damage_raises(seed: bytes, changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    for damaged in (bytes(data), bytes(data[:length])):
        facts = probe_bytes(damaged)
        assert facts.bytes == len(damaged)
        assert facts.width >= 0
