"""Go to a frame, the meter, the thumbnail over the timeline, K held down: in the real pane."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton

from dreamina_desktop.ui.watch.full_screen import FullScreen
from dreamina_desktop.ui.watch.play_meter import PlayMeter
from dreamina_desktop.ui.watch.timeline import Timeline
from dreamina_desktop.ui.watch.timeline_thumb import TimelineThumb
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import (
    FRAMES,
    canvas_of,
    clip_of,
    job_of,
    number_on,
    photograph,
    shown,
    words_on,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(new_pane: NewPane, clip: Path, until: Until) -> WatchPane:
    pane = new_pane()
    pane.activateWindow()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    canvas_of(pane).setFocus()
    return pane


def field(pane: WatchPane) -> QLineEdit:
    found = pane.findChild(QLineEdit, "goToFrameEdit")
    assert found is not None
    return found


def test_g_a_number_and_enter(pane: WatchPane, until: Until) -> None:
    pane.playback.play()
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_G)
    assert field(pane).hasFocus()
    QTest.keyClicks(field(pane), "31")
    QTest.keyClick(field(pane), Qt.Key.Key_Return)
    assert not field(pane).isVisible()
    assert pane.playback.position.index == 30
    assert not pane.playback.position.is_playing
    assert canvas_of(pane).hasFocus()
    until(lambda: shown(pane) == 30)


def test_the_number_itself_can_be_clicked(pane: WatchPane) -> None:
    label = pane.findChild(QLabel, "frameLabel")
    assert label is not None
    pane.playback.seek(11)
    QTest.mouseClick(label, LEFT)
    assert field(pane).text() == "12"
    QTest.keyClicks(field(pane), "7")
    QTest.keyClick(field(pane), Qt.Key.Key_Escape)
    assert not field(pane).isVisible()
    assert pane.playback.position.index == 11


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0", "There is no frame 0: the last one is 48."),
        ("49", "There is no frame 49: the last one is 48."),
        ("-3", "“-3” is no number. Frames count from 1 to 48."),
        ("two", "“two” is no number. Frames count from 1 to 48."),
        ("", "Type a number from 1 to 48."),
    ],
)
def test_what_is_no_frame_says_why(pane: WatchPane, typed: str, reason: str) -> None:
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_G)
    QTest.keyClick(field(pane), Qt.Key.Key_Backspace)
    QTest.keyClicks(field(pane), typed)
    QTest.keyClick(field(pane), Qt.Key.Key_Return)
    assert words_on(pane, "goToFrameReason") == reason
    assert field(pane).accessibleDescription() == reason
    assert pane.playback.position.index == 0
    QTest.keyClicks(field(pane), "48")
    QTest.keyClick(field(pane), Qt.Key.Key_Return)
    assert pane.playback.position.index == 47


def test_keys_of_the_player_are_dead_while_typing(pane: WatchPane) -> None:
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_G)
    for key in (Qt.Key.Key_L, Qt.Key.Key_Period, Qt.Key.Key_I, Qt.Key.Key_Space, Qt.Key.Key_Down):
        QTest.keyClick(field(pane), key)
    position = pane.playback.position
    assert (position.index, position.is_playing, position.in_point) == (0, False, None)


def test_on_the_full_screen_the_field_is_there(pane: WatchPane) -> None:
    pane.toggle_full_screen()
    full = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FullScreen))
    full.activateWindow()
    QTest.keyClick(full.canvas, Qt.Key.Key_G)
    typed = full.findChild(QLineEdit, "goToFrameEdit")
    assert typed is not None
    assert typed.isVisible()
    QTest.keyClicks(typed, "9")
    QTest.keyClick(typed, Qt.Key.Key_Escape)
    assert pane.is_full_screen, "Esc closes the field first"
    QTest.keyClick(full.canvas, Qt.Key.Key_G)
    QTest.keyClicks(typed, "9")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert pane.playback.position.index == 8


def test_the_meter_comes_and_goes_and_tells_what_was_painted(pane: WatchPane, until: Until) -> None:
    meter = pane.findChild(PlayMeter, "playMeter")
    assert meter is not None
    assert not meter.isVisible()
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_T)
    assert meter.isVisible()
    pane.playback.play()
    until(lambda: pane.playback.tally.painted >= 6)
    meter.tell()
    assert meter.text().endswith("dropped")
    assert "of 24 frames/s" in meter.text()
    pane.playback.pause()
    meter.tell()
    assert meter.text().startswith(f"{pane.playback.tally.painted} shown")
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_T)
    assert not meter.isVisible()


def hover(timeline: Timeline, index: int) -> None:
    x = 8 + (index + 0.5) * (timeline.width() - 16) / FRAMES
    point, kind = QPointF(x, 12), QEvent.Type.MouseMove
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(timeline, QMouseEvent(kind, point, point, none, none, plain))


def test_the_frame_under_the_mouse_hangs_over_the_timeline(pane: WatchPane, until: Until) -> None:
    timeline, thumb = pane.findChild(Timeline), pane.findChild(TimelineThumb)
    assert timeline is not None
    assert thumb is not None
    for index in (17, 40, 3):
        hover(timeline, index)

        def is_there(index: int = index) -> bool:
            if not thumb.isVisible():
                return False
            image = photograph(thumb)
            return number_on(image, QRect(2, 2, image.width() - 4, image.height() - 4)) == index

        until(is_there)
        assert pane.rect().contains(thumb.geometry())
        assert thumb.geometry().bottom() < timeline.geometry().top()
    assert shown(pane) == 0, "to look is not to go"
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    assert not thumb.isVisible()
    hover(timeline, 5)
    pane.show_nothing()
    assert not thumb.isVisible()


def test_k_held_makes_l_and_j_slow_until_it_goes_up(pane: WatchPane) -> None:
    canvas = canvas_of(pane)
    speeds = []
    QTest.keyPress(canvas, Qt.Key.Key_K)
    for key in (Qt.Key.Key_L, Qt.Key.Key_L, Qt.Key.Key_J):
        QTest.keyClick(canvas, key)
        speeds.append(pane.playback.position.speed)
    assert speeds == [0.5, 0.25, -0.5]
    assert pane.playback.position.is_playing
    QTest.keyRelease(canvas, Qt.Key.Key_K)
    assert not pane.playback.position.is_playing
    QTest.keyClick(canvas, Qt.Key.Key_L)
    assert pane.playback.position.speed == 1
    QTest.keyClick(canvas, Qt.Key.Key_K)
    assert not pane.playback.position.is_playing


def test_the_menu_has_what_there_is_no_room_for(pane: WatchPane) -> None:
    button = pane.findChild(QToolButton, "playerMenuButton")
    assert button is not None
    QTest.mouseClick(button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    by_name = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert all(action.isEnabled() for action in by_name.values())
    for name in ("useFrameAction", "compareAction", "captureFrameAction", "revealAction"):
        assert name in by_name
    mode = pane.playback.position.mode
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(by_name["playModeAction"]).center())
    assert pane.playback.position.mode is not mode
    pane.show_nothing()
    QTest.mouseClick(button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert not any(action.isEnabled() for action in menu.actions() if action.text())
    assert all("no clip" in a.toolTip() for a in menu.actions() if a.objectName())
    menu.close()
