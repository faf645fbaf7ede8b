"""Where a source stands on the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QRectF, QSize, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.source import Shot


class Painted(QObject):
    """A source that has what it is told to have."""

    image_arrived = Signal()

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.asked: list[tuple[int, tuple[int, int]]] = []
        self.ready: set[tuple[int, tuple[int, int]]] | None = None

    def shot(self, index: int, size: tuple[int, int]) -> Shot | None:
        self.asked.append((index, size))
        if self.ready is not None and (index, size) not in self.ready:
            return None
        return Shot(index, QImage(QSize(*size), QImage.Format.Format_RGB32))


@pytest.mark.parametrize(
    ("source", "area", "wanted"),
    [
        ((1664, 1248), (960, 720), (0, 0, 960, 720)),
        ((1664, 1248), (961, 720), (0, 0, 960, 720)),
        ((1664, 1248), (1000, 720), (20, 0, 960, 720)),
        ((1664, 1248), (960, 800), (0, 40, 960, 720)),
        ((960, 1728), (500, 500), (111, 0, 278, 500)),
        ((1, 4000), (100, 100), (49, 0, 1, 100)),
        ((4000, 1), (100, 100), (0, 49, 100, 1)),
    ],
)
def test_as_large_as_goes_in_its_own_shape(
    source: tuple[int, int], area: tuple[int, int], wanted: tuple[int, int, int, int]
) -> None:
    projection = Projection(Painted(*source))
    projection.fit(QSize(*area))
    assert projection.target.getRect() == wanted


def test_a_part_of_the_canvas() -> None:
    projection = Projection(Painted(100, 100), QRectF(0.5, 0.25, 0.5, 0.5))
    projection.fit(QSize(400, 400))
    assert projection.target.getRect() == (200, 100, 200, 200)


def test_no_room_no_image() -> None:
    source = Painted(100, 100)
    projection = Projection(source)
    assert not projection.look_for(0)
    projection.fit(QSize(0, 50))
    projection.settle()
    assert projection.is_settled
    assert not projection.look_for(0)
    assert source.asked == []


def test_what_is_on_show_is_not_asked_for_again() -> None:
    source = Painted(100, 100)
    projection = Projection(source)
    projection.fit(QSize(50, 50))
    projection.settle()
    assert projection.look_for(3)
    assert not projection.look_for(3)
    assert source.asked == [(3, (50, 50))]
    assert projection.look_for(4)


def test_until_the_new_size_is_there_the_old_one_plays_on() -> None:
    source = Painted(100, 100)
    projection = Projection(source)
    projection.fit(QSize(50, 50))
    projection.settle()
    projection.look_for(3)
    projection.fit(QSize(80, 80))
    assert not projection.is_settled
    assert projection.look_for(4), "not settled: the old size is asked for"
    assert projection.shot is not None
    assert projection.shot.image.width() == 50
    projection.settle()
    source.ready = {(5, (50, 50))}
    assert not projection.look_for(4), "nothing better is there than what is on show"
    assert projection.look_for(5)
    assert projection.shot.image.width() == 50
    assert not projection.look_for(6)
    assert projection.shot.index == 5, "and it stays until there is a newer one"
    source.ready = {(6, (80, 80))}
    assert projection.look_for(6)
    assert projection.shot.image.width() == 80
