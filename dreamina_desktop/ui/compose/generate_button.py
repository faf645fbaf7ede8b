"""The button that costs money, and says how much."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton


class GenerateButton(QPushButton):
    """Objects named ``generateButton`` are this. A double click is one click: it pays once."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()
