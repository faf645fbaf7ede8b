from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.framing import Crop, frame_picture
from tests.core.specs import real_spec

SIZES = real_spec().output_sizes


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [
        (2100, 900, "21:9"),
        (1920, 1080, "16:9"),
        (800, 600, "4:3"),
        (640, 640, "1:1"),
        (600, 800, "3:4"),
        (1080, 1920, "9:16"),
        (400, 1200, "9:16"),
        (1280, 427, "21:9"),
    ],
)
def test_nearest_shape(width: int, height: int, shape: str) -> None:
    assert frame_picture(width, height, SIZES).output.shape == shape


def test_a_picture_of_the_very_shape_loses_nothing() -> None:
    framing = frame_picture(1664, 1248, SIZES)
    assert framing.crop == Crop(0, 0, 1664, 1248)
    assert framing.lost == 0


def test_too_wide_keeps_the_full_height_too_tall_the_full_width() -> None:
    wide = frame_picture(1500, 1000, SIZES)
    assert (wide.output.shape, wide.crop.height, wide.crop.top) == ("4:3", 1000, 0)
    assert wide.crop.left == pytest.approx((1500 - 1000 * 4 / 3) / 2)
    tall = frame_picture(1000, 1100, SIZES)
    assert (tall.output.shape, tall.crop.width, tall.crop.left) == ("1:1", 1000, 0)
    assert tall.crop.top == pytest.approx(50)
    assert tall.lost == pytest.approx(1 - 1000 / 1100)


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_every_crop_is_centred_inside_and_of_the_shape(width: int, height: int) -> None:
    framing = frame_picture(width, height, SIZES)
    crop, size = framing.crop, framing.output
    assert math.isclose(crop.width / crop.height, size.width / size.height)
    assert math.isclose(crop.left * 2 + crop.width, width)
    assert math.isclose(crop.top * 2 + crop.height, height)
    assert crop.left >= 0
    assert crop.top >= 0
    assert 0 <= framing.lost < 1
    distance = {s.shape: abs(math.log(width * s.height / height / s.width)) for s in SIZES}
    assert distance[size.shape] == pytest.approx(min(distance.values()))


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0), (-1, 5)])
def test_no_picture_no_framing(width: int, height: int) -> None:
    with pytest.raises(ValueError, match=str(width)):
        frame_picture(width, height, SIZES)


def test_no_sizes_no_framing() -> None:
    with pytest.raises(ValueError, match="0"):
        frame_picture(5, 5, ())
