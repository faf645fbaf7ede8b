"""The crop on the picture: exact to the pixel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.framing import frame_picture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.crop_overlay import crop_on_screen, paint_crop
from dreamina_desktop.ui.theme import DARK


@pytest.mark.parametrize(
    ("width", "height", "kept"),
    [
        (1664, 1248, QRect(7, 9, 400, 300)),
        # 3:2 in 4:3 keeps 8/9 of its width.
        (600, 400, QRect(29, 9, 356, 300)),
        (400, 600, QRect(7, 26, 400, 266)),
    ],
)
def test_the_kept_part(spec: ModelSpec, width: int, height: int, kept: QRect) -> None:
    framing = frame_picture(width, height, spec.output_sizes)
    drawn = QRect(7, 9, 400, 300)
    assert crop_on_screen(drawn, width, height, framing) == kept


def painted(kept: QRect) -> QImage:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_crop(painter, QRect(0, 0, 100, 60), kept, DARK, 1)
    painter.end()
    return image


def test_the_lost_part_is_dimmed_and_the_kept_one_is_not(application: QApplication) -> None:
    image = painted(QRect(20, 0, 60, 60))
    assert image.pixelColor(5, 30).lightness() < 120
    assert image.pixelColor(95, 30).lightness() < 120
    assert image.pixelColor(50, 30) == QColor("white")
    assert image.pixelColor(20, 30) == QColor(DARK.accent)
    assert image.pixelColor(79, 30) == QColor(DARK.accent)
    assert image.pixelColor(21, 30) == QColor("white")


def test_nothing_is_drawn_where_nothing_is_lost(application: QApplication) -> None:
    image = painted(QRect(0, 0, 100, 60))
    assert image.pixelColor(0, 0) == QColor("white")
