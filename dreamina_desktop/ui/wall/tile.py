"""One tile, as the focus, the mouse and assistive tools meet it; the wall paints it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QWidget


class Tile(QWidget):
    """Transparent. Its keys go to the wall."""

    focused = Signal()
    blurred = Signal()
    entered = Signal()
    exited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def name(self, number: int, spoken: str, keys: str) -> None:
        """Say what it is; ``number`` from 1."""
        self.setObjectName(f"wallTile{number}")
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
        self.setAccessibleDescription(keys)

    def set_current(self, is_current: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Only one of them is a stop of the Tab key; arrows go from there."""
        policy = Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.blurred.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self.exited.emit()
