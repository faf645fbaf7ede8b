"""Colours by numbers: what is sent lies beside what an engine of another make computes."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import product
from pathlib import Path

import pytest
from coloraide import Color
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace, QImage

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.prepare import PillowPreparer
from tests.core.specs import real_spec
from tests.pictures import samples
from tests.pictures.cmyk_profile import cmyk_profile
from tests.pictures.samples import chunk

SPEC = real_spec()
MOST = 1.5
SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
PATCH, ACROSS = 16, 25
LEVELS = (0, 36, 73, 109, 146, 182, 219, 255)
RGB_COLOURS = [*product(LEVELS, repeat=3), *((v, v, v) for v in range(0, 256, 3))]
INKS = list(product((0, 64, 128, 191, 255), repeat=4))


def profile_of(name: str) -> bytes:
    space = QColorSpace(getattr(QColorSpace.NamedColorSpace, name))
    return bytes(space.iccProfile().data())


def patches(mode: str, colours: list[tuple[int, ...]]) -> Image.Image:
    """A square of each colour, in rows; the rest is the last one."""
    image = Image.new(mode, (ACROSS * PATCH, -(-len(colours) // ACROSS) * PATCH), colours[-1])
    for number, colour in enumerate(colours):
        left, top = number % ACROSS * PATCH, number // ACROSS * PATCH
        image.paste(colour, (left, top, left + PATCH, top + PATCH))
    return image


def sent_colours(data: bytes, count: int) -> list[tuple[int, ...]]:
    with Image.open(io.BytesIO(data)) as image:
        assert "icc_profile" not in image.info
        plain = image.convert("RGB")
    half = PATCH // 2
    return [
        plain.getpixel((n % ACROSS * PATCH + half, n // ACROSS * PATCH + half))
        for n in range(count)
    ]


def by_qt(
    colours: list[tuple[int, ...]], profile: bytes, kind: QImage.Format
) -> list[tuple[int, ...]]:
    if kind is QImage.Format.Format_RGBA64:
        packed = b"".join(struct.pack("=4H", *colour, 65535) for colour in colours)
    else:
        packed = b"".join(bytes(colour) for colour in colours)
    line = QImage(packed, len(colours), 1, len(packed), kind)
    line.setColorSpace(QColorSpace.fromIccProfile(profile))
    done = line.convertedToColorSpace(SRGB, QImage.Format.Format_RGBX64)
    assert not done.isNull()
    plain = done.convertToFormat(QImage.Format.Format_RGB888)
    flat = bytes(plain.constBits())
    return [tuple(flat[3 * n : 3 * n + 3]) for n in range(len(colours))]


def farthest(got: list[tuple[int, ...]], wanted: list[tuple[int, ...]]) -> float:
    pairs = set(zip(got, wanted, strict=True))
    differences = (_colour(a).delta_e(_colour(b), method="2000") for a, b in pairs if a != b)
    return max(differences, default=0.0)


def _colour(rgb: tuple[int, ...]) -> Color:
    return Color("srgb", [value / 255 for value in rgb])


def sent(folder: Path, data: bytes, *, mended: bool = False) -> PreparedPicture:
    path = folder / "picture"
    path.write_bytes(data)
    return PillowPreparer(SPEC).prepare(path, Recipe(mended=mended))


@pytest.mark.parametrize("name", ["DisplayP3", "AdobeRgb", "ProPhotoRgb"])
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_wide_gamut(tmp_path: Path, name: str, form: str) -> None:
    profile = profile_of(name)
    image = patches("RGB", RGB_COLOURS)
    if form == "PNG":
        data = samples.png(image, icc_profile=profile)
    else:
        data = samples.jpeg(image, icc_profile=profile, quality=100, subsampling=0)
    result = sent(tmp_path, data)
    kinds = [change.kind for change in result.changes]
    assert kinds[0] is ChangeKind.COLOUR_CONVERTED
    assert result.changes[0].after == "sRGB"
    assert result.changes[0].before
    got = sent_colours(result.data, len(RGB_COLOURS))
    if form == "JPEG":
        # What JPEG itself makes of colours is not the conversion's.
        stored = sent_colours(_without_profile(data), len(RGB_COLOURS))
        again = samples.jpeg(
            patches("RGB", by_qt(stored, profile, QImage.Format.Format_RGB888)),
            quality=95,
            subsampling=0,
        )
        wanted = sent_colours(again, len(RGB_COLOURS))
    else:
        wanted = by_qt(RGB_COLOURS, profile, QImage.Format.Format_RGB888)
    assert farthest(got, wanted) <= MOST
    # Leaving the profile out would be seen.
    assert farthest(RGB_COLOURS, wanted) > 4


def test_opacity_survives_the_conversion(tmp_path: Path) -> None:
    image = patches("RGB", RGB_COLOURS)
    image.putalpha(255)
    image.putpixel((0, 0), (0, 0, 0, 0))
    profile = profile_of("DisplayP3")
    result = sent(tmp_path, samples.png(image, icc_profile=profile))
    wanted = by_qt(RGB_COLOURS, profile, QImage.Format.Format_RGB888)
    assert farthest(sent_colours(result.data, len(RGB_COLOURS)), wanted) <= MOST
    assert [change.kind for change in result.changes] == [
        ChangeKind.COLOUR_CONVERTED,
        ChangeKind.FLATTENED,
    ]


def test_inks(tmp_path: Path) -> None:
    file = io.BytesIO()
    patches("CMYK", INKS).save(file, "TIFF", icc_profile=cmyk_profile())
    result = sent(tmp_path, file.getvalue(), mended=True)
    assert result.facts.format == "PNG"
    assert Change(ChangeKind.COLOUR_CONVERTED, "Inks", "sRGB") in result.changes
    wanted = by_qt(INKS, cmyk_profile(), QImage.Format.Format_CMYK8888)
    assert farthest(sent_colours(result.data, len(INKS)), wanted) <= MOST


@pytest.mark.parametrize("name", ["SRgb", "DisplayP3"])
@pytest.mark.parametrize("form", ["PNG", "TIFF", "TIFF, packed"])
def test_ramps_of_sixteen_bits(tmp_path: Path, name: str, form: str) -> None:
    steps = [65535 * step // 399 for step in range(400)]
    rows = [
        [(v, v, v) for v in steps],
        [(v, 65535 - v, 20000) for v in steps],
        [(v, 0, v // 2) for v in steps],
    ]
    profile = profile_of(name)
    if form == "PNG":
        data = _sixteen_bit_png(rows, profile)
    else:
        data = _sixteen_bit_tiff(rows, profile, packed=form != "TIFF")
    result = sent(tmp_path, data, mended=True)
    assert Change(ChangeKind.BITS_REDUCED, 16, 8) in result.changes
    with Image.open(io.BytesIO(result.data)) as image:
        assert image.size == (400, 360)
        for place, row in enumerate(rows):
            got = [image.getpixel((x, place * 120 + 60)) for x in range(400)]
            wanted = by_qt(row, profile, QImage.Format.Format_RGBA64)
            assert farthest(got, wanted) <= MOST


def _sixteen_bit_png(rows: list[list[tuple[int, int, int]]], profile: bytes) -> bytes:
    lines = [b"\0" + b"".join(struct.pack(">3H", *pixel) for pixel in row) for row in rows]
    embedded = chunk(b"iCCP", b"p\0\0" + zlib.compress(profile))
    pixels = b"".join(line for line in lines for _ in range(120))
    return samples.raw_png(400, 360, 16, 2, pixels, embedded)


def _sixteen_bit_tiff(
    rows: list[list[tuple[int, int, int]]], profile: bytes, *, packed: bool
) -> bytes:
    """Pillow writes none: one strip, little-endian (TIFF 6.0)."""
    lines = [b"".join(struct.pack("<3H", *pixel) for pixel in row) for row in rows]
    strip = b"".join(line for line in lines for _ in range(120))
    strip = zlib.compress(strip) if packed else strip
    place = 8
    bits, colours, pixels = place, place + 6, place + 6 + len(profile)
    tags = [
        (256, 3, 1, 400),
        (257, 3, 1, 360),
        (258, 3, 3, bits),
        (259, 3, 1, 8 if packed else 1),
        (262, 3, 1, 2),
        (273, 4, 1, pixels),
        (277, 3, 1, 3),
        (278, 3, 1, 360),
        (279, 4, 1, len(strip)),
        (34675, 7, len(profile), colours),
    ]
    body = struct.pack("<3H", 16, 16, 16) + profile + strip
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<I", 8 + len(body)) + body + directory + bytes(4)


def _without_profile(data: bytes) -> bytes:
    start = data.index(b"\xff\xe2")
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start] + data[start + 2 + length :]


class TestWhatIsLeftAlone:
    def test_srgb_by_any_name(self, tmp_path: Path) -> None:
        for profile in (
            profile_of("SRgb"),
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ):
            for make in (samples.png, samples.jpeg):
                result = sent(tmp_path, make(icc_profile=profile))
                # The samples stay; the profile may hold anything, and says nothing new.
                assert result.data == make()
                gone = Change(ChangeKind.METADATA_REMOVED, before="colour profile")
                assert result.changes == (gone,)

    def test_a_profile_that_nobody_can_use(self, tmp_path: Path) -> None:
        for profile, image in (
            (b"nonsense", samples.picture()),
            (profile_of("SRgb")[:200], samples.picture()),
            (cmyk_profile(), samples.picture()),
        ):
            result = sent(tmp_path, samples.jpeg(image, icc_profile=profile))
            assert result.data == samples.jpeg(image)
            assert result.changes == (Change(ChangeKind.COLOUR_GUESSED, before="RGB"),)

    def test_inks_without_a_profile_are_guessed(self, tmp_path: Path) -> None:
        for profile in (None, b"nonsense"):
            data = samples.jpeg(samples.picture("CMYK"), icc_profile=profile)
            result = sent(tmp_path, data)
            assert result.changes[0] == Change(ChangeKind.COLOUR_GUESSED, before="CMYK")
            assert samples.pixels(result.data)[0] == "RGB"


class TestPngWithoutAProfile:
    def check(self, folder: Path, chunks: bytes, name: str) -> None:
        data = samples.with_chunks(samples.png(patches("RGB", RGB_COLOURS)), chunks)
        wanted = by_qt(RGB_COLOURS, profile_of(name), QImage.Format.Format_RGB888)
        assert farthest(sent_colours(sent(folder, data).data, len(RGB_COLOURS)), wanted) <= MOST

    def test_code_points(self, tmp_path: Path) -> None:
        self.check(tmp_path, chunk(b"cICP", bytes((12, 13, 0, 1))), "DisplayP3")

    def test_primaries_and_gamma(self, tmp_path: Path) -> None:
        adobe = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
        primaries = chunk(b"cHRM", struct.pack(">8I", *adobe))
        gamma = chunk(b"gAMA", struct.pack(">I", 45470))
        self.check(tmp_path, primaries + gamma, "AdobeRgb")
        self.check(tmp_path, primaries + gamma + chunk(b"sRGB", b"\0"), "SRgb")
        self.check(tmp_path, chunk(b"gAMA", struct.pack(">I", 100_000)), "SRgbLinear")

    @pytest.mark.parametrize(
        "chunks",
        [
            chunk(b"sRGB", b"\0"),
            chunk(b"gAMA", struct.pack(">I", 45455)),
            chunk(b"gAMA", struct.pack(">I", 0)),
            chunk(b"gAMA", b"\1"),
            chunk(b"gAMA", struct.pack(">I", 45455))
            + chunk(
                b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
            ),
            chunk(b"cICP", bytes((1, 13, 0, 1))) + chunk(b"iCCP", b"p\0\0never read"),
        ],
    )
    def test_srgb(self, tmp_path: Path, chunks: bytes) -> None:
        result = sent(tmp_path, samples.with_chunks(samples.png(), chunks))
        assert samples.pixels(result.data) == samples.pixels(samples.png())
        assert {change.kind for change in result.changes} <= {ChangeKind.METADATA_REMOVED}

    @pytest.mark.parametrize(
        "chunks",
        [chunk(b"cHRM", bytes(32)), chunk(b"iCCP", b"x\0\0garbage"), chunk(b"cHRM", b"\xff" * 32)],
    )
    def test_nonsense(self, tmp_path: Path, chunks: bytes) -> None:
        result = sent(tmp_path, samples.with_chunks(samples.png(), chunks))
        assert samples.pixels(result.data) == samples.pixels(samples.png())

    def test_grey(self, tmp_path: Path) -> None:
        image = samples.picture("L")
        linear = chunk(b"gAMA", struct.pack(">I", 100_000))
        result = sent(tmp_path, samples.with_chunks(samples.png(image), linear))
        mode, _, pixels = samples.pixels(result.data)
        assert mode == "L"
        for before, after in zip(image.tobytes(), pixels, strict=True):
            light = before / 255
            shown = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
            assert abs(after - 255 * shown) <= 1.5


def test_lab_is_converted(tmp_path: Path) -> None:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = samples.picture("RGB", 400, 360)
    transform = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
    file = io.BytesIO()
    ImageCms.applyTransform(image, transform).save(file, "TIFF")
    result = sent(tmp_path, file.getvalue(), mended=True)
    assert Change(ChangeKind.COLOUR_CONVERTED, "LAB", "sRGB") in result.changes
    got = samples.pixels(result.data)[2]
    assert sum(abs(a - b) for a, b in zip(got, image.tobytes(), strict=True)) < 2 * len(got)
