"""Zooming and panning as arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QSize

from dreamina_desktop.ui.watch.zoom import (
    CLOSEST,
    FIT,
    Zoom,
    moved,
    place,
    scale_of,
    scaled,
)

sides = st.integers(1, 3000)
shapes = st.builds(QSize, sides, sides)
rooms = st.builds(QRect, st.integers(0, 50), st.integers(0, 50), sides, sides)


@given(shape=shapes, room=rooms, scale=st.floats(0.1, 16), x=st.floats(0, 1), y=st.floats(0, 1))
def test_it_covers_the_room_or_stands_in_its_middle(
    shape: QSize, room: QRect, scale: float, x: float, y: float
) -> None:
    placed = place(shape, room, Zoom(scale, x, y))
    for begin, size, at, whole in (
        (placed.x(), placed.width(), room.x(), room.width()),
        (placed.y(), placed.height(), room.y(), room.height()),
    ):
        if size > whole:
            assert begin <= at
            assert begin + size >= at + whole
        else:
            assert abs((begin - at) - (at + whole - begin - size)) <= 1


def test_one_hundred_percent_is_one_to_one() -> None:
    assert place(QSize(1280, 720), QRect(0, 0, 500, 400), Zoom(1.0)).size() == QSize(1280, 720)


@given(scale=st.floats(1.1, 16), x=st.integers(100, 400), y=st.integers(100, 300))
def test_what_is_under_the_mouse_stays_there(scale: float, x: int, y: int) -> None:
    shape, room = QSize(1280, 720), QRect(0, 0, 500, 400)
    point = QPointF(x, y)
    before = Zoom(1.0, 0.5, 0.5)
    after = scaled(shape, room, before, scale, point)
    for zoom in (before, after):
        placed = place(shape, room, zoom)
        share = (point.x() - placed.x()) / placed.width()
        if zoom is before:
            wanted = share
    assert share == pytest.approx(wanted, abs=1.5 / 1280)


def test_limits() -> None:
    shape, room, middle = QSize(1000, 500), QRect(0, 0, 500, 500), QPointF(250, 250)
    assert scale_of(shape, room, FIT) == 0.5
    assert scaled(shape, room, FIT, 0.4, middle) == FIT
    assert scaled(shape, room, FIT, 99.0, middle).scale == CLOSEST
    small = QSize(100, 50)
    assert scaled(small, room, FIT, 0.3, middle).scale == 1.0
    assert scaled(QSize(0, 0), room, FIT, 2.0, middle) == FIT
    assert scale_of(shape, QRect(), FIT) == 0


def test_panning_ends_at_the_edges() -> None:
    shape, room = QSize(1000, 1000), QRect(0, 0, 500, 500)
    zoom = moved(shape, room, Zoom(1.0), QPointF(9999, -9999))
    assert place(shape, room, zoom).topLeft().toTuple() == (0, -500)
    back = moved(shape, room, zoom, QPointF(-10, 10))
    assert place(shape, room, back).topLeft().toTuple() == (-10, -490)
    assert moved(shape, room, FIT, QPointF(5, 5)) == FIT
