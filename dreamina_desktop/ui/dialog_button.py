"""A dialog's button, pressed by Return while it has the focus and at no other time."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from dreamina_desktop.ui.return_key import ReturnKey


class DialogButton(QPushButton):
    """Its words are its accessible name too. It becomes a default button only where it is told."""

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAutoDefault(False)
        ReturnKey(self)
