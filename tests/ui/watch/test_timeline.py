"""The scrubber under real mouse, wheel and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.theme import DARK, LIGHT, Theme
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.timeline_painter import TimelinePainter
from tests.ui.conftest import Show
from tests.ui.watch.stage import photograph

COUNT, RATE, WIDTH = 121, 24.0, 500


@pytest.fixture
def playback(application: QApplication) -> Playback:
    del application
    playback = Playback()
    playback.load(COUNT, RATE)
    return playback


@pytest.fixture
def timeline(playback: Playback, theme: Theme, show: Show) -> Timeline:
    timeline = Timeline(playback, theme)
    show(timeline, WIDTH, timeline.sizeHint().height())
    return timeline


def spot(index: int, count: int = COUNT) -> QPoint:
    x = TimelinePainter(DARK).middle_of(index, WIDTH, count)
    return QPoint(int(x), 12)


def turn(timeline: Timeline, angle: QPoint) -> None:
    event = QWheelEvent(
        QPointF(50, 10),
        timeline.mapToGlobal(QPointF(50, 10)),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, event)


@pytest.mark.parametrize("count", [2, 24, 121, 241])
@pytest.mark.parametrize("width", [120, 500, 1777])
def test_every_frame_has_its_cell(count: int, width: int) -> None:
    painter = TimelinePainter(DARK)
    for index in range(count):
        middle = painter.middle_of(index, width, count)
        assert painter.index_at(middle, width, count) == index
    assert painter.index_at(-50, width, count) == 0
    assert painter.index_at(width + 50, width, count) == count - 1
    assert painter.index_at(3, 0, count) == 0


def test_a_press_shows_the_frame_under_the_mouse(timeline: Timeline, playback: Playback) -> None:
    picked: list[int] = []
    timeline.frame_picked.connect(lambda frame: picked.append(frame.index))
    for index in (0, 60, 120, 7):
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot(index))
        assert playback.position.index == index
        assert timeline.value() == index + 1
    assert picked == [0, 60, 120, 7]


def test_dragging_shows_every_frame_it_passes(timeline: Timeline, playback: Playback) -> None:
    shown: list[int] = []
    playback.position_changed.connect(lambda position: shown.append(position.index))
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
    for index in range(11, 60):
        QTest.mouseMove(timeline, spot(index))
    for index in range(58, 20, -1):
        QTest.mouseMove(timeline, spot(index))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(21))
    assert shown == [*range(10, 60), *range(58, 20, -1)]
    QTest.mouseMove(timeline, spot(80))
    assert playback.position.index == 21, "released"


def test_dragging_beyond_the_ends(timeline: Timeline, playback: Playback) -> None:
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
    QTest.mouseMove(timeline, QPoint(-40, 12))
    assert playback.position.index == 0
    QTest.mouseMove(timeline, QPoint(WIDTH + 40, 90))
    assert playback.position.index == COUNT - 1
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton)


def test_playing_stands_still_while_dragging_and_goes_on(
    timeline: Timeline, playback: Playback
) -> None:
    playback.play()
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(30))
    assert not playback.position.is_playing
    assert timeline.isSliderDown()
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(30))
    assert playback.position.is_playing
    playback.pause()


def test_other_buttons_do_nothing(timeline: Timeline, playback: Playback) -> None:
    QTest.mouseClick(timeline, Qt.MouseButton.RightButton, pos=spot(30))
    assert playback.position.index == 0


@pytest.mark.parametrize(
    ("key", "modifier", "index"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 51),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 49),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 51),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 49),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 60),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 40),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, 60),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 40),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 120),
        (Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, 50),
    ],
)
def test_keys(
    timeline: Timeline,
    playback: Playback,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    index: int,
) -> None:
    playback.seek(50)
    timeline.setFocus()
    QTest.keyClick(timeline, key, modifier)
    assert playback.position.index == index


def test_the_wheel_steps_frames(timeline: Timeline, playback: Playback) -> None:
    playback.seek(50)
    turn(timeline, QPoint(0, 120))
    assert playback.position.index == 51
    turn(timeline, QPoint(0, -360))
    assert playback.position.index == 48
    for _ in range(4):
        turn(timeline, QPoint(0, 30))
    assert playback.position.index == 49, "four quarters of a notch"
    turn(timeline, QPoint(-120, 0))
    assert playback.position.index == 48


def test_assistive_tools_read_and_set_it(timeline: Timeline, playback: Playback) -> None:
    assert timeline.accessibleName()
    assert timeline.toolTip()
    assert (timeline.minimum(), timeline.maximum()) == (1, COUNT)
    playback.seek(51)
    assert timeline.value() == 52
    assert timeline.accessibleDescription() == "Frame 52/121, 0:02.13"
    timeline.setValue(10)
    assert playback.position.index == 9


def test_nothing_to_scrub(timeline: Timeline, playback: Playback, qt_messages: list[str]) -> None:
    playback.unload()
    assert not timeline.isEnabled()
    assert "no clip" in timeline.toolTip()
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot(30))
    QTest.mouseMove(timeline, spot(31))
    photograph(timeline)
    assert playback.position.index == 0
    # That nobody takes the click is what is wanted.
    assert all("not accepted" in message for message in qt_messages)
    qt_messages.clear()


def test_what_is_painted(timeline: Timeline, playback: Playback) -> None:
    y = 12
    playback.seek(60)
    image = photograph(timeline)
    assert image.pixelColor(spot(30).x(), y) == QColor(DARK.accent)
    assert image.pixelColor(spot(60).x(), y) == QColor(DARK.text)
    assert image.pixelColor(spot(90).x(), y) == QColor(DARK.line)
    playback.seek(20)
    playback.mark_in()
    playback.seek(100)
    playback.mark_out()
    playback.seek(60)
    image = photograph(timeline)
    assert image.pixelColor(spot(10).x(), y) == QColor(DARK.line)
    assert image.pixelColor(spot(30).x(), y) == QColor(DARK.accent)
    assert image.pixelColor(spot(90).x(), y) == QColor(DARK.selection)
    assert image.pixelColor(spot(110).x(), y) == QColor(DARK.line)
    timeline.set_theme(LIGHT)
    assert photograph(timeline).pixelColor(spot(110).x(), y) == QColor(LIGHT.line)


def test_the_head_hides_no_mark_it_stands_on(timeline: Timeline, playback: Playback) -> None:
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    playback.seek(60)
    plain = photograph(timeline)
    playback.mark_in()
    marked_in = photograph(timeline)
    playback.clear_marks()
    playback.mark_out()
    marked_out = photograph(timeline)
    # Beside the head, above and below the track, and on the side that is played.
    middle = spot(60).x()
    above = [image.copy(0, 0, image.width(), 3) for image in (plain, marked_in, marked_out)]
    seen = [
        {x for x in range(image.width()) if image.pixelColor(x, 1) == QColor(DARK.text)}
        for image in above
    ]
    assert seen[0] == set()
    assert max(seen[1]) > middle + 5
    assert min(seen[2]) < middle - 5


def test_the_mouse_is_followed_and_let_go(timeline: Timeline) -> None:
    # Wherever an earlier test has left the mouse.
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    before = photograph(timeline)
    QTest.mouseMove(timeline, spot(70))
    assert photograph(timeline) != before
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    assert photograph(timeline) == before


def test_focus_by_keys_is_marked(timeline: Timeline) -> None:
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    before = photograph(timeline)
    timeline.activateWindow()
    timeline.setFocus(Qt.FocusReason.MouseFocusReason)
    assert photograph(timeline) == before
    timeline.clearFocus()
    timeline.setFocus(Qt.FocusReason.TabFocusReason)
    assert photograph(timeline) != before
    timeline.clearFocus()
    assert photograph(timeline) == before


def test_narrow_and_short_ones_are_drawn_too(
    playback: Playback, theme: Theme, show: Show, qt_messages: list[str]
) -> None:
    for count, rate, width in ((2, 24.0, 120), (241, 24.0, 120), (3, 0.5, 400), (50, 24.0, 20)):
        playback.load(count, rate)
        timeline = Timeline(playback, theme)
        show(timeline, width, 40)
        QTest.mouseMove(timeline, QPoint(width // 2, 10))
        assert not photograph(timeline).isNull()
    assert timeline.minimumSizeHint().isValid()
    assert not qt_messages


def test_a_dead_timeline_says_why(timeline: Timeline, playback: Playback) -> None:
    assert "Drag" in timeline.toolTip()
    assert timeline.accessibleDescription().startswith("Frame 1/121")
    playback.load(1, 0.0)
    assert not timeline.isEnabled()
    assert "picture" in timeline.toolTip()
    playback.unload()
    assert not timeline.isEnabled()
    assert "no clip" in timeline.toolTip()
    assert timeline.accessibleDescription() == timeline.toolTip()


@pytest.mark.parametrize("count", [0, 90], ids=["nothing", "another"])
def test_what_goes_while_it_is_dragged_is_let_go(
    timeline: Timeline, playback: Playback, count: int
) -> None:
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
    assert playback.is_moving
    playback.load(count, RATE)
    assert not playback.is_moving
    assert not timeline.isSliderDown()
    playback.load(COUNT, RATE)
    QTest.mouseMove(timeline, spot(80))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(80))
    assert playback.position.index == 0


def test_hidden_while_it_is_dragged_it_lets_go(timeline: Timeline, playback: Playback) -> None:
    playback.play()
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
    timeline.hide()
    assert not playback.is_scrubbing
    assert playback.position.is_playing
    playback.pause()
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(10))


def test_a_mouse_without_a_button_drags_nothing(timeline: Timeline, playback: Playback) -> None:
    playback.begin_scrub()
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
    point, kind = QPointF(spot(80)), QEvent.Type.MouseMove
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(timeline, QMouseEvent(kind, point, point, none, none, plain))
    assert playback.position.index == 10
    assert not playback.is_moving
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(10))
