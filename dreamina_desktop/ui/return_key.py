"""Return presses the button that has the focus, as Space does; it never spends money."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

SPENDS = "spends"
"""The property of a button that costs money; Return is no way to press it."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReturnKey(QObject):
    """For one button in a dialog, where Qt leaves Return to the default button."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return press_with_return(self._button, event)
        return super().eventFilter(watched, event)


def is_plain_return(event: QKeyEvent) -> bool:
    """Whether it is Return or Enter, with nothing held down."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier


def press_with_return(focused: QWidget | None, event: QKeyEvent) -> bool:
    """Press a button by a plain Return; whether it is one that Return may press.

    A key that is held down presses once.
    """
    if not isinstance(focused, QPushButton | QToolButton) or not is_plain_return(event):
        return False
    if focused.property(SPENDS):
        return False
    if not event.isAutoRepeat():
        focused.click()
    return True
