"""The pane's controls: names, Tab, keys, focus, and little room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import LIGHT
from dreamina_desktop.ui.watch.stage_message import StageMessage
from tests.ui.conftest import Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import (
    canvas_of,
    clip_of,
    job_of,
    photograph,
    shown,
    words_on,
)

CONTROLS = {
    "player",
    "positionSlider",
    "previousFrameButton",
    "playButton",
    "nextFrameButton",
    "frameLabel",
    "speedChoice",
    "useFrameButton",
    "compareButton",
    "wallButton",
    "exportButton",
    "captureFrameButton",
    "loopButton",
    "playerMenuButton",
    "fullScreenButton",
    "clipDetails",
    "copyDetailsButton",
}


def key_event(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_every_control_has_its_name_in_words(new_pane: NewPane) -> None:
    pane = new_pane()
    for name in CONTROLS:
        found = pane.findChild(QWidget, name)
        assert found is not None, name
        assert found.accessibleName(), name
    assert pane.objectName() == "watchPane"
    assert pane.accessibleName()


def test_every_control_is_reached_by_tab(new_pane: NewPane, clip: Path, until: Until) -> None:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    pane.activateWindow()
    canvas_of(pane).setFocus()
    reached = []
    for _ in range(len(CONTROLS)):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert set(reached) == CONTROLS - {"frameLabel"}
    assert reached[0] == "player"
    assert reached[1:6] == [
        "positionSlider",
        "previousFrameButton",
        "playButton",
        "nextFrameButton",
        "speedChoice",
    ]


def test_keys_reach_the_player_from_any_of_its_controls(
    new_pane: NewPane, clip: Path, until: Until
) -> None:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    for name in sorted(CONTROLS - {"frameLabel"}):
        control = pane.findChild(QWidget, name)
        assert control is not None
        control.setFocus()
        before = pane.playback.position.index
        QTest.keyClick(control, Qt.Key.Key_Period)
        assert pane.playback.position.index == before + 1, name


def test_the_window_hands_on_keys_that_nobody_wanted(
    new_pane: NewPane, clip: Path, until: Until
) -> None:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    assert pane.take_key(key_event(Qt.Key.Key_Period))
    assert pane.playback.position.index == 1
    assert not pane.take_key(key_event(Qt.Key.Key_Right)), "arrows are the focused pane's"
    assert not pane.take_key(key_event(Qt.Key.Key_Q))
    assert pane.playback.position.index == 1


def test_space_presses_the_focused_button(new_pane: NewPane, clip: Path, until: Until) -> None:
    pane = new_pane()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    button = pane.findChild(QToolButton, "nextFrameButton")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pane.playback.position.index == 1
    assert not pane.playback.position.is_playing
    QTest.keyClick(canvas_of(pane), Qt.Key.Key_Space)
    assert pane.playback.position.is_playing


def test_the_focus_stays_in_place_when_controls_die(
    new_pane: NewPane, clip: Path, until: Until
) -> None:
    pane = new_pane()
    pane.activateWindow()
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    for name in ("positionSlider", "playButton"):
        control = pane.findChild(QWidget, name)
        assert control is not None
        control.setFocus()
        pane.show_nothing()
        assert QApplication.focusWidget() is canvas_of(pane)
        pane.show_job(job_of(clip_of(clip)))
        until(lambda: shown(pane) == 0)


def test_another_theme(new_pane: NewPane) -> None:
    pane = new_pane()
    pane.set_theme(LIGHT, Icons(LIGHT))
    assert photograph(canvas_of(pane)).pixelColor(100, 10) == QColor(LIGHT.sunken)
    assert words_on(pane)


def test_the_stages_icon_is_sharp_on_a_finer_screen(
    new_pane: NewPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = new_pane()
    message = pane.findChild(StageMessage)
    assert message is not None
    drawn: list[float] = []
    draw = Icons.pixmap

    def watched(icons: Icons, name: str, size: int, ratio: float, colour: str) -> QPixmap:
        drawn.append(ratio)
        return draw(icons, name, size, ratio, colour)

    monkeypatch.setattr(Icons, "pixmap", watched)
    monkeypatch.setattr(StageMessage, "devicePixelRatioF", lambda _: 2.0)
    QApplication.sendEvent(message, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert drawn == [2.0]


def test_it_fits_where_there_is_little_room(new_pane: NewPane, clip: Path, until: Until) -> None:
    pane = new_pane(300, 560)
    pane.show_job(job_of(clip_of(clip)))
    until(lambda: shown(pane) == 0)
    assert pane.minimumSizeHint().width() <= 300
    assert canvas_of(pane).height() >= 150
    for name in CONTROLS - {"player"}:
        control = pane.findChild(QWidget, name)
        assert control is not None
        corner = control.mapTo(pane, control.rect().bottomRight())
        assert pane.rect().contains(corner), name
