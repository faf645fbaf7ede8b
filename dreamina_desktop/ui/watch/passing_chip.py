"""A sentence over what is looked at, which goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.theme import GAP, ROOM, Theme
from dreamina_desktop.ui.watch.chip import Chip

_MILLISECONDS = 6000


class PassingChip(Chip):
    """Lies in the middle of the upper edge."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("passingNote")
        self.setAccessibleName(self.tr("Hint"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.hide)

    def say(self, text: str, over: QRect, *, passes: bool = True) -> None:
        """Show it in this part of the parent; "" for nothing. ``passes``: goes by itself."""
        self._timer.stop()
        self.setVisible(bool(text))
        if not text:
            return
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setWordWrap(False)
        room = max(1, over.width() - 2 * ROOM)
        width = self.sizeHint().width()
        self.setWordWrap(width > room)
        width = min(width, room)
        self.resize(width, max(self.sizeHint().height(), self.heightForWidth(width)))
        self.move(over.x() + (over.width() - width) // 2, over.y() + GAP)
        self.raise_()
        if passes:
            self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
