"""Frames as pixels: those of ``Framer.cutout`` to the last one, bars, and legal sizes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.cutout import Framer
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.pictures.prepare import PillowPreparer
from tests.core.specs import real_spec
from tests.pictures.samples import noise, picture

SPEC = real_spec()
SHAPES = [size.shape for size in SPEC.output_sizes]


def sent(folder: Path, image: Image.Image, frame: Frame) -> tuple[Image.Image, PreparedPicture]:
    path = folder / "picture.png"
    image.save(path)
    result = PillowPreparer(SPEC).prepare(path, Recipe(frame=frame))
    shown = Image.open(io.BytesIO(result.data))
    shown.load()
    return shown, result


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("x", "y", "zoom"), [(0.5, 0.5, 1.0), (0.1, 0.8, 1.3), (1.0, 0.0, 1.9)])
def test_a_crop_is_the_cutout_to_the_pixel(
    tmp_path: Path, shape: str, x: float, y: float, zoom: float
) -> None:
    image = noise(1500, 1300)
    frame = Frame(shape, Fill.CROP, x, y, zoom)
    shown, result = sent(tmp_path, image, frame)
    cut = Framer(1500, 1300, SPEC.output_sizes).cutout(frame)
    box = cut.left, cut.top, cut.left + cut.width, cut.top + cut.height
    # Noise of that size stays lossless only where it is small enough.
    assert shown.size == (cut.width, cut.height)
    if shown.format == "PNG":
        assert shown.tobytes() == image.crop(box).tobytes()
    assert result.changes[0] == Change(ChangeKind.CROPPED, "1500x1300", f"{cut.width}x{cut.height}")


def test_a_crop_of_a_small_picture_is_lossless(tmp_path: Path) -> None:
    image = noise(800, 900)
    for shape in SHAPES:
        frame = Frame(shape)
        shown, result = sent(tmp_path, image, frame)
        cut = Framer(800, 900, SPEC.output_sizes).cutout(frame)
        box = cut.left, cut.top, cut.left + cut.width, cut.top + cut.height
        if cut.height > 320:
            assert shown.tobytes() == image.crop(box).tobytes()
            assert [change.kind for change in result.changes] == [ChangeKind.CROPPED]
        assert shown.format == "PNG"


def test_too_large_a_cutout_is_scaled_by_whole_steps(tmp_path: Path) -> None:
    shown, result = sent(tmp_path, picture("L", 6000, 5000), Frame("16:9"))
    assert shown.size == (136 * 30, 136 * 17)
    assert result.changes[1] == Change(ChangeKind.SHRUNK, "6000x3400", "4080x2312")


@pytest.mark.parametrize("size", [(3, 2), (40, 20), (300, 11)])
def test_too_small_a_picture_is_enlarged(tmp_path: Path, size: tuple[int, int]) -> None:
    for fill in Fill:
        shown, result = sent(tmp_path, picture("RGB", *size), Frame("21:9", fill))
        assert shown.width * 928 == shown.height * 2176
        assert shown.height > 320
        assert ChangeKind.ENLARGED in [change.kind for change in result.changes]


@pytest.mark.parametrize("fill", [Fill.BLUR, Fill.COLOUR])
def test_bars_leave_every_pixel_of_the_picture(tmp_path: Path, fill: Fill) -> None:
    image = noise(500, 900)
    frame = Frame("16:9", fill, colour="#204060")
    shown, result = sent(tmp_path, image, frame)
    cut = Framer(500, 900, SPEC.output_sizes).cutout(frame)
    assert shown.size == (cut.width, cut.height)
    left, top = -cut.left, -cut.top
    assert shown.crop((left, top, left + 500, top + 900)).tobytes() == image.tobytes()
    assert result.changes == (Change(ChangeKind.BARRED, "500x900", f"{cut.width}x{cut.height}"),)
    bar = shown.crop((0, 0, left, cut.height))
    if fill is Fill.COLOUR:
        assert bar.getcolors() == [(left * cut.height, (0x20, 0x40, 0x60))]
    else:
        # Out of focus: neighbours are alike, which in noise they are not.
        shifted = ImageChops.offset(bar, 1, 0).crop((1, 0, left, cut.height))
        difference = ImageChops.difference(bar.crop((1, 0, left, cut.height)), shifted)
        assert max(high for _, high in difference.getextrema()) < 12
        assert len(bar.getcolors(1 << 24) or ()) > 100


def test_bars_around_a_part_that_was_zoomed_into(tmp_path: Path) -> None:
    _, result = sent(tmp_path, noise(400, 900), Frame("16:9", Fill.COLOUR, zoom=2.0))
    assert [change.kind for change in result.changes] == [ChangeKind.CROPPED, ChangeKind.BARRED]


def test_grey_takes_coloured_bars(tmp_path: Path) -> None:
    shown, _ = sent(tmp_path, picture("L", 400, 900), Frame("1:1", Fill.COLOUR, colour="#ff0000"))
    assert shown.getpixel((0, 0)) == (255, 0, 0)


def test_a_shape_that_the_model_has_not(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        sent(tmp_path, picture(), Frame("5:4"))
