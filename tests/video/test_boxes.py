"""The walk over an MP4's boxes: exactly the file, with all that a clip needs."""

from __future__ import annotations

import io

import pytest

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.boxes import check_boxes, check_samples, is_mp4
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


def sizes(each: int, count: int) -> bytes:
    return box(b"stsz", bytes(4) + each.to_bytes(4, "big") + count.to_bytes(4, "big"))


def track(content: bytes) -> bytes:
    for kind in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        content = box(b"free") + box(kind, content)
    return box(b"ftyp", b"isom") + content


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1a\x45\xdf\xa3 no MP4 at all",
        track(b""),
        track(sizes(0, 1_000_000)),
        track(sizes(1, 241)),
        # Uncompressed sound that is there.
        track(sizes(1, 1_000_001)) + box(b"mdat", bytes(1_000_001)),
        # Behind what is cut off there is nothing to be read.
        track(box(b"stts", bytes(8)) + sizes(0, 5))[:-9],
    ],
)
def test_samples_that_there_may_be(data: bytes) -> None:
    check_samples(io.BytesIO(data))


@pytest.mark.parametrize(
    "data",
    [
        track(sizes(0, 1_000_001)),
        track(sizes(1, 1_000_001)),
        track(sizes(2, 1_000_001)) + box(b"mdat", bytes(1_000_001)),
        track(box(b"udta", sizes(0, 0xFFFF_FFFF))),
        box(b"mdat", b"x") + track(sizes(9, 0xFFFF_FFFF)),
    ],
)
def test_samples_that_there_cannot_be(data: bytes) -> None:
    with pytest.raises(ClipBrokenError, match="too many frames"):
        check_samples(io.BytesIO(data))


def around(*kinds: bytes) -> bytes:
    content = sizes(0, 1_000_001)
    for kind in reversed(kinds):
        content = box(kind, content)
    return FTYP + content


@pytest.mark.parametrize(
    "data",
    [
        # Containers out of which FFmpeg reads boxes of all kinds.
        *(around(b"moov", b"trak", kind) for kind in (b"edts", b"mvex", b"wave", b"ilst", b"meta")),
        around(b"moof", b"traf"),
        around(b"free"),
        FTYP + box(b"moov", box(b"stsz", sizes(0, 1_000_001)[8:], wide=True)),
        FTYP + box(b"moov", box(b"stz2", bytes(7) + b"\4" + (1_000_001).to_bytes(4, "big"))),
        # Samples of which all is said elsewhere take no room here.
        FTYP + box(b"moof", box(b"trun", bytes(4) + (1_000_001).to_bytes(4, "big"))),
        box(b"\1\2\3\4") + track(sizes(0, 1_000_001)),
    ],
)
def test_no_container_hides_a_table(data: bytes) -> None:
    with pytest.raises(ClipBrokenError, match="too many frames"):
        check_samples(io.BytesIO(data))


@pytest.mark.parametrize("over", range(-1, 5))
def test_nor_does_the_end_of_what_is_read_at_once(over: int) -> None:
    data = box(b"moov", bytes((1 << 20) - 16 - over) + sizes(0, 1_000_001))
    with pytest.raises(ClipBrokenError, match="too many frames"):
        check_samples(io.BytesIO(data))


def test_what_lies_in_the_media_is_no_table() -> None:
    for media in (box(b"mdat", sizes(0, 1_000_001)), box(b"mdat", sizes(0, 1_000_001), wide=True)):
        check_samples(io.BytesIO(FTYP + media + track(sizes(0, 5))))


def test_compressed_boxes_are_refused() -> None:
    with pytest.raises(ClipBrokenError, match="boxes"):
        check_samples(io.BytesIO(FTYP + box(b"moov", box(b"cmov", bytes(40)))))


def test_more_boxes_than_anybody_needs() -> None:
    check_samples(io.BytesIO(9_000 * box(b"free")))
    with pytest.raises(ClipBrokenError, match="boxes"):
        check_samples(io.BytesIO(10_001 * box(b"free")))
    check_samples(io.BytesIO(track(10_000 * sizes(0, 5))))
    with pytest.raises(ClipBrokenError, match="boxes"):
        check_samples(io.BytesIO(track(10_001 * sizes(0, 5))))
