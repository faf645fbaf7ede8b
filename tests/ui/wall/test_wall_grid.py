"""Where tiles stand: as large as goes, in order, each in its own shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from dreamina_desktop.ui.wall.wall_grid import arrange, enlarged, neighbour
from dreamina_desktop.ui.watch.fitting import centred, fitted_size

WIDE, TALL = (16, 9), (9, 16)
GAP = 8
LEFT, RIGHT, UP, DOWN = QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1), QPoint(0, 1)


def columns_of(places: tuple[QRect, ...]) -> int:
    return sum(place.top() == places[0].top() for place in places)


@pytest.mark.parametrize(
    ("area", "count", "shape", "columns"),
    [
        (QSize(1000, 600), 9, WIDE, 3),
        (QSize(1000, 500), 2, WIDE, 2),
        (QSize(1000, 600), 2, WIDE, 1),
        (QSize(1000, 600), 2, TALL, 2),
        (QSize(600, 1000), 2, WIDE, 1),
        (QSize(1000, 600), 4, WIDE, 2),
        (QSize(1000, 400), 4, TALL, 4),
        (QSize(1000, 450), 6, WIDE, 3),
        (QSize(1600, 300), 5, WIDE, 5),
    ],
)
def test_rows_and_columns_make_the_tiles_largest(
    area: QSize, count: int, shape: tuple[int, int], columns: int
) -> None:
    assert columns_of(arrange(area, [shape] * count, GAP)) == columns


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("area", [QSize(1000, 600), QSize(333, 777), QSize(160, 120)])
def test_tiles_stand_apart_inside_the_area_in_their_shapes(area: QSize, count: int) -> None:
    shapes = [(WIDE, TALL, (4, 3))[number % 3] for number in range(count)]
    places = arrange(area, shapes, GAP)
    inside = QRect(QPoint(0, 0), area).adjusted(GAP, GAP, -GAP, -GAP)
    for number, place in enumerate(places):
        assert inside.contains(place)
        width, height = shapes[number]
        assert abs(place.width() * height - place.height() * width) <= max(width, height)
        around = place.adjusted(-GAP, -GAP, GAP, GAP)
        assert not any(around.intersects(other) for other in places if other is not place)
    order = [(place.center().y() // 8, place.center().x()) for place in places]
    assert len(places) == count
    assert order == sorted(order) or len({place.height() for place in places}) > 1


def test_a_last_row_that_is_not_full_stands_in_the_middle() -> None:
    places = arrange(QSize(1000, 500), [WIDE] * 5, GAP)
    assert columns_of(places) == 3
    middle = (places[3].left() + places[4].right()) / 2
    assert abs(middle - (places[0].left() + places[2].right()) / 2) <= 1


def test_no_takes_need_no_place() -> None:
    assert arrange(QSize(100, 100), [], GAP) == ()


def test_a_picture_fills_its_room_in_its_own_shape() -> None:
    assert fitted_size(QSize(*WIDE), QSize(160, 200)) == QSize(160, 90)
    assert fitted_size(QSize(*TALL), QSize(160, 160)) == QSize(90, 160)
    assert fitted_size(QSize(*WIDE), QSize(0, 0)) == QSize(1, 1)
    room = QRect(10, 10, 160, 110)
    assert centred(fitted_size(QSize(*WIDE), room.size()), room) == QRect(10, 20, 160, 90)


@pytest.mark.parametrize("place", [QRect(8, 8, 200, 100), QRect(792, 492, 200, 100)])
def test_a_large_one_grows_inside_the_area(place: QRect) -> None:
    grown = enlarged(place, QSize(1000, 600), 1.6, GAP)
    assert grown.size() == QSize(320, 160)
    assert QRect(8, 8, 984, 584).contains(grown)
    assert grown.contains(place)


def test_what_fills_the_area_does_not_grow() -> None:
    place = QRect(8, 8, 984, 300)
    assert enlarged(place, QSize(1000, 600), 1.6, GAP) == place


def test_arrows_find_the_neighbour() -> None:
    places = arrange(QSize(1000, 500), [WIDE] * 5, GAP)
    assert [neighbour(places, number, RIGHT) for number in range(5)] == [1, 2, 3, 4, 4]
    assert [neighbour(places, number, LEFT) for number in range(5)] == [0, 0, 1, 2, 3]
    assert neighbour(places, 0, DOWN) == 3
    assert neighbour(places, 2, DOWN) == 4
    assert neighbour(places, 4, UP) in (1, 2)
    assert neighbour(places, 0, UP) == 0
    assert neighbour(places, 3, DOWN) == 3


def test_from_three_rows_down_goes_one_row() -> None:
    places = arrange(QSize(900, 600), [(4, 3)] * 9, GAP)
    assert [neighbour(places, 1, DOWN), neighbour(places, 7, UP)] == [4, 4]
