"""An entry in a menu that is off while it can do nothing, and says why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


class MenuEntry(QObject):
    """Switches one entry. ``action`` is what it triggers where that is another's.

    Keys belong to the action, which stays on: pressed, they say why nothing comes of it.
    """

    def __init__(self, entry: QAction, parent: QObject, action: QAction | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._action = action
        self._hint = entry.toolTip()
        self._reason = ""
        self._button: QAbstractButton | None = None
        if action is not None:
            entry.triggered.connect(action.trigger)
            action.enabledChanged.connect(self._show)
            self._show()

    def refuse(self, reason: str) -> None:
        """Why it can do nothing now; "" where it can."""
        self._reason = reason
        self._show()

    def follow(self, button: QAbstractButton) -> None:
        """Be on and off with a button that does the same, and say what it says."""
        self._button = button
        button.installEventFilter(self)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange):
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        button = self._button
        if button is None:
            return
        # Its name is no reason.
        lines = [line for line in button.toolTip().splitlines() if line != button.accessibleName()]
        # Not whether it is in sight: its pane may be folded away.
        self.refuse("" if button.isEnabled() else "\n".join(lines))

    def _show(self) -> None:
        is_possible = self._action is None or self._action.isEnabled()
        self.entry.setEnabled(is_possible and not self._reason)
        self.entry.setToolTip(self._reason or self._hint)
        self.entry.setStatusTip(self._reason)
