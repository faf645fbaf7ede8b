"""One thing that is in the way of a take, with the one action that cures it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dreamina_desktop.ui.theme import TIGHT


class ReasonRow(QWidget):
    """Words, and a button in the form of a link; without an action there is nothing to press."""

    action_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setProperty("look", "hint")
        self._label.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.setObjectName("reasonActionButton")
        self.button.setProperty("look", "link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self._on_button_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What is in the way."""
        return self._label.text()

    def say(self, text: str, action: str) -> None:
        """Say this now; ``action`` "" for nothing that could be done."""
        self._label.setText(text)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setAccessibleDescription(text)
        self.button.setToolTip(text)
        self.button.setVisible(bool(action))

    def _on_button_clicked(self) -> None:
        self.action_chosen.emit()
