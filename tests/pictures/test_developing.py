"""Pixels as they are meant: upright, 8 bits by rounding, and what is clear laid on a ground."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import get_sampling

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.probe import probe_bytes
from tests.pictures import samples
from tests.pictures.conftest import Prepare
from tests.pictures.samples import SECRET, chunk


def upright_pixels(data: bytes, orientation: int) -> tuple[str, tuple[int, int], bytes]:
    """What Pillow's own turning makes of a picture."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        shown = image.convert("RGBA") if image.mode == "P" else image
        shown.getexif()[0x0112] = orientation
        turned = ImageOps.exif_transpose(shown)
        return turned.mode, turned.size, turned.tobytes()


class TestUpright:
    @pytest.mark.parametrize("orientation", range(2, 9))
    @pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
    def test_png_loses_nothing(self, prepare: Prepare, mode: str, orientation: int) -> None:
        image = samples.picture(mode)
        result = prepare(samples.png_turned(orientation, image))
        _, size, wanted = upright_pixels(samples.png(image.convert("RGB")), orientation)
        with Image.open(io.BytesIO(result.data)) as sent:
            assert (sent.size, sent.convert("RGB").tobytes()) == (size, wanted)
        assert result.facts == replace(probe_bytes(result.data), decoded=True)
        assert Change(ChangeKind.TURNED, before=orientation) in result.changes

    @pytest.mark.parametrize("orientation", range(2, 9))
    @pytest.mark.parametrize("mode", ["L", "RGB"])
    @pytest.mark.parametrize("sampling", [0, 2])
    def test_jpeg(self, prepare: Prepare, mode: str, orientation: int, sampling: int) -> None:
        image = samples.picture(mode, 96, 64)
        data = samples.jpeg_turned(orientation, image, subsampling=sampling, comment=SECRET)
        result = prepare(data)
        got, wanted = samples.pixels(result.data), upright_pixels(data, orientation)
        assert got[:2] == wanted[:2]
        assert max(abs(a - b) for a, b in zip(got[2], wanted[2], strict=True)) < 40
        assert sum(abs(a - b) for a, b in zip(got[2], wanted[2], strict=True)) < 2 * len(got[2])
        with Image.open(io.BytesIO(result.data)) as sent:
            assert not {"icc_profile", "exif", "comment"} & set(sent.info)
            assert mode == "L" or get_sampling(sent) == sampling

    def test_quality_gives_way_only_to_the_limit(self, prepare: Prepare) -> None:
        data = samples.jpeg_turned(6, samples.noise(160, 120), subsampling=0)
        best = len(prepare(data).data)
        assert len(prepare(data, file_bytes=best + 1).data) == best
        assert len(data) < best
        assert len(prepare(data, file_bytes=best).data) < best
        # Too large before it was turned: nothing is gained by making it worse.
        assert len(prepare(data, file_bytes=1000).data) == best

    def test_png_is_packed_harder_only_for_the_limit(self, prepare: Prepare) -> None:
        image = samples.picture("RGB", 200, 200)
        data = samples.png_turned(6, image, compress_level=9)
        usual = prepare(data).data
        assert prepare(data, file_bytes=len(usual) + 1).data == usual
        packed = prepare(data, file_bytes=len(usual)).data
        assert len(packed) <= len(usual)
        assert samples.pixels(packed) == samples.pixels(usual)

    def test_what_is_far_too_large_is_not_encoded_to_be_refused(self, prepare: Prepare) -> None:
        data = samples.png_turned(6, Image.new("1", (4200, 400)))
        result = prepare(data)
        assert (result.data, result.changes) == (b"", ())
        assert (result.facts.width, result.facts.height) == (400, 4200)


class TestOnItsGround:
    @pytest.mark.parametrize(
        ("mode", "options"),
        [
            ("LA", {}),
            ("RGBA", {}),
            ("P", {"transparency": 3}),
            ("RGB", {"transparency": (255, 40, 0)}),
        ],
    )
    def test_transparency(self, prepare: Prepare, mode: str, options: dict[str, object]) -> None:
        data = samples.png(samples.picture(mode), **options)
        result = prepare(data, Recipe(ground="#3060a0"))
        with Image.open(io.BytesIO(data)) as image:
            above = image.convert("RGBA")
        wanted = Image.new("RGB", above.size, "#3060a0")
        wanted.paste(above.convert("RGB"), mask=above.getchannel("A"))
        assert samples.pixels(result.data) == ("RGB", above.size, wanted.tobytes())
        assert result.changes == (Change(ChangeKind.FLATTENED, after="#3060a0"),)

    def test_transparent_sample_of_few_bits(self, prepare: Prepare) -> None:
        result = prepare(samples.raw_png(4, 1, 2, 0, b"\0\x1b", chunk(b"tRNS", b"\0\2")))
        with Image.open(io.BytesIO(result.data)) as image:
            assert [image.getpixel((x, 0))[0] for x in range(4)] == [0, 85, 255, 255]


class TestSixteenBits:
    @pytest.mark.parametrize(("colour", "bands"), [(0, 1), (2, 3), (4, 2), (6, 4)])
    def test_rounded(self, prepare: Prepare, colour: int, bands: int) -> None:
        values = [(index * 7919) % 65536 for index in range(64 * 40 * bands)]
        if bands in (2, 4):
            values[bands - 1 :: bands] = [65535] * (64 * 40)
        line = struct.Struct(f">{64 * bands}H")
        rows = b"".join(
            b"\0" + line.pack(*values[start : start + 64 * bands])
            for start in range(0, len(values), 64 * bands)
        )
        result = prepare(samples.raw_png(64, 40, 16, colour, rows))
        wanted = [(value + 128) // 257 for value in values]
        if bands in (2, 4):
            del wanted[bands - 1 :: bands]
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.tobytes() == bytes(wanted)
        assert result.changes == (Change(ChangeKind.BITS_REDUCED, 16, 8),)

    @pytest.mark.parametrize(("colour", "hidden"), [(0, (300,)), (2, (4096, 300, 65535))])
    def test_only_exactly_the_transparent_one_is(
        self, prepare: Prepare, colour: int, hidden: tuple[int, ...]
    ) -> None:
        nearly = (*hidden[:-1], hidden[-1] - 1)
        line = b"\0" + struct.pack(f">{2 * len(hidden)}H", *hidden, *nearly)
        tint = struct.pack(f">{len(hidden)}H", *hidden)
        data = samples.raw_png(2, 1, 16, colour, line, chunk(b"tRNS", tint))
        result = prepare(data, Recipe(ground="#0000ff"))
        with Image.open(io.BytesIO(result.data)) as image:
            assert image.getpixel((0, 0)) == (0, 0, 255)
            assert image.getpixel((1, 0)) != (0, 0, 255)
