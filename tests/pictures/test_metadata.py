"""What did not travel is named."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.pictures.prepare import PillowPreparer
from tests.core.specs import real_spec
from tests.pictures import samples
from tests.pictures.samples import SECRET, chunk, segment

EXIF = segment(0xE1, b"Exif\0\0" + samples.exif())
XMP = b'http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="1">'


def changes(folder: Path, data: bytes) -> tuple[Change, ...]:
    path = folder / "picture"
    path.write_bytes(data)
    result = PillowPreparer(real_spec()).prepare(path)
    assert SECRET not in result.data
    return result.changes


def removed(names: str) -> Change:
    return Change(ChangeKind.METADATA_REMOVED, before=names)


GPS = Change(ChangeKind.GPS_REMOVED)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((EXIF,), (removed("EXIF"), GPS)),
        ((EXIF, EXIF, segment(0xFE, SECRET)), (removed("EXIF, comment"), GPS)),
        ((segment(0xE1, XMP),), (removed("XMP"), GPS)),
        ((segment(0xED, b"Photoshop 3.0\0" + SECRET),), (removed("IPTC"),)),
        ((segment(0xEB, b"JP\0\1" + SECRET),), (removed("C2PA"),)),
        ((segment(0xE0, b"JFXX\0\x10" + SECRET),), (removed("thumbnail"),)),
        ((segment(0xE7, SECRET),), (removed("other data"),)),
        ((SECRET,), (removed("other data"),)),
    ],
)
def test_jpeg(tmp_path: Path, parts: tuple[bytes, ...], wanted: tuple[Change, ...]) -> None:
    assert changes(tmp_path, samples.with_segments(samples.jpeg(), *parts)) == wanted


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (chunk(b"eXIf", samples.exif()), (removed("EXIF"), GPS)),
        (chunk(b"tEXt", b"Comment\0" + SECRET), (removed("text"),)),
        (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), (removed("XMP"), GPS)),
        (chunk(b"tEXt", b"Raw profile type exif\0" + SECRET), (removed("EXIF"),)),
        (chunk(b"tIME", bytes(7)), (removed("time"),)),
        (chunk(b"caBX", SECRET), (removed("C2PA"),)),
        (chunk(b"prVt", SECRET), (removed("other data"),)),
        (
            chunk(b"acTL", struct.pack(">II", 7, 0)) + chunk(b"fcTL", bytes(26)),
            (Change(ChangeKind.FIRST_FRAME, before=7),),
        ),
    ],
)
def test_png(tmp_path: Path, part: bytes, wanted: tuple[Change, ...]) -> None:
    assert changes(tmp_path, samples.with_chunks(samples.png(), part)) == wanted


def test_nothing_is_said_of_a_picture_alone(tmp_path: Path) -> None:
    assert changes(tmp_path, samples.png()) == ()
    assert changes(tmp_path, samples.jpeg()) == ()
    assert changes(tmp_path, samples.jpeg() + SECRET) == (removed("other data"),)


def test_phone_picture_with_others_behind_it(tmp_path: Path) -> None:
    data = io.BytesIO()
    first, second = samples.picture(), samples.picture("RGB", 24, 16)
    first.save(data, "MPO", save_all=True, append_images=[second, second])
    assert Change(ChangeKind.FIRST_FRAME, before=3) in changes(tmp_path, data.getvalue())
