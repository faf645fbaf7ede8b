"""One thing that is in the way of a take, with the one action that cures it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dreamina_desktop.ui.theme import TIGHT


class ReasonRow(QWidget):
    """Words, and a button in the form of a link; without an action there is nothing to press."""

    action_chosen = Signal()

    def __init__(self, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        label = QLabel(text, self)
        label.setProperty("look", "hint")
        label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(label, 1)
        self.button: QPushButton | None = None
        if action:
            self.button = QPushButton(action, self)
            self.button.setObjectName("reasonActionButton")
            self.button.setAccessibleName(action)
            self.button.setAccessibleDescription(text)
            self.button.setToolTip(text)
            self.button.setProperty("look", "link")
            self.button.setCursor(Qt.CursorShape.PointingHandCursor)
            self.button.clicked.connect(self._on_button_clicked)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_button_clicked(self) -> None:
        self.action_chosen.emit()
