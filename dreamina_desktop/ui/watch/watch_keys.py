"""The player's keys as data: for the pane, the full screen, menus and the list of keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.player_deeds import PlayerDeeds
from dreamina_desktop.ui.watch.shuttle import Shuttle


class KeyPlace(StrEnum):
    """Where a key works: in the whole window (never while typing), or where the player has it."""

    WINDOW = "window"
    PLAYER = "player"


@dataclass(frozen=True, slots=True)
class WatchKey:
    """One thing to do. ``keys`` as ``QKeySequence`` reads them, the one to show first.

    ``name`` is an objectName for an action. ``repeats``: whether holding the key goes on.
    ``on_key`` is what the key itself does where that is more than ``act``.
    """

    name: str
    keys: tuple[str, ...]
    act: Callable[[], None]
    text: str
    place: KeyPlace = KeyPlace.WINDOW
    repeats: bool = False
    on_key: Callable[[], None] | None = None


def watch_keys(playback: Playback, shuttle: Shuttle, deeds: PlayerDeeds) -> tuple[WatchKey, ...]:
    """Every key of the player, those of playing first.

    Space also presses a focused button and arrows move in lists and fields: whoever makes
    window-wide shortcuts of these leaves them to the widget that has the focus.
    """
    return (
        *_playing(playback, shuttle),
        *_stepping(playback, deeds),
        *_marking(playback),
        *_viewing(deeds),
        *_doing(deeds),
    )


def _playing(playback: Playback, shuttle: Shuttle) -> tuple[WatchKey, ...]:
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
            shuttle.back,
            QCoreApplication.translate(
                "WatchKeys", "Play backwards; again faster, with K held slowly"
            ),
        ),
        WatchKey(
            "stopAction",
            ("K",),
            playback.pause,
            QCoreApplication.translate("WatchKeys", "Stop"),
            on_key=shuttle.press_stop,
        ),
        WatchKey(
            "shuttleForwardAction",
            ("L",),
            shuttle.forward,
            QCoreApplication.translate("WatchKeys", "Play; again faster, with K held slowly"),
        ),
    )


def _stepping(playback: Playback, deeds: PlayerDeeds) -> tuple[WatchKey, ...]:
    at = KeyPlace.PLAYER
    return (
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
            "goToFrameAction",
            ("G",),
            deeds.go_to_frame,
            QCoreApplication.translate("WatchKeys", "Go to frame"),
        ),
    )


def _marking(playback: Playback) -> tuple[WatchKey, ...]:
    return (
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
            "playModeAction",
            ("M",),
            playback.next_mode,
            QCoreApplication.translate("WatchKeys", "Loop, once, to and fro"),
        ),
    )


def _viewing(deeds: PlayerDeeds) -> tuple[WatchKey, ...]:
    at = KeyPlace.PLAYER
    return (
        WatchKey(
            "zoomAction",
            ("Z",),
            deeds.zoom,
            QCoreApplication.translate("WatchKeys", "Fit, or 100 %"),
        ),
        WatchKey(
            "zoomInAction",
            ("+", "="),
            deeds.zoom_in,
            QCoreApplication.translate("WatchKeys", "Nearer"),
            at,
            repeats=True,
        ),
        WatchKey(
            "zoomOutAction",
            ("-",),
            deeds.zoom_out,
            QCoreApplication.translate("WatchKeys", "Farther"),
            at,
            repeats=True,
        ),
        WatchKey(
            "fullScreenAction",
            ("F11",),
            deeds.full_screen,
            QCoreApplication.translate("WatchKeys", "Full screen"),
        ),
        WatchKey(
            "meterAction",
            ("T",),
            deeds.meter,
            QCoreApplication.translate("WatchKeys", "Frames a second, dropped frames"),
        ),
    )


def _doing(deeds: PlayerDeeds) -> tuple[WatchKey, ...]:
    at = KeyPlace.PLAYER
    return (
        WatchKey(
            "captureFrameAction",
            ("C",),
            deeds.save_frame,
            QCoreApplication.translate("WatchKeys", "Save this frame as PNG"),
        ),
        WatchKey(
            "copyFrameAction",
            ("Shift+C",),
            deeds.copy_frame,
            QCoreApplication.translate("WatchKeys", "Copy this frame"),
        ),
        WatchKey(
            "copyFileAction",
            ("Ctrl+C",),
            deeds.copy_file,
            QCoreApplication.translate("WatchKeys", "Copy the clip's file"),
            at,
        ),
        WatchKey(
            "useFrameAction",
            ("U",),
            deeds.use_frame,
            QCoreApplication.translate("WatchKeys", "Use this frame as the next picture"),
        ),
        WatchKey(
            "compareAction",
            ("B",),
            deeds.compare,
            QCoreApplication.translate("WatchKeys", "Compare"),
        ),
    )


def press(keys: tuple[WatchKey, ...], event: QKeyEvent) -> bool:
    """Do what a pressed key stands for; whether it stands for anything."""
    pressed = _sequences(event)
    for key in keys:
        if any(QKeySequence(text) in pressed for text in key.keys):
            if key.repeats or not event.isAutoRepeat():
                (key.on_key or key.act)()
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
