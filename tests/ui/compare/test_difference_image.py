"""The difference of two images, value for value."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage

from dreamina_desktop.ui.compare.compare_look import GAINS
from dreamina_desktop.ui.compare.difference_image import difference_image

SIZE = QSize(8, 4)
WHOLE = QRect(0, 0, 8, 4)


def plain(colour: QColor, form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    image = QImage(SIZE, form)
    image.fill(colour)
    return image


@pytest.mark.parametrize("gain", GAINS)
def test_every_channel_is_subtracted_and_multiplied(gain: int) -> None:
    a, b = QColor(10, 100, 200), QColor(13, 90, 200)
    for first, second in ((a, b), (b, a)):
        images = [(plain(first), WHOLE, WHOLE), (plain(second), WHOLE, WHOLE)]
        seen = difference_image(SIZE, images, gain).pixelColor(3, 2)
        assert seen == QColor(min(255, 3 * gain), min(255, 10 * gain), 0)


def test_the_same_is_black_whatever_its_format() -> None:
    colour = QColor(120, 7, 99)
    other = plain(colour, QImage.Format.Format_RGB888)
    image = difference_image(SIZE, [(plain(colour), WHOLE, WHOLE), (other, WHOLE, WHOLE)], 32)
    assert all(image.pixelColor(x, 1) == QColor(0, 0, 0) for x in range(8))


def test_where_only_one_stands_it_is_itself() -> None:
    colour = QColor(50, 60, 70)
    left = QRect(0, 0, 4, 4)
    image = difference_image(SIZE, [(plain(colour), WHOLE, left)], 1)
    assert image.pixelColor(3, 0) == colour
    assert image.pixelColor(4, 0) == QColor(0, 0, 0)


def test_other_gains_are_refused() -> None:
    with pytest.raises(ValueError, match="3"):
        difference_image(SIZE, [], 3)
