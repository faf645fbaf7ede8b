"""Copies that fit: each cure alone, all together, and the model's own rules as their judge."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, worst
from dreamina_desktop.pictures import fit
from dreamina_desktop.pictures.fit import NotFittableError, cures_that_help, fitted_copy
from dreamina_desktop.pictures.probe import decode_to_end, probe_bytes
from tests.core.specs import changed_spec, real_spec
from tests.pictures.samples import SECRET, jpeg_turned, noise, picture

SPEC = real_spec()


def saved(folder: Path, image: Image.Image, name: str, **options: object) -> Path:
    path = folder / name
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def taken(data: bytes, spec: ModelSpec = SPEC) -> PictureFacts:
    """The facts of a copy that the model takes."""
    facts = decode_to_end(probe_bytes(data), data)
    assert worst(judge_picture(facts, spec)) is Severity.FITS
    assert facts.decoded
    return facts


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("name", "options", "wanted"),
    [
        ("a.webp", {"lossless": True}, ".jpg"),
        ("a.gif", {}, ".png"),
        ("a.bmp", {}, ".png"),
        ("a.tiff", {}, ".png"),
        ("a.avif", {}, ".jpg"),
    ],
)
def test_other_formats_are_converted(
    tmp_path: Path, name: str, options: dict[str, object], wanted: str
) -> None:
    path = saved(tmp_path, picture(width=400, height=360), name, **options)
    before = path.read_bytes()
    copy = fitted_copy(path, SPEC)
    facts = taken(copy.data)
    assert (facts.width, facts.height) == (400, 360)
    assert copy.suffix == wanted
    assert path.read_bytes() == before


def test_lossless_pictures_stay_as_they_are(tmp_path: Path) -> None:
    image = picture(width=400, height=360)
    copy = fitted_copy(saved(tmp_path, image, "a.bmp"), SPEC)
    assert opened(copy.data).convert("RGB").tobytes() == image.tobytes()


def test_too_large_is_scaled_down(tmp_path: Path) -> None:
    facts = taken(fitted_copy(saved(tmp_path, picture("L", 6000, 3000), "a.jpg"), SPEC).data)
    assert (facts.width, facts.height) == (4096, 2048)


@pytest.mark.parametrize(("width", "height"), [(320, 400), (640, 320), (100, 100)])
def test_too_small_is_enlarged_just_enough(tmp_path: Path, width: int, height: int) -> None:
    facts = taken(fitted_copy(saved(tmp_path, picture("RGB", width, height), "a.png"), SPEC).data)
    assert min(facts.width, facts.height) == 321
    assert facts.width / facts.height == pytest.approx(width / height, abs=0.01)


def test_too_wide_loses_its_sides_alone(tmp_path: Path) -> None:
    image = picture("RGB", 1600, 400)
    copy = opened(fitted_copy(saved(tmp_path, image, "a.png"), SPEC).data)
    assert copy.size == (1199, 400)
    left = (1600 - 1199) // 2
    assert copy.convert("RGB").tobytes() == image.crop((left, 0, left + 1199, 400)).tobytes()


def test_too_tall_loses_top_and_bottom_alone(tmp_path: Path) -> None:
    copy = opened(fitted_copy(saved(tmp_path, picture("RGB", 400, 1600), "a.png"), SPEC).data)
    assert copy.size == (400, 1212)
    # The next row would make it 400/1213 < 0.33.
    assert 400 / 1212 > 0.33 > 400 / 1213


def test_too_many_bytes_become_a_jpeg_of_the_best_quality_that_fits(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(1500, 1400), "a.png")
    assert path.stat().st_size > SPEC.byte_limit()
    copy = fitted_copy(path, SPEC)
    facts = taken(copy.data)
    assert (facts.width, facts.height, copy.suffix) == (1500, 1400, ".jpg")


def test_a_png_a_little_too_large_is_packed_harder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = picture("RGB", 700, 700)
    path = saved(tmp_path, image, "a.png", compress_level=1)
    quick = len(fit._saved(image, "PNG"))
    hard = len(fit._saved(image, "PNG", optimize=True))
    assert hard < quick
    monkeypatch.setattr(fit, "_byte_limit", lambda _: (hard + quick) // 2)
    copy = fitted_copy(path, SPEC)
    assert copy.suffix == ".png"
    assert opened(copy.data).tobytes() == image.tobytes()


def test_what_no_quality_makes_small_enough_is_made_smaller(tmp_path: Path) -> None:
    spec = changed_spec(
        lambda document: document["input_schema"]["properties"]["image_urls"]["validations"][
            0
        ].update(validation_value=0.1)
    )
    facts = taken(fitted_copy(saved(tmp_path, noise(900, 800), "a.jpg"), spec).data, spec)
    assert facts.bytes < 100_000
    assert facts.width < 900


def test_what_cannot_be_made_small_enough_is_said_so(tmp_path: Path) -> None:
    spec = changed_spec(
        lambda document: document["input_schema"]["properties"]["image_urls"]["validations"][
            0
        ].update(validation_value=0.001)
    )
    with pytest.raises(NotFittableError):
        fitted_copy(saved(tmp_path, noise(500, 500), "a.jpg"), spec)


def test_everything_at_once(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(5000, 1500), "a.tiff")
    facts = taken(fitted_copy(path, SPEC).data)
    assert facts.width / facts.height < 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 7000), st.integers(1, 7000))
def test_any_size_becomes_a_legal_one(width: int, height: int) -> None:
    image = Image.new("L", (width, height))
    fitted = fit.cropped(fit.scaled_into(fit.cropped(image, SPEC), SPEC), SPEC)
    facts = PictureFacts("PNG", fitted.width, fitted.height, 1000)
    assert worst(judge_picture(facts, SPEC)) is Severity.FITS


def test_a_changed_rule_changes_the_copy(tmp_path: Path) -> None:
    def smaller(document: dict[str, object]) -> None:
        rules = document["input_schema"]["properties"]["image_urls"]["validations"]  # type: ignore[index]
        rules[1]["validation_value"] = 500

    spec = changed_spec(smaller)
    facts = taken(fitted_copy(saved(tmp_path, picture("RGB", 800, 700), "a.png"), spec).data, spec)
    assert facts.width == 500


def test_transparency_stays_where_it_can_and_is_white_where_not(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (400, 400), (255, 0, 0, 0))
    kept = opened(fitted_copy(saved(tmp_path, clear, "a.webp"), SPEC).data)
    assert kept.getpixel((5, 5))[3] == 0  # type: ignore[index]
    flat = fit.flattened(clear)
    assert flat.getpixel((5, 5)) == (255, 255, 255)
    grey = Image.new("LA", (4, 4), (10, 0))
    assert fit.flattened(grey).mode == "L"
    assert fit.flattened(grey).getpixel((1, 1)) == 255
    palette = clear.convert("RGB").quantize(2)
    path = saved(tmp_path, palette, "a.gif", transparency=0)
    assert opened(fitted_copy(path, SPEC).data).mode == "RGBA"


@pytest.mark.parametrize(("mode", "value"), [("RGB", (9, 9, 9)), ("L", 9)])
def test_one_transparent_colour(tmp_path: Path, mode: str, value: tuple[int, ...] | int) -> None:
    image = Image.new(mode, (400, 400), value)
    path = saved(tmp_path, image, "a.png", transparency=value)
    copy = opened(fitted_copy(path, SPEC).data)
    assert copy.convert("RGBA").getpixel((5, 5)) == (9, 9, 9, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_looks_the_same(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        rows = (struct.pack("<H", 170 * x) for _ in range(400) for x in range(360))
        image = Image.frombytes("I;16", (360, 400), b"".join(rows))
    else:
        image = picture("L" if mode == "1" else mode, 360, 400).convert(mode)
    copy = opened(fitted_copy(saved(tmp_path, image, "a.png"), SPEC).data)
    assert copy.size == (360, 400)
    if mode == "I;16":
        # 16 bits are scaled, not clipped to white.
        dark, bright = copy.convert("L").getextrema()
        assert bright - dark > 100
    else:
        shown, wanted = copy.convert("RGBA"), image.convert("RGBA")
        assert shown.tobytes() == wanted.tobytes()


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    image = Image.new("CMYK", (4200, 2000), (0, 0, 0, 0))
    image.info["icc_profile"] = b"of another colour model"
    path = saved(tmp_path, image, "a.jpg", icc_profile=b"x" * 200)
    copy = opened(fitted_copy(path, SPEC).data)
    assert copy.mode == "RGB"
    assert "icc_profile" not in copy.info


def test_the_copy_is_upright_without_secrets_and_in_its_colours(tmp_path: Path) -> None:
    image = picture("RGB", 330, 500)
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg_turned(6, image, icc_profile=b"a profile of colours"))
    tall = changed_spec(
        lambda document: document["input_schema"]["properties"]["image_urls"]["validations"][
            1
        ].update(validation_value=400)
    )
    copy = fitted_copy(path, tall)
    assert SECRET not in copy.data
    shown = opened(copy.data)
    assert shown.width == 400
    assert shown.width > shown.height
    assert shown.info["icc_profile"] == b"a profile of colours"


def test_a_phones_jpeg_with_more_behind_it_is_a_jpeg(tmp_path: Path) -> None:
    first, second = noise(400, 400), picture("RGB", 400, 400)
    path = saved(tmp_path, first, "a.jpg", format="MPO", save_all=True, append_images=[second])
    assert fitted_copy(path, SPEC).suffix == ".jpg"


def test_what_is_no_picture_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PictureMissingError):
        fitted_copy(tmp_path / "nowhere.png", SPEC)
    text = tmp_path / "a.png"
    text.write_text("no picture")
    with pytest.raises(NotFittableError):
        fitted_copy(text, SPEC)


def test_too_many_pixels_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, picture(), "a.png")
    monkeypatch.setattr(fit, "MOST_PIXELS_FITTED", 100)
    with pytest.raises(NotFittableError):
        fitted_copy(path, SPEC)


@pytest.mark.parametrize(
    ("facts", "cures"),
    [
        (PictureFacts("PNG", 400, 400, 1000), ()),
        (PictureFacts("WEBP", 400, 400, 1000), (Cure.CONVERT,)),
        (PictureFacts("PNG", 5000, 5000, 1000), (Cure.SHRINK,)),
        (PictureFacts("PNG", 320, 400, 1000), (Cure.ENLARGE,)),
        (PictureFacts("PNG", 400, 400, 4_700_000), (Cure.RECOMPRESS,)),
        (PictureFacts("PNG", 1200, 400, 1000), (Cure.CROP,)),
        (
            PictureFacts("BMP", 9000, 100, 9_000_000),
            (Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.CONVERT, Cure.RECOMPRESS),
        ),
        # One refusal that stays is one too many.
        (PictureFacts("PNG", 5000, 5000, 1000, decoded=False), ()),
        (PictureFacts("", 0, 0, 1000), ()),
        (PictureFacts("HEIF", 0, 0, 1000), ()),
        (PictureFacts("BMP", 20000, 20000, 1000), ()),
    ],
)
def test_the_cures_that_help(facts: PictureFacts, cures: tuple[Cure, ...]) -> None:
    assert cures_that_help(facts, SPEC) == cures


def test_a_model_without_a_limit_on_bytes(tmp_path: Path) -> None:
    spec = changed_spec(
        lambda document: document["input_schema"]["properties"]["image_urls"]["validations"].pop(0)
    )
    copy = fitted_copy(saved(tmp_path, noise(1500, 1400), "a.bmp"), spec)
    assert copy.suffix == ".png"
