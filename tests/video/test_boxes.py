"""The walk over an MP4's boxes: exactly the file, with all that a clip needs."""

from __future__ import annotations

import io

import pytest

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.boxes import check_boxes, is_mp4
from tests.video.clips import box

FTYP, MOOV, MDAT = box(b"ftyp", b"isom"), box(b"moov", bytes(40)), box(b"mdat", bytes(70))


@pytest.mark.parametrize(
    "data",
    [
        FTYP + MOOV + MDAT,
        FTYP + MDAT + box(b"free") + MOOV,
        FTYP + MOOV + box(b"mdat", bytes(70), wide=True),
        FTYP + MOOV + b"\0\0\0\0mdat" + bytes(70),
        FTYP + MOOV + box(b"moof") + MDAT + box(b"\xa9too", b"")[:0],
    ],
)
def test_whole(data: bytes) -> None:
    assert is_mp4(data)
    check_boxes(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (FTYP + MOOV + MDAT[:-1], "boxes"),
        (FTYP + MOOV + MDAT + b"\0", "boxes"),
        (FTYP + MOOV + MDAT + b"<html>not a box", "boxes"),
        (FTYP + MOOV + MDAT + bytes(8), "boxes"),
        (FTYP + MOOV + b"\0\0\0\7mdat" + bytes(70), "boxes"),
        (FTYP + MOOV + b"\0\0\0\1mdat\0\0", "boxes"),
        (FTYP + MOOV + b"\0\0\0\1mdat" + (15).to_bytes(8, "big"), "boxes"),
        (FTYP + MOOV + b"\0\0\0\1mdat" + b"\xff" * 8, "boxes"),
        (FTYP + MOOV, "no mdat"),
        (FTYP + MDAT, "no moov"),
        (MOOV + MDAT, "no ftyp"),
        (b"", "no ftyp"),
    ],
)
def test_broken(data: bytes, detail: str) -> None:
    with pytest.raises(ClipBrokenError) as caught:
        check_boxes(io.BytesIO(data))
    assert caught.value.detail == detail


def test_not_an_mp4() -> None:
    assert not is_mp4(b"\x1a\x45\xdf\xa3")
