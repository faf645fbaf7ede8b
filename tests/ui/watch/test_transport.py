"""The row of controls: by mouse, by keys, and with a reason when it is dead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.ui.watch.play_position import PlayMode
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.transport import Transport
from tests.ui.conftest import Show

PLAYING = ("previousFrameButton", "playButton", "nextFrameButton", "speedChoice")
RARER = ("useFrameButton", "compareButton", "wallButton", "captureFrameButton", "exportButton")
BUTTONS = (*PLAYING, *RARER, "loopButton", "playerMenuButton", "fullScreenButton")


@pytest.fixture
def playback(application: QApplication) -> Playback:
    del application
    playback = Playback()
    playback.load(121, 24.0)
    return playback


@pytest.fixture
def transport(playback: Playback, icons: Icons, show: Show) -> Transport:
    transport = Transport(playback, icons)
    show(transport, 640, 48)
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


def test_loop_once_and_to_and_fro_in_turn(transport: Transport, playback: Playback) -> None:
    loop = button(transport, "loopButton")
    seen = []
    for mode, told in (
        (PlayMode.LOOP, "Loops"),
        (PlayMode.ONCE, "Stops"),
        (PlayMode.PING_PONG, "to and fro"),
        (PlayMode.LOOP, "Loops"),
    ):
        assert playback.position.mode is mode
        assert told in loop.toolTip().partition(":")[0]
        seen.append(loop.grab().toImage())
        QTest.mouseClick(loop, Qt.MouseButton.LeftButton)
    assert seen[0] == seen[3]
    assert seen[0] != seen[1] != seen[2] != seen[0]


def test_frame_and_time_always_stand_there(transport: Transport, playback: Playback) -> None:
    assert label(transport) == "1/121  0:00.00"
    playback.seek(51)
    assert label(transport) == "52/121  0:02.13"
    playback.go_to_end()
    assert label(transport) == "121/121  0:05.00"


def test_speed_is_told_and_chosen(transport: Transport, playback: Playback) -> None:
    choice = button(transport, "speedChoice")
    told = []
    for act in (
        playback.shuttle_forward,
        playback.shuttle_forward,
        playback.shuttle_back,
        playback.crawl_back,
        playback.crawl_back,
        playback.pause,
    ):
        act()
        told.append(choice.text())
    assert told == ["1×", "2×", "◂ 1×", "◂ 0.5×", "◂ 0.25×", "1×"]
    menu = choice.menu()
    assert [entry.text() for entry in menu.actions()] == ["0.25×", "0.5×", "1×", "2×", "4×"]
    menu.popup(choice.mapToGlobal(choice.rect().bottomLeft()))
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center()
    )
    assert choice.text() == "0.5×"
    QTest.mouseClick(button(transport, "playButton"), Qt.MouseButton.LeftButton)
    assert playback.position.speed == 0.5
    assert menu.actions()[1].isChecked()


def test_where_there_is_little_room_the_rarer_ones_go(
    transport: Transport, playback: Playback
) -> None:
    del playback
    for width, gone in ((640, 0), (560, 0), (360, 4), (280, 7)):
        transport.resize(width, 48)
        QApplication.processEvents()
        hidden = [
            n for n in (*RARER, "speedChoice", "loopButton") if button(transport, n).isHidden()
        ]
        assert len(hidden) >= gone if gone else not hidden
        for name in (*PLAYING[:3], "playerMenuButton", "fullScreenButton"):
            found = button(transport, name)
            assert found.isVisible()
            assert transport.rect().contains(found.geometry())
    assert transport.minimumSizeHint().width() <= 276


def test_what_is_judged_with_goes_last(transport: Transport, playback: Playback) -> None:
    del playback
    # As wide as the pane is in the smallest window.
    for width, wanted in ((404, ("compareButton", "wallButton", "loopButton", "useFrameButton")),
                          (336, ("compareButton", "wallButton")),
                          (310, ("compareButton",))):  # fmt: skip
        transport.resize(width, 48)
        QApplication.processEvents()
        assert {name for name in wanted if not button(transport, name).isHidden()} == set(wanted)
    # No hole is left that one of the others would fit into.
    transport.resize(404, 48)
    QApplication.processEvents()
    everyone = transport.findChildren(QToolButton)
    row = [found for found in everyone if found.isVisible()]
    used = sum(found.width() for found in row) + transport.label.width()
    assert transport.width() - used < 2 * 32


def test_buttons_ask(transport: Transport) -> None:
    for name, signal in (
        ("useFrameButton", transport.use_frame_asked),
        ("compareButton", transport.compare_asked),
        ("wallButton", transport.wall_asked),
        ("exportButton", transport.export_asked),
        ("captureFrameButton", transport.capture_asked),
        ("playerMenuButton", transport.menu_asked),
    ):
        spy = QSignalSpy(signal)
        QTest.mouseClick(button(transport, name), Qt.MouseButton.LeftButton)
        assert spy.count() == 1
    spy = QSignalSpy(transport.go_to_frame_asked)
    QTest.mouseClick(transport.label, Qt.MouseButton.LeftButton)
    assert spy.count() == 1


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
    of_clips = [name for name in RARER if name != "wallButton"]
    for name in (*PLAYING, *of_clips, "loopButton", "fullScreenButton"):
        assert not button(transport, name).isEnabled()
        assert "no clip" in button(transport, name).toolTip()
    playback.load(1, 0.0)
    assert label(transport) == "1/1"
    # On a wall there is a place for takes that are still made, too; and else it says why not.
    assert button(transport, "wallButton").isEnabled()
    for name in (*PLAYING, "loopButton", "exportButton"):
        assert not button(transport, name).isEnabled()
        assert "picture" in button(transport, name).toolTip()
    assert button(transport, "fullScreenButton").isEnabled()
    assert all(button(transport, name).isEnabled() for name in of_clips if name != "exportButton")
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
