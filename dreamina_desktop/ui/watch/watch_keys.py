"""The player's keys as data: for the pane, the full screen, menus and the list of keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from dreamina_desktop.ui.watch.playback import Playback


class KeyPlace(StrEnum):
    """Where a key works: in the whole window (never while typing), or where the player has it."""

    WINDOW = "window"
    PLAYER = "player"


@dataclass(frozen=True, slots=True)
class WatchKey:
    """One thing to do. ``keys`` as ``QKeySequence`` reads them, the one to show first.

    ``name`` is an objectName for an action. ``repeats``: whether holding the key goes on.
    """

    name: str
    keys: tuple[str, ...]
    act: Callable[[], None]
    text: str
    place: KeyPlace = KeyPlace.WINDOW
    repeats: bool = False


def watch_keys(playback: Playback, toggle_full_screen: Callable[[], None]) -> tuple[WatchKey, ...]:
    """Every key of the player.

    Space also presses a focused button and arrows move in lists and fields: whoever makes
    window-wide shortcuts of these leaves them to the widget that has the focus.
    """
    at = KeyPlace.PLAYER
    return (
        WatchKey(
            "playAction",
            ("Space",),
            playback.toggle,
            QCoreApplication.translate("WatchKeys", "Play or pause"),
        ),
        WatchKey(
            "shuttleBackAction",
            ("J",),
            playback.shuttle_back,
            QCoreApplication.translate("WatchKeys", "Play backwards"),
        ),
        WatchKey(
            "stopAction", ("K",), playback.pause, QCoreApplication.translate("WatchKeys", "Stop")
        ),
        WatchKey(
            "shuttleForwardAction",
            ("L",),
            playback.shuttle_forward,
            QCoreApplication.translate("WatchKeys", "Play"),
        ),
        WatchKey(
            "previousFrameAction",
            (",",),
            playback.step_back,
            QCoreApplication.translate("WatchKeys", "Frame back"),
            repeats=True,
        ),
        WatchKey(
            "nextFrameAction",
            (".",),
            playback.step_forward,
            QCoreApplication.translate("WatchKeys", "Frame on"),
            repeats=True,
        ),
        WatchKey(
            "tenBackAction",
            ("Shift+,", "<"),
            playback.leap_back,
            QCoreApplication.translate("WatchKeys", "Ten frames back"),
            repeats=True,
        ),
        WatchKey(
            "tenForwardAction",
            ("Shift+.", ">"),
            playback.leap_forward,
            QCoreApplication.translate("WatchKeys", "Ten frames on"),
            repeats=True,
        ),
        WatchKey(
            "arrowBackAction",
            ("Left",),
            playback.step_back,
            QCoreApplication.translate("WatchKeys", "Frame back"),
            at,
            repeats=True,
        ),
        WatchKey(
            "arrowForwardAction",
            ("Right",),
            playback.step_forward,
            QCoreApplication.translate("WatchKeys", "Frame on"),
            at,
            repeats=True,
        ),
        WatchKey(
            "arrowTenBackAction",
            ("Shift+Left",),
            playback.leap_back,
            QCoreApplication.translate("WatchKeys", "Ten frames back"),
            at,
            repeats=True,
        ),
        WatchKey(
            "arrowTenForwardAction",
            ("Shift+Right",),
            playback.leap_forward,
            QCoreApplication.translate("WatchKeys", "Ten frames on"),
            at,
            repeats=True,
        ),
        WatchKey(
            "firstFrameAction",
            ("Home",),
            playback.go_to_start,
            QCoreApplication.translate("WatchKeys", "First frame"),
            at,
        ),
        WatchKey(
            "lastFrameAction",
            ("End",),
            playback.go_to_end,
            QCoreApplication.translate("WatchKeys", "Last frame"),
            at,
        ),
        WatchKey(
            "inPointAction",
            ("I",),
            playback.mark_in,
            QCoreApplication.translate("WatchKeys", "In point here"),
        ),
        WatchKey(
            "outPointAction",
            ("O",),
            playback.mark_out,
            QCoreApplication.translate("WatchKeys", "Out point here"),
        ),
        WatchKey(
            "clearPointsAction",
            ("0",),
            playback.clear_marks,
            QCoreApplication.translate("WatchKeys", "Clear in and out point"),
        ),
        WatchKey(
            "fullScreenAction",
            ("F11",),
            toggle_full_screen,
            QCoreApplication.translate("WatchKeys", "Full screen"),
        ),
    )


def press(keys: tuple[WatchKey, ...], event: QKeyEvent) -> bool:
    """Do what a pressed key stands for; whether it stands for anything."""
    pressed = _sequences(event)
    for key in keys:
        if any(QKeySequence(text) in pressed for text in key.keys):
            if key.repeats or not event.isAutoRepeat():
                key.act()
            return True
    return False


def _sequences(event: QKeyEvent) -> list[QKeySequence]:
    """The ways in which a pressed key may be written."""
    combination = event.keyCombination()
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    ways = [QKeySequence(QKeyCombination(modifiers, combination.key()))]
    # On many keyboards "<" is Shift and ",": the modifier is in the sign already.
    if modifiers == Qt.KeyboardModifier.ShiftModifier and event.text() in ("<", ">"):
        ways.append(QKeySequence(event.text()))
    return ways
