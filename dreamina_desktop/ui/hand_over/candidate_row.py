"""The frames to choose from, side by side."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QListView, QWidget

_MOVING = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class CandidateRow(QListView):
    """Arrows go along it, Enter takes; every other key is for whoever is behind."""

    taking_asked = Signal()
    """The current one is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self.taking_asked)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and event.key() in _MOVING:
            super().keyPressEvent(event)
        elif held == Qt.KeyboardModifier.NoModifier and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.taking_asked.emit()
        else:
            # A list would look for what begins with that letter.
            event.ignore()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Either wheel: most mice have but one.
        turned = event.angleDelta() if event.pixelDelta().isNull() else event.pixelDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned.x() - turned.y())
        event.accept()
