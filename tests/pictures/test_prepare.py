"""What travels: the same pixels, upright, and not one byte about who took them, or where."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Frame, Recipe
from dreamina_desktop.pictures import picture_file
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.pictures.probe import probe_bytes
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.core.specs import real_spec
from tests.pictures import samples
from tests.pictures.conftest import AS_IT_IS, Prepare
from tests.pictures.samples import SECRET, chunk, segment

SPEC = real_spec()
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"


class TestByteForByte:
    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
    def test_png(self, prepare: Prepare, mode: str) -> None:
        data = samples.png(samples.picture(mode), dpi=(72, 144))
        result = prepare(data)
        assert result == PreparedPicture(
            data,
            "image/png",
            hashlib.sha256(data).hexdigest(),
            PictureFacts("PNG", 48, 32, len(data), decoded=True),
            unchanged=True,
        )

    @pytest.mark.parametrize("mode", ["LA", "RGBA"])
    def test_opacity_that_hides_nothing(self, prepare: Prepare, mode: str) -> None:
        image = samples.picture().convert(mode)
        assert prepare(samples.png(image)).unchanged

    @pytest.mark.parametrize("mode", ["L", "RGB"])
    @pytest.mark.parametrize("progressive", [False, True])
    def test_jpeg(self, prepare: Prepare, mode: str, progressive: bool) -> None:
        data = samples.jpeg(
            samples.picture(mode),
            progressive=progressive,
            dpi=(72, 144),
            restart_marker_blocks=3,
        )
        result = prepare(data)
        assert result.unchanged
        assert result.media_type == "image/jpeg"
        assert result.facts == PictureFacts("JPEG", 48, 32, len(data), decoded=True)

    @pytest.mark.parametrize("orientation", [None, 0, 1, 9, 77])
    def test_nothing_to_turn(self, prepare: Prepare, orientation: int | None) -> None:
        data = samples.jpeg()
        turned = samples.with_segments(data, segment(0xE1, b"Exif\0\0" + samples.exif(orientation)))
        assert prepare(turned).data == data

    def test_sample_loses_its_date_alone(self) -> None:
        path = resource(SAMPLE_PICTURE)
        original = path.read_bytes()
        place = original.find(b"tIME")
        clean = original if place < 0 else original[: place - 4] + original[place + 15 :]
        result = PillowPreparer(SPEC).prepare(path)
        assert result.data == clean
        assert result.facts == PictureFacts("PNG", 600, 400, len(clean), decoded=True)


JPEG_SECRETS = {
    "exif": segment(0xE1, b"Exif\0\0" + samples.exif()),
    "exif, second": segment(0xE1, b"Exif\0\0" + samples.exif()) * 2,
    "xmp": segment(0xE1, XMP),
    "xmp, extended": segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET),
    "iptc": segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + SECRET),
    "comment": segment(0xFE, SECRET),
    "flashpix": segment(0xE2, b"FPXR\0" + SECRET),
    "index of further pictures": segment(0xE2, b"MPF\0" + SECRET),
    "thumbnail": segment(0xE0, b"JFXX\0\x10" + SECRET),
    "too short for JFIF": segment(0xE0, b"JFIF\0" + b"\1\2\0"),
    "too short for Adobe": segment(0xEE, b"Adobe"),
    "longer than Adobe's": segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + SECRET),
    "maker's own": segment(0xE7, SECRET) + segment(0xEF, SECRET) + segment(0xEB, SECRET),
    "reserved": segment(0xF5, SECRET),
    "between segments": SECRET,
}


class TestStrippedJpeg:
    @pytest.mark.parametrize("place", JPEG_SECRETS)
    @pytest.mark.parametrize("progressive", [False, True])
    def test_every_place(self, prepare: Prepare, place: str, progressive: bool) -> None:
        data = samples.jpeg(progressive=progressive)
        result = prepare(samples.with_segments(data, JPEG_SECRETS[place]))
        if place == "longer than Adobe's":
            data = samples.with_segments(data, segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"))
        assert result.data == data

    def test_thumbnail_inside_jfif(self, prepare: Prepare) -> None:
        data = samples.jpeg()
        jfif = segment(0xE0, data[6:18] + b"\1\7" + SECRET)
        assert prepare(data[:2] + jfif + data[20:]).data == data

    def test_behind_the_end(self, prepare: Prepare) -> None:
        data = samples.jpeg()
        assert prepare(data + SECRET).data == data

    def test_between_scans(self, prepare: Prepare) -> None:
        data = samples.jpeg(progressive=True)
        scan = data.rindex(b"\xff\xda")
        assert prepare(data[:scan] + segment(0xFE, SECRET) + data[scan:]).data == data

    def test_fill_bytes_before_markers(self, prepare: Prepare) -> None:
        data = samples.jpeg()
        scan = data.index(b"\xff\xda")
        filled = data[:scan] + b"\xff\xff" + data[scan:-2] + b"\xff" + data[-2:]
        assert prepare(filled).data == data

    def test_second_picture_of_a_phone(self, prepare: Prepare) -> None:
        file = io.BytesIO()
        second = samples.picture("RGB", 24, 16)
        samples.picture().save(file, "MPO", save_all=True, append_images=[second])
        result = prepare(file.getvalue())
        assert result.data.count(b"\xff\xd8\xff") == 1
        assert b"MPF" not in result.data
        assert result.media_type == "image/jpeg"
        assert samples.pixels(result.data) == samples.pixels(file.getvalue())


PNG_SECRETS = {
    "text": chunk(b"tEXt", b"Comment\0" + SECRET),
    "text, packed": chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SECRET)),
    "xmp": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET),
    "raw profile": chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 9\n" + SECRET),
    "exif": chunk(b"eXIf", samples.exif()),
    "date": chunk(b"tIME", b"\x07\xdd\x08\x05\x0e\x0f\x22"),
    "private": chunk(b"prVt", SECRET),
    "content credentials": chunk(b"caBX", SECRET),
    "wrong checksum": chunk(b"tEXt", b"a\0" + SECRET)[:-4] + b"????",
    "animation": chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fdAT", SECRET),
}


class TestStrippedPng:
    @pytest.mark.parametrize("place", PNG_SECRETS)
    @pytest.mark.parametrize("before", [b"IDAT", b"IEND"])
    def test_every_place(self, prepare: Prepare, place: str, before: bytes) -> None:
        data = samples.png(samples.picture("P"), dpi=(72, 72))
        result = prepare(samples.with_chunks(data, PNG_SECRETS[place], before=before))
        assert result.data == data

    def test_behind_the_end(self, prepare: Prepare) -> None:
        data = samples.png()
        assert prepare(data + SECRET).data == data


class TestView:
    @pytest.mark.parametrize(
        "data",
        [
            samples.png(),
            samples.jpeg(),
            samples.png_turned(6),
            samples.jpeg_turned(5),
            samples.png(samples.picture("RGBA")),
            samples.png(samples.picture("I;16")),
            samples.jpeg(samples.picture("CMYK")),
        ],
    )
    def test_is_what_the_bytes_decode_to(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "picture"
        path.write_bytes(data)
        for recipe in (AS_IT_IS, Recipe(mended=True), Recipe(frame=Frame("16:9"))):
            result = PillowPreparer(SPEC).prepare(path, recipe, 4096)
            with Image.open(io.BytesIO(result.data)) as image:
                wanted = image.convert("RGB")
            view = result.view
            assert view is not None
            assert not view.has_alpha
            assert ((view.width, view.height), view.pixels) == (wanted.size, wanted.tobytes())
            small = PillowPreparer(SPEC).prepare(path, recipe, 20).view
            assert max(small.width, small.height) == 20
            assert len(small.pixels) == 3 * small.width * small.height
            assert PillowPreparer(SPEC).prepare(path, recipe).view is None

    def test_other_formats_are_shown_and_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "picture"
        samples.picture().save(path, "WEBP", lossless=True)
        result = PillowPreparer(SPEC).prepare(path, longest=100)
        assert (result.facts.format, result.facts.decoded, result.data) == ("WEBP", True, b"")
        assert result.view.pixels == samples.picture().tobytes()
        path.write_bytes(path.read_bytes()[:-30])
        broken = PillowPreparer(SPEC).prepare(path, longest=100)
        assert (broken.view, broken.facts.decoded) == (None, False)


def test_steps_are_told_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(samples.png())
    told: list[Step] = []
    PillowPreparer(SPEC).prepare(path, Recipe(mended=True), progress=told.append)
    assert told == list(Step)
    told.clear()
    PillowPreparer(SPEC).prepare(path, progress=told.append)
    assert told == [Step.READING, Step.CONVERTING]


class TestRefused:
    @pytest.mark.parametrize(
        "data",
        [samples.jpeg()[:-50], samples.png()[:-50], samples.jpeg_turned(6)[:-50], b"\xff\xd8\xff"],
    )
    def test_damaged(self, prepare: Prepare, data: bytes) -> None:
        for recipe in (AS_IT_IS, Recipe(mended=True), Recipe(frame=Frame("1:1"))):
            result = prepare(data, recipe)
            assert result.facts == replace(probe_bytes(data), decoded=False)
            assert (result.data, result.changes) == (b"", ())

    def test_other_format(self, prepare: Prepare) -> None:
        file = io.BytesIO()
        samples.picture().save(file, "WEBP")
        result = prepare(file.getvalue())
        assert result.facts == PictureFacts("WEBP", 48, 32, len(file.getvalue()))
        assert (result.media_type, result.data) == ("application/octet-stream", b"")

    def test_too_many_pixels_come_back_undecoded(self, prepare: Prepare) -> None:
        data = samples.raw_png(60_000, 60_000, 8, 2, b"")
        assert prepare(data).facts == PictureFacts("PNG", 60_000, 60_000, len(data))

    def test_file_too_large_to_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "large.png"
        with path.open("wb") as sparse:
            sparse.write(samples.png())
            sparse.truncate(picture_file.MOST_BYTES_READ + 1)
        result = PillowPreparer(SPEC).prepare(path)
        assert result.facts == PictureFacts("PNG", 48, 32, picture_file.MOST_BYTES_READ + 1)
        assert (result.data, result.unchanged) == (b"", False)

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(PictureMissingError):
            PillowPreparer(SPEC).prepare(tmp_path)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        (
            samples.with_segments(samples.jpeg_turned(6), *JPEG_SECRETS.values()),
            samples.with_segments(samples.jpeg(progressive=True), *JPEG_SECRETS.values()),
            samples.with_chunks(samples.png_turned(7), *PNG_SECRETS.values(), before=b"IEND"),
            samples.png(samples.picture("I;16")),
        )
    ),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=5),
    st.integers(0, 5000),
)
def test_what_is_sent_of_a_damaged_file_is_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    seed: bytes,
    changes: list[tuple[int, int]],
    length: int,
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    path = tmp_path_factory.getbasetemp() / "mutated"
    path.write_bytes(data[:length] if length > 500 else data)
    result = PillowPreparer(SPEC).prepare(path)
    assert result.sha256 == hashlib.sha256(result.data).hexdigest()
    if result.facts.decoded:
        assert SECRET not in result.data
        assert result.facts == replace(probe_bytes(result.data), decoded=True)
        assert samples.pixels(result.data)[1] == (result.facts.width, result.facts.height)
