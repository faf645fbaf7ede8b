"""How finely a difference is worked out, whatever the screen's pixels."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from dreamina_desktop.ui.compare.difference_grid import DifferenceGrid, difference_grid

SCREEN = QRect(0, 0, 3840, 2160)
HD = QSize(1280, 720)


def grid_of(shown: QRect, *images: tuple[QSize, QRect]) -> DifferenceGrid:
    grid = difference_grid(shown, images)
    # It covers all of what is shown, and little else.
    more = 1 / min(grid.across, grid.down)
    assert grid.place.contains(QRectF(shown).adjusted(0.01, 0.01, -0.01, -0.01))
    assert QRectF(shown).adjusted(-more, -more, more, more).contains(grid.place)
    return grid


def test_no_finer_than_the_clip() -> None:
    grid = grid_of(SCREEN, (HD, SCREEN), (QSize(640, 360), SCREEN))
    assert grid.part == QRect(0, 0, 1280, 720)
    assert grid.of(SCREEN) == QRect(0, 0, 1280, 720)


def test_no_finer_than_the_screen() -> None:
    shown = QRect(7, 5, 640, 360)
    grid = grid_of(shown, (HD, shown))
    assert grid.place == QRectF(shown)
    assert grid.part.size() == shown.size()
    assert grid.of(shown.translated(3, 4)).topLeft().toTuple() == (3, 4)


def test_never_more_than_there_is_time_for() -> None:
    size = grid_of(SCREEN, (SCREEN.size(), SCREEN)).part.size()
    assert abs(size.width() * size.height() - 2560 * 1440) < 5000
    assert size.width() / size.height() == pytest.approx(16 / 9, rel=0.01)


def test_enlarged_pixels_stand_where_those_of_the_clip_do() -> None:
    target = QRect(-1003, -507, 16 * HD.width(), 16 * HD.height())
    grid = grid_of(QRect(0, 0, 1600, 900), (HD, target), (HD, target))
    assert grid.part.width() <= 102
    # All of the clip, pixel for pixel.
    assert grid.of(target).size() == HD
    corner = grid.place.topLeft() - QPointF(target.topLeft())
    assert (corner.x() % 16, corner.y() % 16) == (0, 0)


def test_of_nothing() -> None:
    assert grid_of(QRect(0, 0, 640, 360)).part == QRect(0, 0, 640, 360)
