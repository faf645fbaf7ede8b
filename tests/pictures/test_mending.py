"""Mended pictures: each cure alone, all together, and the model's own rules as their judge."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Severity, worst
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.pictures.probe import probe_bytes
from dreamina_desktop.pictures.size_limits import SizeLimits
from tests.core.specs import changed_spec, real_spec
from tests.pictures import samples
from tests.pictures.decode_to_end import decode_to_end
from tests.pictures.limits import limited
from tests.pictures.samples import SECRET, noise, picture

SPEC = real_spec()
MENDED = Recipe(mended=True)


def mended(
    path: Path, image: Image.Image | bytes, name: str, spec: ModelSpec = SPEC, **options: object
) -> PreparedPicture:
    """What is made of a picture saved in some format: something that the model takes."""
    file = path / "picture"
    if isinstance(image, bytes):
        file.write_bytes(image)
    else:
        image.save(file, name, **options)  # type: ignore[arg-type]
    result = PillowPreparer(spec).prepare(file, MENDED)
    assert worst(judge_picture(result.facts, spec)) is Severity.FITS
    assert decode_to_end(probe_bytes(result.data), result.data) == result.facts
    assert SECRET not in result.data
    return result


def opened(result: PreparedPicture) -> Image.Image:
    image = Image.open(io.BytesIO(result.data))
    image.load()
    return image


def kinds(result: PreparedPicture) -> list[ChangeKind]:
    return [change.kind for change in result.changes]


def test_what_fits_stays_as_it_is(tmp_path: Path) -> None:
    for data in (
        samples.png(picture("RGB", 400, 360)),
        samples.jpeg(picture("L", 400, 360)),
        samples.jpeg_turned(1, picture("RGB", 400, 360)),
    ):
        path = tmp_path / "picture"
        path.write_bytes(data)
        preparer = PillowPreparer(SPEC)
        assert preparer.prepare(path, MENDED) == preparer.prepare(path)


@pytest.mark.parametrize(
    ("name", "options", "wanted"),
    [
        ("WEBP", {"lossless": True}, "PNG"),
        ("WEBP", {}, "JPEG"),
        ("GIF", {}, "PNG"),
        ("BMP", {}, "PNG"),
        ("TIFF", {}, "PNG"),
        ("TIFF", {"compression": "jpeg"}, "PNG"),
        ("AVIF", {}, "JPEG"),
        ("JPEG2000", {}, "JPEG"),
        ("ICO", {"sizes": [(256, 256)]}, "PNG"),
    ],
)
def test_other_formats_are_converted(
    tmp_path: Path, name: str, options: dict[str, object], wanted: str
) -> None:
    side = 256 if name == "ICO" else 400
    result = mended(tmp_path, picture("RGB", side, side), name, **options)
    assert result.facts.format == wanted
    assert Change(ChangeKind.CONVERTED, name, wanted) in result.changes
    if name in ("BMP", "TIFF") and not options:
        assert opened(result).tobytes() == picture("RGB", side, side).tobytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_heic(tmp_path: Path, mode: str) -> None:
    image = picture(mode, 400, 361)
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=90)
    result = mended(tmp_path, file.getvalue(), "")
    wanted = "PNG" if mode == "RGBA" else "JPEG"
    assert (result.facts.format, result.facts.width, result.facts.height) == (wanted, 400, 361)
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image.convert("RGB"), mask=image.getchannel("A") if mode == "RGBA" else None)
    difference = ImageChops.difference(opened(result).convert("RGB"), ground).convert("L")
    assert sum(difference.tobytes()) / (400 * 361) < 4


def test_what_is_animated_is_its_first_frame(tmp_path: Path) -> None:
    first, second = picture("RGB", 400, 400), noise(400, 400)
    for name in ("WEBP", "GIF", "TIFF", "AVIF"):
        options = {"lossless": True} if name == "WEBP" else {}
        data = io.BytesIO()
        first.save(data, name, save_all=True, append_images=[second, first], **options)
        result = mended(tmp_path, data.getvalue(), "")
        assert Change(ChangeKind.FIRST_FRAME, before=3) in result.changes
        difference = ImageChops.difference(opened(result).convert("RGB"), first).convert("L")
        assert sum(difference.tobytes()) / 160_000 < 8


def test_too_large_is_scaled_down(tmp_path: Path) -> None:
    result = mended(tmp_path, picture("L", 6000, 3000), "JPEG")
    assert (result.facts.width, result.facts.height) == (4096, 2048)
    assert Change(ChangeKind.SHRUNK, "6000x3000", "4096x2048") in result.changes


@pytest.mark.parametrize(("width", "height"), [(320, 400), (640, 320), (100, 100)])
def test_too_small_is_enlarged_just_enough(tmp_path: Path, width: int, height: int) -> None:
    result = mended(tmp_path, picture("RGB", width, height), "PNG")
    assert min(result.facts.width, result.facts.height) == 321
    assert result.facts.width / result.facts.height == pytest.approx(width / height, abs=0.01)
    assert kinds(result) == [ChangeKind.ENLARGED]


def test_too_wide_loses_its_sides_alone(tmp_path: Path) -> None:
    image = picture("RGB", 1600, 400)
    result = mended(tmp_path, image, "PNG")
    left = (1600 - 1199) // 2
    assert opened(result).tobytes() == image.crop((left, 0, left + 1199, 400)).tobytes()
    assert result.changes == (Change(ChangeKind.CROPPED, "1600x400", "1199x400"),)


def test_too_tall_loses_top_and_bottom_alone(tmp_path: Path) -> None:
    assert opened(mended(tmp_path, picture("RGB", 400, 1600), "PNG")).size == (400, 1212)
    # The next row would make it 400/1213 < 0.33.
    assert 400 / 1212 > 0.33 > 400 / 1213


def test_too_many_bytes_become_a_jpeg_of_the_best_quality_that_fits(tmp_path: Path) -> None:
    image = noise(250, 225).resize((1000, 900))
    best = len(samples.jpeg(image, quality=90, subsampling=0, optimize=True))
    result = mended(tmp_path, image, "PNG", limited(file_bytes=best + 1))
    assert result.changes[0] == Change(ChangeKind.CONVERTED, "PNG", "JPEG")
    assert [change.after for change in result.changes] == ["JPEG", len(result.data), 90]
    assert len(result.data) == best
    less = mended(tmp_path, image, "PNG", limited(file_bytes=best))
    assert less.changes[-1] == Change(ChangeKind.QUALITY, after=89)


def test_what_no_quality_makes_small_enough_is_made_smaller(tmp_path: Path) -> None:
    spec = limited(file_bytes=100_000)
    result = mended(tmp_path, noise(900, 800), "JPEG", spec)
    assert result.facts.width < 900
    assert kinds(result) == [ChangeKind.SHRUNK, ChangeKind.RECOMPRESSED, ChangeKind.QUALITY]
    frame = Recipe(frame=Frame("16:9"))
    framed = PillowPreparer(spec).prepare(tmp_path / "picture", frame)
    assert worst(judge_picture(framed.facts, spec)) is Severity.FITS
    assert framed.facts.width % 30 == framed.facts.height % 17 == 0


@pytest.mark.parametrize("recipe", [MENDED, Recipe(frame=Frame("1:1"))])
def test_what_cannot_be_made_small_enough_is_refused_by_its_facts(
    tmp_path: Path, recipe: Recipe
) -> None:
    noise(500, 500).save(tmp_path / "a.png")
    spec = limited(file_bytes=1000)
    result = PillowPreparer(spec).prepare(tmp_path / "a.png", recipe)
    assert worst(judge_picture(result.facts, spec)) is Severity.REFUSED
    assert result.facts.bytes == len(result.data)


def test_everything_at_once(tmp_path: Path) -> None:
    result = mended(tmp_path, noise(5000, 1500), "TIFF")
    assert kinds(result) == [
        ChangeKind.CROPPED,
        ChangeKind.SHRUNK,
        ChangeKind.CONVERTED,
        ChangeKind.RECOMPRESSED,
        ChangeKind.QUALITY,
    ]


def test_a_changed_rule_changes_the_picture(tmp_path: Path) -> None:
    result = mended(tmp_path, picture("RGB", 800, 700), "PNG", limited(widest=500))
    assert result.facts.width == 500


def test_a_model_without_a_limit_on_bytes(tmp_path: Path) -> None:
    spec = changed_spec(
        lambda document: document["input_schema"]["properties"]["image_urls"]["validations"].pop(0)
    )
    assert mended(tmp_path, noise(1000, 900), "BMP", spec).facts.format == "PNG"
    assert mended(tmp_path, noise(300, 900), "WEBP", spec).changes[-1].after == 95


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "F", "I"])
def test_every_mode(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        values = b"".join((170 * x).to_bytes(2, "little") for x in range(360))
        image = Image.frombytes(mode, (360, 1), values).resize((360, 400), Image.Resampling.NEAREST)
    elif mode == "I":
        image = picture("L", 360, 400).convert("I").point(lambda value: value * 257)
    else:
        image = picture(mode, 360, 400)
    result = mended(tmp_path, image, "TIFF")
    shown = opened(result)
    assert shown.size == (360, 400)
    wanted = Image.new("RGB", shown.size, "white")
    if mode in ("I;16", "I", "F"):
        dark, bright = shown.convert("L").getextrema()
        assert bright - dark > 100
        return
    above = image.convert("RGBA")
    wanted.paste(above.convert("RGB"), mask=above.getchannel("A"))
    assert ImageChops.difference(shown.convert("RGB"), wanted).getbbox() is None


def test_orientation_of_other_formats(tmp_path: Path) -> None:
    image = picture("RGB", 330, 500)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010E] = SECRET.decode()
        exif.get_ifd(0x8825)[29] = SECRET.decode()
        png = tmp_path / "turned.png"
        png.write_bytes(samples.png_turned(orientation, image))
        by_png = opened(PillowPreparer(SPEC).prepare(png)).tobytes()
        for name, options in (("WEBP", {"lossless": True}), ("TIFF", {})):
            result = mended(tmp_path, image, name, exif=exif, **options)
            assert opened(result).tobytes() == by_png
            assert (ChangeKind.TURNED in kinds(result)) == (orientation > 1)
            assert ChangeKind.METADATA_REMOVED in kinds(result)
            # Pillow writes no places into a TIFF.
            assert (ChangeKind.GPS_REMOVED in kinds(result)) == (name == "WEBP")


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9000), st.integers(1, 9000))
def test_any_size_becomes_a_legal_one(width: int, height: int) -> None:
    limits = SizeLimits(SPEC)
    size = limits.cut(limits.scaled(limits.cut((width, height))))
    assert limits.is_legal(size)
    if limits.is_legal((width, height)):
        assert size == (width, height)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(1, 900),
    st.integers(1, 900),
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"]),
    st.sampled_from(["PNG", "JPEG", "TIFF"]),
    st.none()
    | st.builds(
        Frame,
        st.sampled_from([size.shape for size in SPEC.output_sizes]),
        st.sampled_from(list(Fill)),
        st.floats(0, 1),
        st.floats(0, 1),
        st.floats(1, 8),
    ),
)
def test_any_picture_comes_to_fit(
    tmp_path_factory: pytest.TempPathFactory,
    width: int,
    height: int,
    mode: str,
    name: str,
    frame: Frame | None,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any picture"
    image = picture(mode, width, height)
    if name == "JPEG" and mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    if name == "PNG" and mode == "CMYK":
        image = image.convert("RGB")
    image.save(path, name)
    result = PillowPreparer(SPEC).prepare(path, Recipe(mended=True, frame=frame))
    assert worst(judge_picture(result.facts, SPEC)) is Severity.FITS
    assert decode_to_end(probe_bytes(result.data), result.data) == result.facts
    if frame is not None:
        shape = next(size for size in SPEC.output_sizes if size.shape == frame.shape)
        assert result.facts.width * shape.height == result.facts.height * shape.width
