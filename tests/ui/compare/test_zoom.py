"""Where pictures stand: fitted, cropped, zoomed, moved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect, QSize

from dreamina_desktop.ui.compare.zoom import Zoom, covering
from dreamina_desktop.ui.watch.fitting import fitted

ROOM = QRect(10, 20, 400, 300)
FRAME = fitted(QSize(160, 96), ROOM)


def test_fitted_and_covering_are_whole_and_in_the_middle() -> None:
    assert QRect(10, 50, 400, 240) == FRAME
    assert fitted(QSize(96, 160), ROOM) == QRect(120, 20, 180, 300)
    assert covering(QSize(100, 100), FRAME) == QRect(10, -30, 400, 400)
    assert covering(QSize(300, 100), FRAME) == QRect(-150, 50, 720, 240)
    assert fitted(QSize(), ROOM) == covering(QSize(), FRAME) == QRect()


@pytest.mark.parametrize("at", [QPointF(60, 120), QPointF(210, 170), QPointF(333, 111)])
def test_what_is_under_the_mouse_stays_there(at: QPointF) -> None:
    zoom = Zoom().at_scale(4, at, FRAME, ROOM)
    place = zoom.place(FRAME, FRAME, ROOM)
    assert place.size() == QSize(1600, 960)
    share = (at.x() - FRAME.x()) / FRAME.width(), (at.y() - FRAME.y()) / FRAME.height()
    assert abs(place.x() + share[0] * place.width() - at.x()) <= 1
    assert abs(place.y() + share[1] * place.height() - at.y()) <= 1
    assert zoom.at_scale(1, at, FRAME, ROOM) == Zoom()


def test_nothing_is_dragged_off_its_edges() -> None:
    zoom = Zoom().at_scale(2, QPointF(210, 170), FRAME, ROOM)
    for by in (QPointF(9999, 9999), QPointF(-9999, -9999)):
        place = zoom.moved(by, FRAME, ROOM).place(FRAME, FRAME, ROOM)
        assert place.contains(ROOM)
    moved = zoom.moved(QPointF(30, -20), FRAME, ROOM).place(FRAME, FRAME, ROOM)
    assert moved == zoom.place(FRAME, FRAME, ROOM).translated(30, -20)
