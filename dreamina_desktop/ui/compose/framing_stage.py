"""The ground that a large picture to be framed stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dreamina_desktop.ui.compose.framing_canvas import FramingCanvas
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import TIGHT, Theme

_LARGEST = 8
"""So that a single pixel of a small picture can be seen to move."""


class FramingStage(QWidget):
    """``framingStage``: the canvas with the focus around it."""

    def __init__(self, draft: PictureDraft, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("framingStage")
        self.setAccessibleName(self.tr("Picture to be framed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas = FramingCanvas(draft, theme, _LARGEST, self)
        self.canvas.setObjectName("framingCanvas")
        self.canvas.setAccessibleName(self.tr("Picture as it is sent"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        layout.addWidget(self.canvas)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.canvas.set_theme(theme)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.canvas.take_key(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.sunken))
        line = QColor(self._theme.accent if self.hasFocus() else self._theme.sunken)
        painter.setPen(QPen(line, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), TIGHT, TIGHT)
        painter.end()
