"""What travels: the same pixels, upright, and not one byte about who took them, or where."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.pictures import picture_file
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.pictures.probe import probe_bytes
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.pictures import samples
from tests.pictures.samples import SECRET, chunk, segment

type Prepare = Callable[..., PreparedPicture]

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def prepared(data: bytes, byte_limit: int | None = None) -> PreparedPicture:
        path = tmp_path / "picture"
        path.write_bytes(data)
        result = PillowPreparer(byte_limit).prepare(path)
        assert result.sha256 == hashlib.sha256(result.data).hexdigest()
        assert result.unchanged == (result.data == data)
        assert SECRET not in result.data or result.facts.decoded is not True
        return result

    return prepared


def upright_pixels(data: bytes, orientation: int) -> tuple[str, tuple[int, int], bytes]:
    """What Pillow's own turning makes of a picture."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        shown = image.convert("RGBA") if image.mode == "P" else image
        shown.getexif()[0x0112] = orientation
        turned = ImageOps.exif_transpose(shown)
        return turned.mode, turned.size, turned.tobytes()


class TestByteForByte:
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_png(self, prepare: Prepare, mode: str) -> None:
        data = samples.png(samples.picture(mode), icc_profile=PROFILE, dpi=(72, 144))
        result = prepare(data)
        assert result == PreparedPicture(
            data,
            "image/png",
            hashlib.sha256(data).hexdigest(),
            PictureFacts("PNG", 48, 32, len(data), decoded=True),
            unchanged=True,
        )

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("progressive", [False, True])
    def test_jpeg(self, prepare: Prepare, mode: str, progressive: bool) -> None:
        data = samples.jpeg(
            samples.picture(mode),
            progressive=progressive,
            icc_profile=PROFILE * 40,
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
        result = PillowPreparer().prepare(path)
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
        data = samples.jpeg(progressive=progressive, icc_profile=PROFILE)
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
        data = samples.png(samples.picture("P"), icc_profile=PROFILE, dpi=(72, 72), transparency=3)
        result = prepare(samples.with_chunks(data, PNG_SECRETS[place], before=before))
        assert result.data == data

    def test_behind_the_end(self, prepare: Prepare) -> None:
        data = samples.png()
        assert prepare(data + SECRET).data == data


class TestUpright:
    @pytest.mark.parametrize("orientation", range(2, 9))
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_png_loses_nothing(self, prepare: Prepare, mode: str, orientation: int) -> None:
        image = samples.picture(mode)
        data = samples.png_turned(orientation, image)
        result = prepare(data)
        assert samples.pixels(result.data) == upright_pixels(samples.png(image), orientation)
        assert result.facts == replace(probe_bytes(result.data), decoded=True)
        assert (result.facts.width, result.facts.height) == upright_pixels(data, orientation)[1]

    @pytest.mark.parametrize("orientation", range(2, 9))
    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("sampling", [0, 1, 2])
    def test_jpeg(self, prepare: Prepare, mode: str, orientation: int, sampling: int) -> None:
        data = samples.jpeg_turned(
            orientation,
            samples.picture(mode, 96, 64),
            subsampling=sampling,
            icc_profile=PROFILE,
            comment=SECRET,
        )
        result = prepare(data)
        got, wanted = samples.pixels(result.data), upright_pixels(data, orientation)
        assert got[:2] == wanted[:2]
        worst = max(abs(a - b) for a, b in zip(got[2], wanted[2], strict=True))
        assert worst < 40
        assert sum(abs(a - b) for a, b in zip(got[2], wanted[2], strict=True)) < 2 * len(got[2])
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.info["icc_profile"] == PROFILE
            assert "exif" not in image.info

    def test_png_keeps_what_its_colours_mean(self, prepare: Prepare) -> None:
        density = chunk(b"pHYs", struct.pack(">IIB", 1000, 2000, 1))
        gamma, bits = chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"sBIT", bytes((8, 8, 8)))
        data = samples.with_chunks(samples.png_turned(6, icc_profile=PROFILE), density, gamma, bits)
        result = prepare(data)
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.info["icc_profile"] == PROFILE
            assert image.info["gamma"] == pytest.approx(0.45455)
        assert chunk(b"pHYs", struct.pack(">IIB", 2000, 1000, 1)) in result.data
        assert density in prepare(data.replace(*_turned_from(6, 3))).data

    def test_sixteen_bits_a_sample_do_not_turn_white(self, prepare: Prepare) -> None:
        lines = [[(4096 * x, 300, 65535 - 9000 * y) for x in range(3)] for y in range(2)]
        rows = b"".join(
            b"\0" + b"".join(struct.pack(">HHH", *sample) for sample in line) for line in lines
        )
        hidden = chunk(b"tRNS", struct.pack(">HHH", 4096, 300, 65535))
        turned = chunk(b"eXIf", samples.exif(3))
        result = prepare(samples.raw_png(3, 2, 16, 2, rows, hidden, turned))
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.getpixel((0, 0)) == (32, 1, (65535 - 9000) >> 8)
            assert image.info["transparency"] == (16, 1, 255)

    def test_transparent_sample_of_few_bits(self, prepare: Prepare) -> None:
        hidden, turned = chunk(b"tRNS", b"\0\2"), chunk(b"eXIf", samples.exif(2))
        result = prepare(samples.raw_png(4, 1, 2, 0, b"\0\x1b", hidden, turned))
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.tobytes() == bytes((255, 170, 85, 0))
            assert image.info["transparency"] == 170

    def test_palette_with_transparency(self, prepare: Prepare) -> None:
        image = samples.picture("P")
        data = samples.png_turned(5, image, transparency=bytes((0, 128)))
        plain = samples.png(image, transparency=bytes((0, 128)))
        assert samples.pixels(prepare(data).data) == upright_pixels(plain, 5)

    def test_quality_gives_way_only_to_the_limit(self, prepare: Prepare) -> None:
        data = samples.jpeg_turned(6, samples.noise(160, 120), subsampling=0)
        best = len(prepare(data).data)
        assert len(prepare(data, byte_limit=best + 1).data) == best
        plain = len(data)
        assert plain < best
        fitting = prepare(data, byte_limit=best)
        assert len(fitting.data) < best
        # Too large before it was turned: nothing is gained by making it worse.
        assert len(prepare(data, byte_limit=1000).data) == best
        small = samples.jpeg_turned(6, samples.noise(160, 120), subsampling=0, quality=40)
        least = prepare(small, byte_limit=len(small))
        assert len(small) < len(least.data) < best

    def test_png_is_packed_harder_only_for_the_limit(self, prepare: Prepare) -> None:
        image = samples.picture("RGB", 200, 200)
        data = samples.png_turned(6, image, compress_level=9)
        usual = prepare(data).data
        assert prepare(data, byte_limit=len(usual) + 1).data == usual
        packed = prepare(data, byte_limit=len(usual)).data
        assert len(packed) <= len(usual)
        assert samples.pixels(packed) == samples.pixels(usual)


def _turned_from(before: int, after: int) -> tuple[bytes, bytes]:
    return chunk(b"eXIf", samples.exif(before)), chunk(b"eXIf", samples.exif(after))


class TestRefused:
    @pytest.mark.parametrize(
        "data",
        [samples.jpeg()[:-50], samples.png()[:-50], samples.jpeg_turned(6)[:-50], b"\xff\xd8\xff"],
    )
    def test_damaged_comes_back_as_it_is(self, prepare: Prepare, data: bytes) -> None:
        result = prepare(data)
        assert result.facts.decoded is False
        assert result.data == data

    def test_other_format_comes_back_as_it_is(self, prepare: Prepare) -> None:
        file = io.BytesIO()
        samples.picture().save(file, "WEBP")
        result = prepare(file.getvalue())
        assert result.facts == PictureFacts("WEBP", 48, 32, len(file.getvalue()))
        assert (result.media_type, result.unchanged) == ("application/octet-stream", True)

    def test_too_many_pixels_come_back_undecoded(self, prepare: Prepare) -> None:
        data = samples.raw_png(60_000, 60_000, 8, 2, b"")
        assert prepare(data).facts == PictureFacts("PNG", 60_000, 60_000, len(data))

    def test_file_too_large_to_be_read(self, tmp_path: Path) -> None:
        path = tmp_path / "large.png"
        with path.open("wb") as sparse:
            sparse.write(samples.png())
            sparse.truncate(picture_file.MOST_BYTES_READ + 1)
        result = PillowPreparer().prepare(path)
        assert result.facts == PictureFacts("PNG", 48, 32, picture_file.MOST_BYTES_READ + 1)
        assert (result.data, result.unchanged) == (b"", False)

    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(PictureMissingError):
            PillowPreparer().prepare(tmp_path)


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
    result = PillowPreparer().prepare(path)
    assert result.sha256 == hashlib.sha256(result.data).hexdigest()
    if result.facts.decoded:
        assert SECRET not in result.data
        assert result.facts == replace(probe_bytes(result.data), decoded=True)
        assert samples.pixels(result.data)[1] == (result.facts.width, result.facts.height)
