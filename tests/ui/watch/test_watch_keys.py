"""The player's keys, as the design lists them."""

from __future__ import annotations

from dataclasses import fields
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.player_deeds import PlayerDeeds
from dreamina_desktop.ui.watch.shuttle import Shuttle
from dreamina_desktop.ui.watch.watch_keys import KeyPlace, WatchKey, press, watch_keys

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Desk:
    def __init__(self) -> None:
        self.playback = Playback()
        self.playback.load(121, 24.0)
        self.playback.seek(50)
        self.done: list[str] = []
        names = [field.name for field in fields(PlayerDeeds)]
        deeds = PlayerDeeds(**{name: partial(self.done.append, name) for name in names})
        self.keys = watch_keys(self.playback, Shuttle(self.playback), deeds)

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = NONE,
        text: str = "",
        *,
        repeated: bool = False,
    ) -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, repeated)
        return press(self.keys, event)


@pytest.fixture
def desk(application: QApplication) -> Desk:
    del application
    return Desk()


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "index"),
    [
        (Qt.Key.Key_Comma, NONE, ",", 49),
        (Qt.Key.Key_Period, NONE, ".", 51),
        (Qt.Key.Key_Comma, SHIFT, ",", 40),
        (Qt.Key.Key_Less, SHIFT, "<", 40),
        (Qt.Key.Key_Greater, SHIFT, ">", 60),
        (Qt.Key.Key_Left, NONE, "", 49),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.KeypadModifier, "", 51),
        (Qt.Key.Key_Left, SHIFT, "", 40),
        (Qt.Key.Key_Right, SHIFT, "", 60),
        (Qt.Key.Key_Home, NONE, "", 0),
        (Qt.Key.Key_End, NONE, "", 120),
    ],
)
def test_moves(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, index: int
) -> None:
    assert desk.press(key, modifiers, text)
    assert desk.playback.position.index == index


def test_playing(desk: Desk) -> None:
    position = lambda: desk.playback.position  # noqa: E731
    desk.press(Qt.Key.Key_Space)
    assert position().is_playing
    desk.press(Qt.Key.Key_L)
    assert position().speed == 2
    desk.press(Qt.Key.Key_L, repeated=True)
    assert position().speed == 2, "holding a key is one press"
    desk.press(Qt.Key.Key_J)
    assert position().speed == -1
    desk.press(Qt.Key.Key_K)
    assert not position().is_playing
    desk.press(Qt.Key.Key_Period, repeated=True)
    assert position().index == 51, "holding a step goes on"


def test_marks_and_full_screen(desk: Desk) -> None:
    desk.press(Qt.Key.Key_I)
    desk.press(Qt.Key.Key_End)
    desk.press(Qt.Key.Key_O)
    position = desk.playback.position
    assert (position.in_point, position.out_point) == (50, 120)
    desk.press(Qt.Key.Key_0, Qt.KeyboardModifier.KeypadModifier)
    assert desk.playback.position.in_point is None
    desk.press(Qt.Key.Key_F11)
    assert desk.done == ["full_screen"]


def test_other_keys_are_left_to_others(desk: Desk) -> None:
    assert not desk.press(Qt.Key.Key_Q)
    assert not desk.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_the_list_is_whole_and_clear(desk: Desk) -> None:
    written = [key for entry in desk.keys for key in entry.keys]
    assert len(written) == len(set(written))
    wanted = "Space J K L , . Shift+, Shift+. G M Z T "
    wanted += "Left Right Shift+Left Shift+Right Home End I O 0 F11 C Shift+C U B"
    assert set(wanted.split()) <= set(written)
    names = [entry.name for entry in desk.keys]
    assert len(names) == len(set(names))
    for entry in desk.keys:
        assert entry.text
        assert all(not QKeySequence(key).isEmpty() for key in entry.keys)
    arrows = {"Left", "Right", "Shift+Left", "Shift+Right", "Home", "End", "+", "=", "-", "Ctrl+C"}
    assert {key for entry in player_keys(desk.keys) for key in entry.keys} == arrows


def player_keys(keys: tuple[WatchKey, ...]) -> list[WatchKey]:
    return [entry for entry in keys if entry.place is KeyPlace.PLAYER]
