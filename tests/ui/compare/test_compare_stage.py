"""Two clips in step: the same frame of both, offset, the shorter one, zoom, picture, table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QSpinBox, QToolButton

from dreamina_desktop.ui.compare.compare_canvas import CompareCanvas
from dreamina_desktop.ui.compare.compare_look import CompareMode
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.compare.pair_painter import divider_place
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import DARK, LIGHT
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.stage import Stage, Zoomable
from tests.ui.compare.clips_to_compare import (
    HEIGHT,
    LIGHT_LUMA,
    LONG,
    SHORT,
    WIDTH,
    note,
    number_on,
    photograph,
    plain_clip,
    ready,
    viewed,
)
from tests.ui.compare.conftest import Clock, NewStage
from tests.ui.conftest import Until

type Two = tuple[Path, Path]


@pytest.fixture
def stage(new_stage: NewStage, numbered: Two, until: Until) -> CompareStage:
    """The long one and the short one side by side."""
    stage = new_stage()
    stage.choice.side_by_side()
    stage.compare(viewed(numbered[0], LONG), viewed(numbered[1], SHORT, seed=815))
    until(lambda: ready(stage))
    return stage


def numbers(stage: CompareStage) -> tuple[int, int]:
    """What is really on the two pictures."""
    image = photograph(stage.canvas)
    a, b = stage.canvas.pair.halves
    return number_on(image, a.target), number_on(image, b.target)


def test_it_is_a_stage(stage: CompareStage, playback: Playback) -> None:
    assert isinstance(stage, Stage)
    assert (stage.count, stage.frames_per_second) == (LONG, 24)
    assert playback.position.count == LONG
    assert stage.viewed.path.name == f"{LONG}.mp4"


def test_both_show_the_same_frame_always(
    stage: CompareStage, playback: Playback, until: Until
) -> None:
    for index in (*range(SHORT), 3, 17, 0, 9, 8):
        playback.seek(index)
        # Also before the new frames are there, and between them.
        a, b = numbers(stage)
        assert a == b
        until(lambda index=index: numbers(stage) == (index, index))


def test_the_shorter_one_stays_on_its_last_frame(
    stage: CompareStage, playback: Playback, until: Until
) -> None:
    assert note(stage) == f"B ends {LONG - SHORT} frames earlier and stays on its last one."
    playback.seek(20)
    until(lambda: numbers(stage) == (20, SHORT - 1))
    until(lambda: "has ended" in stage.canvas.lines[1])
    assert stage.canvas.lines[0] == f"A 21/{LONG} · seed 4711 · {LONG}.mp4"
    assert stage.canvas.lines[1] == f"B {SHORT}/{SHORT} · has ended · seed 815 · {SHORT}.mp4"
    until(lambda: stage.canvas.accessibleDescription() == " / ".join(stage.canvas.lines))


def test_offset_by_keys_and_by_number(
    stage: CompareStage, playback: Playback, until: Until
) -> None:
    playback.seek(4)
    for _ in range(3):
        QTest.keyClick(stage.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    until(lambda: numbers(stage) == (4, 7))
    assert note(stage) == (
        "B begins with its frame 4. B ends 9 frames earlier and stays on its last one."
    )
    spin = stage.findChild(QSpinBox, "compareOffsetSpin")
    assert spin.text() == "+3"
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "-10")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert spin.text() == "−10"
    until(lambda: numbers(stage) == (4, 0))
    assert "has not begun" in stage.canvas.lines[1]
    # B goes on after A's end: there is more to play.
    assert stage.count == playback.position.count == SHORT + 10
    playback.seek(25)
    until(lambda: numbers(stage) == (LONG - 1, 15))
    assert note(stage).endswith("A ends 4 frames earlier and stays on its last one.")
    assert stage.viewed.path.name == f"{LONG}.mp4"
    assert stage.shown_frame == LONG - 1, "A's last one, which is what is seen of it"
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert stage.choice.look.offset == -9


def test_some_frame_of_both_stays_together(stage: CompareStage) -> None:
    for key, end in ((Qt.Key.Key_Left, 1 - LONG), (Qt.Key.Key_Right, SHORT - 1)):
        for _ in range(LONG + SHORT + 5):
            QTest.keyClick(stage.canvas, key, Qt.KeyboardModifier.AltModifier)
        assert stage.choice.look.offset == end
        assert stage.findChild(QSpinBox, "compareOffsetSpin").value() == end
    QTest.keyClick(stage.canvas, Qt.Key.Key_W)
    assert stage.choice.look.offset == 1 - SHORT


def test_swapping_keeps_what_is_seen(stage: CompareStage, playback: Playback, until: Until) -> None:
    playback.seek(4)
    stage.choice.set_offset(3)
    until(lambda: numbers(stage) == (4, 7))
    QTest.keyClick(stage.canvas, Qt.Key.Key_W)
    until(lambda: numbers(stage) == (7, 4))
    assert stage.choice.look.offset == -3
    assert stage.viewed.path.name == f"{SHORT}.mp4"


def test_the_clock_waits_for_both(
    new_stage: NewStage, numbered: Two, playback: Playback, clock: Clock, until: Until
) -> None:
    stage = new_stage()
    stage.choice.side_by_side()
    stage.compare(viewed(numbered[0], LONG), viewed(numbered[1], SHORT))
    playback.play()
    assert playback.is_held, "nothing is decoded yet"
    until(lambda: not playback.is_held)
    for index in range(1, SHORT):
        clock.now += 1 / 24
        playback.catch_up()
        until(lambda index=index: numbers(stage) == (index, index))
    stage.hide()
    assert not playback.is_held


def test_zoom_and_pan_are_locked_together(stage: CompareStage, until: Until) -> None:
    canvas, pair = stage.canvas, stage.canvas.pair
    a, b = pair.halves
    begun = a.target
    point = QPointF(begun.center()) + QPointF(20, 5)
    wheel = QWheelEvent(
        point,
        canvas.mapToGlobal(point),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)
    assert a.target.width() == pytest.approx(2 * begun.width(), abs=1)
    shift = pair.rooms[1].topLeft() - pair.rooms[0].topLeft()
    assert b.target == a.target.translated(shift)
    before = a.target
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, pos=point.toPoint())
    QTest.mouseMove(canvas, point.toPoint() + QPoint(-15, 0))
    QTest.mouseRelease(canvas, left, pos=point.toPoint() + QPoint(-15, 0))
    assert a.target == before.translated(-15, 0)
    QTest.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert a.target.left() > before.left() - 15
    assert b.target == a.target.translated(shift)
    until(lambda: all(half.shot.image.width() == WIDTH for half in pair.halves))
    QTest.keyClick(canvas, Qt.Key.Key_Z)
    assert a.target == begun
    QTest.mouseDClick(canvas, left, pos=begun.center())
    assert a.target.size() == a.native
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(canvas, key)
    assert a.target.size() == a.native


def test_at_rest_it_is_as_sharp_as_decoded(
    new_stage: NewStage, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    large = plain_clip(tmp_path / "large.mkv", LIGHT_LUMA, width=640, height=384)
    stage.compare(*2 * (viewed(large, 3, width=640, height=384),))
    until(lambda: ready(stage))
    for width in (500, 431, 477):
        stage.resize(width, 400)
        QApplication.processEvents()
        assert stage.canvas.pair.is_shown, "the old ones, scaled"
    for half in stage.canvas.pair.halves:
        assert half.target.width() == 477
        until(lambda half=half: half.shot.image.size() == half.target.size())


def test_on_fine_screens_nothing_is_coarser(
    new_stage: NewStage, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CompareCanvas, "devicePixelRatioF", lambda _: 2.0)
    stage = new_stage()
    large = plain_clip(tmp_path / "large.mkv", LIGHT_LUMA, width=1280, height=768)
    stage.compare(*2 * (viewed(large, 3, width=1280, height=768),))
    until(lambda: ready(stage))
    width = stage.canvas.width()
    assert stage.canvas.pair.a.shot.image.width() == stage.canvas.pair.a.target.width()
    assert stage.canvas.pair.a.target.width() == min(
        2 * width, 2 * stage.canvas.height() * 1280 // 768
    )
    point = QPoint(width * 3 // 4, stage.canvas.height() // 2)
    QTest.mouseClick(stage.canvas, Qt.MouseButton.LeftButton, pos=point)
    assert divider_place(stage.canvas.pair, stage.choice.look) == pytest.approx(
        2 * point.x(), abs=1
    )


def test_clips_of_another_size_stand_in_the_same_rectangle(
    new_stage: NewStage, plain: Two, tmp_path: Path, until: Until
) -> None:
    stage = new_stage()
    large = plain_clip(tmp_path / "large.mkv", LIGHT_LUMA, width=2 * WIDTH, height=2 * HEIGHT)
    stage.compare(viewed(plain[0], 3), viewed(large, 3, width=2 * WIDTH, height=2 * HEIGHT))
    until(lambda: ready(stage))
    a, b = stage.canvas.pair.halves
    assert a.target == b.target
    tall = plain_clip(tmp_path / "tall.mkv", LIGHT_LUMA, width=HEIGHT, height=WIDTH)
    stage.compare(viewed(plain[0], 3), viewed(tall, 3, width=HEIGHT, height=WIDTH))
    until(lambda: ready(stage))
    a, b = stage.canvas.pair.halves
    assert a.target.center() == b.target.center()
    assert b.target.height() == stage.canvas.height()


# Coming and going.


def test_leaving(stage: CompareStage, playback: Playback) -> None:
    spy = QSignalSpy(stage.left)
    QTest.keyClick(stage.canvas, Qt.Key.Key_Escape)
    QTest.mouseClick(stage.findChild(QToolButton, "compareLeaveButton"), Qt.MouseButton.LeftButton)
    assert spy.count() == 2
    stage.clear()
    assert (stage.count, stage.frames_per_second, stage.viewed) == (0, 0, None)
    assert stage.canvas.lines == ("", "")
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Z, Qt.Key.Key_W, Qt.Key.Key_1):
        QTest.keyClick(stage.canvas, key)
    playback.seek(3)
    image = photograph(stage.canvas)
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor(DARK.sunken)


def test_resting_and_themes(stage: CompareStage, until: Until) -> None:
    stage.set_resting(True)
    image = photograph(stage.canvas)
    assert image.pixelColor(image.width() // 4, image.height() // 2) == QColor(DARK.sunken)
    stage.set_resting(False)
    until(lambda: numbers(stage) == (0, 0))
    stage.set_theme(LIGHT, Icons(LIGHT))
    assert photograph(stage.canvas).pixelColor(image.width() // 2, 4) == QColor(LIGHT.sunken)


def test_keys_that_it_does_not_want_go_on(stage: CompareStage, playback: Playback) -> None:
    assert stage.choice.look.mode is CompareMode.SIDE_BY_SIDE
    QTest.keyClick(stage.canvas, Qt.Key.Key_Space)
    assert not playback.position.is_playing, "that is the pane's"


def test_slipped_while_it_plays_it_plays_on(
    stage: CompareStage, playback: Playback, until: Until
) -> None:
    playback.set_marks(4, 20)
    playback.seek(12)
    playback.shuttle_back()
    playback.shuttle_back()
    until(lambda: not playback.is_held)
    for _ in range(LONG - SHORT + 2):
        QTest.keyClick(stage.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    position = playback.position
    assert position.count == stage.count == LONG + 2
    assert (position.index, position.in_point, position.out_point) == (12, 4, 20)
    assert (position.is_playing, position.speed) == (True, -2)


def test_menus_zoom_it_as_its_keys_do(stage: CompareStage) -> None:
    assert isinstance(stage, Zoomable)
    zoom = stage.canvas.pair.zoom
    stage.zoom_in()
    assert stage.canvas.pair.zoom.scale > zoom.scale
    stage.zoom_out()
    assert stage.canvas.pair.zoom == zoom
    stage.zoom_in()
    stage.toggle_zoom()
    assert stage.canvas.pair.zoom == zoom
    stage.clear()
    assert stage.shown_frame is None
