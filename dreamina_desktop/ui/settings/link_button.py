"""A web page to be opened, in words."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget


class LinkButton(QPushButton):
    """A button, since the focus cannot be moved back out of a link in a label."""

    def __init__(self, text: str, address: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._address = address
        self.setAccessibleName(text)
        self.setProperty("look", "link")
        self.setToolTip(address)
        self.setAutoDefault(False)
        self.clicked.connect(self._on_clicked)

    def lead_to(self, address: str) -> None:
        """Open another page from now on."""
        self._address = address
        self.setToolTip(address)

    def _on_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))
