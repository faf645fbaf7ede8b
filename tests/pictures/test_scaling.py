"""Two halves scaled beside each other are the picture scaled at once."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from dreamina_desktop.pictures.scaling import scaled
from tests.pictures.samples import noise, picture


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("size", [(1500, 1201), (700, 333), (2300, 2500), (9, 1)])
def test_no_seam(mode: str, size: tuple[int, int]) -> None:
    image = noise(2100, 2000, mode)
    lower = image.resize((image.width, size[1]), Image.Resampling.LANCZOS)
    difference = ImageChops.difference(
        scaled(image, size), lower.resize(size, Image.Resampling.LANCZOS)
    )
    assert max(difference.convert("L").getextrema()) <= 1


def test_small_ones_and_the_same_size() -> None:
    image = picture()
    assert scaled(image, image.size) is image
    assert scaled(image, (20, 10)).size == (20, 10)
