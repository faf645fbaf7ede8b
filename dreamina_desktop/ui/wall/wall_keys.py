"""The keys of the wall as data: for the wall itself and for the list of keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeyEvent

from dreamina_desktop.ui.actions import KeyRow, shown_keys

_STEPS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class WallDeed(StrEnum):
    """What one can do with the take that one is at; the values are objectNames of menu entries."""

    SOLO = "wallSoloEntry"
    STAR = "wallStarEntry"
    REJECT = "wallRejectEntry"
    SETTINGS = "wallSettingsEntry"
    OPEN = "wallOpenEntry"
    LEAVE = "wallLeaveEntry"


@dataclass(frozen=True, slots=True)
class Press:
    """What a key means at the wall: a step to another tile, or a deed.

    ``number`` (from 1) is the take that a digit means; None for the one that one is at.
    """

    deed: WallDeed | None = None
    step: QPoint | None = None
    number: int | None = None


_DEEDS = {
    Qt.Key.Key_S: WallDeed.STAR,
    Qt.Key.Key_X: WallDeed.REJECT,
    Qt.Key.Key_R: WallDeed.SETTINGS,
    Qt.Key.Key_Return: WallDeed.OPEN,
    Qt.Key.Key_Enter: WallDeed.OPEN,
    Qt.Key.Key_Escape: WallDeed.LEAVE,
}


def press_of(event: QKeyEvent) -> Press | None:
    """What a pressed key means here; None for one that is not the wall's."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    key = Qt.Key(event.key())
    if key in _STEPS:
        return Press(step=_STEPS[key])
    if key in _DEEDS:
        return Press(_DEEDS[key])
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return Press(WallDeed.SOLO, number=key - Qt.Key.Key_0)
    return None


def wall_key_rows() -> tuple[KeyRow, ...]:
    """For the list of keys."""
    return (
        KeyRow(("1–9",), QCoreApplication.translate("WallKeys", "One take alone, and back")),
        KeyRow(
            shown_keys(("Left", "Right", "Up", "Down")),
            QCoreApplication.translate("WallKeys", "Another take"),
        ),
        KeyRow(shown_keys(("S",)), QCoreApplication.translate("WallKeys", "Star, or not")),
        KeyRow(shown_keys(("X",)), QCoreApplication.translate("WallKeys", "Reject, or not")),
        KeyRow(shown_keys(("R",)), QCoreApplication.translate("WallKeys", "Load its settings")),
        KeyRow(shown_keys(("Return",)), QCoreApplication.translate("WallKeys", "Open it")),
        KeyRow(shown_keys(("Esc",)), QCoreApplication.translate("WallKeys", "Leave the wall")),
    )
