"""Zoom and pan by mouse and keys, down to single pixels; what a drag means."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.canvas_hand import CanvasHand, DragBegun, Dragged
from dreamina_desktop.ui.watch.player_tools import PlayerTools
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.watch.zoom import FIT
from dreamina_desktop.ui.watch.zoom_chip import ZoomChip
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import HEIGHT, WIDTH, canvas_of, clip_of, job_of, photograph, shown

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def pane(new_pane: NewPane, clip: Path, until: Until) -> WatchPane:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    return pane


@pytest.fixture
def canvas(pane: WatchPane) -> Canvas:
    return canvas_of(pane)


@pytest.fixture
def hand(pane: WatchPane) -> CanvasHand:
    tools = pane.findChild(PlayerTools)
    assert tools is not None
    return tools.hand


def turn(canvas: Canvas, notches: float, keys: Qt.KeyboardModifier, at: QPoint) -> bool:
    place = QPointF(at)
    event = QWheelEvent(
        place,
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    return QApplication.sendEvent(canvas, event)


def is_at_full_size(canvas: Canvas) -> bool:
    shot = canvas.projections[0].shot
    return shot is not None and shot.image.size().toTuple() == (WIDTH, HEIGHT)


def shot_of(canvas: Canvas) -> QImage:
    shot = canvas.projections[0].shot
    assert shot is not None
    return shot.image


def test_z_is_one_to_one_and_back(pane: WatchPane, canvas: Canvas, until: Until) -> None:
    fitted = canvas.projections[0].target
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    target = canvas.projections[0].target
    assert target.size().toTuple() == (WIDTH, HEIGHT)
    until(lambda: is_at_full_size(canvas))
    # One pixel of the clip is one of the screen.
    assert photograph(canvas).copy(target) == shot_of(canvas).convertToFormat(
        QImage.Format.Format_RGB32
    )
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert canvas.projections[0].target == fitted
    assert canvas.zoom == FIT
    assert pane.playback.position.index == 0


def test_at_four_hundred_percent_pixels_are_squares(
    canvas: Canvas, hand: CanvasHand, until: Until
) -> None:
    hand.zoom_to(4.0)
    assert hand.percent == 400
    until(lambda: is_at_full_size(canvas))
    visible, target = canvas.projections[0].visible, canvas.projections[0].target
    image, pixels = photograph(canvas), shot_of(canvas)
    for y in range(visible.top() + 4, visible.bottom() - 4, 37):
        for x in range(visible.left() + 4, visible.right() - 4, 23):
            column, row = (x - target.x()) // 4, (y - target.y()) // 4
            assert image.pixelColor(x, y).rgb() == pixels.pixelColor(column, row).rgb()


def test_the_wheel_zooms_about_the_mouse(canvas: Canvas, hand: CanvasHand) -> None:
    at = QPoint(100, 120)
    before = hand.percent
    turn(canvas, 1, NONE, at)
    assert hand.percent == before, "without Ctrl it is for others"
    target = canvas.projections[0].target
    share = (at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height()
    turn(canvas, 4, CTRL, at)
    assert hand.percent == pytest.approx(2 * before, abs=1)
    target = canvas.projections[0].target
    assert (at.x() - target.x()) / target.width() == pytest.approx(share[0], abs=0.01)
    assert (at.y() - target.y()) / target.height() == pytest.approx(share[1], abs=0.01)
    for _ in range(40):
        turn(canvas, 4, CTRL, at)
    assert hand.percent == 1600
    for _ in range(80):
        turn(canvas, -1, CTRL, at)
    assert hand.percent == 100, "smaller than the room: not smaller than it is"


def test_keys_zoom_and_a_chip_says_how_much(pane: WatchPane, canvas: Canvas) -> None:
    label = pane.findChild(ZoomChip, "zoomLabel")
    assert label is not None
    assert not label.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert label.isVisible()
    assert label.text() == "100 %"
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Equal)
    assert label.text() == "200 %"
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert label.text() == "141 %"
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert not label.isVisible()


def drag(
    canvas: Canvas, way: QPoint, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
) -> None:
    start = canvas.rect().center()
    QTest.mousePress(canvas, button, keys, start)
    for step in range(1, 5):
        QTest.mouseMove(canvas, start + way * step / 4)
    QTest.mouseRelease(canvas, button, keys, start + way)


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_dragging_pans_where_there_is_more(
    canvas: Canvas, hand: CanvasHand, button: Qt.MouseButton
) -> None:
    begun: list[DragBegun] = []
    hand.drag_wanted.connect(begun.append)
    hand.zoom_to(8.0)
    assert canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor
    before = canvas.projections[0].target.topLeft()
    drag(canvas, QPoint(60, 20), NONE, button)
    assert canvas.projections[0].target.topLeft() - before == QPoint(60, 20)
    assert not begun
    turn(canvas, 1, NONE, QPoint(50, 50))
    assert canvas.projections[0].target.topLeft() - before == QPoint(60, 80)


def test_dragging_takes_the_clip_or_the_frame_out(canvas: Canvas, hand: CanvasHand) -> None:
    # Connected in place of the real drag, which would wait for a real mouse.
    hand.drag_wanted.disconnect()
    begun: list[Dragged] = []
    hand.drag_wanted.connect(lambda one: begun.append(one.what))
    drag(canvas, QPoint(60, 20))
    drag(canvas, QPoint(60, 20), ALT)
    hand.zoom_to(8.0)
    drag(canvas, QPoint(60, 20), SHIFT)
    drag(canvas, QPoint(2, 1), SHIFT)
    assert begun == [Dragged.CLIP, Dragged.FRAME, Dragged.CLIP]


def test_a_double_click_stays_full_screen(pane: WatchPane, canvas: Canvas) -> None:
    QTest.mouseDClick(canvas, LEFT)
    assert pane.is_full_screen


def test_another_clip_is_fitted_again(
    pane: WatchPane, canvas: Canvas, hand: CanvasHand, clip: Path
) -> None:
    hand.zoom_to(3.0)
    pane.show_job(job_of(clip_of(clip), job_id="other"))
    assert canvas.zoom == FIT


def test_an_empty_stage_takes_it_calmly(new_pane: NewPane) -> None:
    canvas = canvas_of(new_pane())
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(canvas, key)
    turn(canvas, 2, CTRL, QPoint(10, 10))
    drag(canvas, QPoint(80, 0))
    assert canvas.zoom == FIT
