"""Where a picture and its frame stand: exact to the device pixel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect, QSize

from dreamina_desktop.core.cutout import Cutout
from dreamina_desktop.ui.compose.framing_placement import outside, place

PICTURE = QSize(1200, 800)
ROOM = QSize(600, 600)


def test_without_a_cutout_all_of_it_is_kept() -> None:
    at = place(ROOM, PICTURE, None, 9)
    assert at.scene == at.picture == at.kept == QRect(0, 100, 600, 400)
    assert at.scale == 0.5


def test_it_is_no_larger_than_it_may_be() -> None:
    at = place(ROOM, QSize(60, 40), None, 2)
    assert at.scene == QRect(240, 260, 120, 80)


@pytest.mark.parametrize("left", [0, 1, 199, 399, 400])
def test_a_crop_stands_inside_and_keeps_its_size(left: int) -> None:
    at = place(ROOM, PICTURE, Cutout(left, 0, 800, 1, 1), 9)
    assert at.scene == at.picture
    assert at.kept.size() == QSize(400, 400)
    assert at.kept.left() == min(round(left / 2), 200)
    assert at.scene.contains(at.kept)


@pytest.mark.parametrize("top", [0, -200, -400])
def test_bars_make_the_scene_larger_and_the_picture_moves_in_it(top: int) -> None:
    at = place(ROOM, PICTURE, Cutout(0, top, 1200, 1, 1), 9)
    assert at.scene == at.kept == QRect(0, 0, 600, 600)
    assert at.picture == QRect(0, -top // 2, 600, 400)


def test_a_frame_may_cut_one_way_and_have_bars_the_other() -> None:
    at = place(QSize(800, 800), PICTURE, Cutout(100, -100, 1000, 1, 1), 1)
    assert at.scene == QRect(0, 66, 800, 667)
    assert at.picture == QRect(0, 133, 800, 533)
    assert at.kept == QRect(67, 66, 667, 667)


def test_points_of_the_screen_are_points_of_the_picture() -> None:
    at = place(ROOM, PICTURE, Cutout(0, -200, 1200, 1, 1), 9)
    assert at.in_picture(QPointF(0, 100)) == QPointF(0, 0)
    assert at.in_picture(QPointF(600, 500)) == QPointF(1200, 800)
    assert at.in_picture(QPointF(0, 0)) == QPointF(0, -200)


def test_nothing_is_smaller_than_a_pixel() -> None:
    at = place(QSize(10, 10), QSize(65500, 1), None, 9)
    assert at.scene.size() == QSize(10, 1)


@pytest.mark.parametrize(
    "hole",
    [QRect(2, 3, 4, 5), QRect(0, 0, 10, 4), QRect(-5, 2, 9, 99), QRect(0, 0, 10, 12), QRect()],
)
def test_what_lies_outside_is_covered_once(hole: QRect) -> None:
    whole = QRect(0, 0, 10, 12)
    pieces = outside(whole, hole)
    for x in range(10):
        for y in range(12):
            covering = sum(piece.contains(x, y) for piece in pieces)
            assert covering == (0 if hole.contains(x, y) else 1)
