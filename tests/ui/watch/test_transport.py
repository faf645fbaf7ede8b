"""The row of controls: by mouse, by keys, and with a reason when it is dead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.transport import Transport
from tests.ui.conftest import Show

BUTTONS = ("previousFrameButton", "playButton", "nextFrameButton", "loopButton", "fullScreenButton")


@pytest.fixture
def playback(application: QApplication) -> Playback:
    del application
    playback = Playback()
    playback.load(121, 24.0)
    return playback


@pytest.fixture
def transport(playback: Playback, icons: Icons, show: Show) -> Transport:
    transport = Transport(playback, icons)
    show(transport, 500, 48)
    return transport


def button(transport: Transport, name: str) -> QToolButton:
    found = transport.findChild(QToolButton, name)
    assert found is not None, name
    return found


def label(transport: Transport, name: str = "frameLabel") -> str:
    found = transport.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def test_names_tips_and_keyboard(transport: Transport) -> None:
    transport.activateWindow()
    reached = []
    button(transport, BUTTONS[0]).setFocus()
    for name in BUTTONS:
        found = button(transport, name)
        assert found.accessibleName()
        assert found.toolTip()
        focused = QApplication.focusWidget()
        reached.append(focused.objectName() if focused else "")
        QTest.keyClick(transport, Qt.Key.Key_Tab)
    assert tuple(reached) == BUTTONS


def test_buttons_by_mouse_and_by_space(transport: Transport, playback: Playback) -> None:
    transport.activateWindow()
    for name, index in (
        ("nextFrameButton", 1),
        ("nextFrameButton", 2),
        ("previousFrameButton", 1),
    ):
        QTest.mouseClick(button(transport, name), Qt.MouseButton.LeftButton)
        assert playback.position.index == index
    button(transport, "nextFrameButton").setFocus()
    QTest.keyClick(button(transport, "nextFrameButton"), Qt.Key.Key_Space)
    assert playback.position.index == 2


def test_play_says_what_it_will_do(transport: Transport, playback: Playback) -> None:
    play = button(transport, "playButton")
    assert play.accessibleName() == "Play"
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert playback.position.is_playing
    assert play.accessibleName() == "Pause"
    QTest.mouseClick(play, Qt.MouseButton.LeftButton)
    assert not playback.position.is_playing
    assert play.accessibleName() == "Play"


def test_loop_is_on_at_first(transport: Transport, playback: Playback) -> None:
    loop = button(transport, "loopButton")
    assert loop.isChecked()
    QTest.mouseClick(loop, Qt.MouseButton.LeftButton)
    assert not playback.position.is_looping
    assert not loop.isChecked()
    playback.toggle_loop()
    assert loop.isChecked()


def test_frame_and_time_always_stand_there(transport: Transport, playback: Playback) -> None:
    assert label(transport) == "1/121  0:00.00"
    playback.seek(51)
    assert label(transport) == "52/121  0:02.13"
    playback.go_to_end()
    assert label(transport) == "121/121  0:05.00"


def test_unusual_speed_is_told(transport: Transport, playback: Playback) -> None:
    assert label(transport, "speedLabel") == ""
    playback.shuttle_forward()
    assert label(transport, "speedLabel") == ""
    playback.shuttle_forward()
    assert label(transport, "speedLabel") == "▸ 2×"
    playback.shuttle_back()
    assert label(transport, "speedLabel") == "◂ 1×"
    playback.pause()
    assert label(transport, "speedLabel") == ""


def test_the_label_does_not_dance(transport: Transport, playback: Playback) -> None:
    found = transport.findChild(QLabel, "frameLabel")
    assert found is not None
    widths = set()
    for index in (0, 9, 99, 120):
        playback.seek(index)
        QApplication.processEvents()
        widths.add(found.width())
    assert len(widths) == 1


def test_dead_buttons_say_why(transport: Transport, playback: Playback) -> None:
    playback.unload()
    assert label(transport) == "–/–"
    found = transport.findChild(QLabel, "frameLabel")
    assert found is not None
    assert "no clip" in found.toolTip()
    for name in BUTTONS:
        assert not button(transport, name).isEnabled()
        assert "no clip" in button(transport, name).toolTip()
    playback.load(1, 0.0)
    assert label(transport) == "1/1"
    for name in BUTTONS[:-1]:
        assert not button(transport, name).isEnabled()
        assert "picture" in button(transport, name).toolTip()
    assert button(transport, "fullScreenButton").isEnabled()
    assert "no clip" not in found.toolTip()


def test_full_screen_is_asked_for(transport: Transport, icons: Icons, show: Show) -> None:
    spy = QSignalSpy(transport.full_screen_asked)
    QTest.mouseClick(button(transport, "fullScreenButton"), Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    playback = Playback()
    inside = Transport(playback, icons, in_full_screen=True)
    show(inside, 500, 48)
    leave = button(inside, "fullScreenButton")
    assert leave.isEnabled()
    assert "Esc" in leave.toolTip()
    assert leave.accessibleName() == "Leave full screen"


def test_other_theme(transport: Transport) -> None:
    before = button(transport, "playButton").grab().toImage()
    transport.set_icons(Icons(LIGHT))
    assert button(transport, "playButton").grab().toImage() != before
