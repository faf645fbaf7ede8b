"""Rows of the picture that scroll where the window is too low for all of them."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

_LEAST = 72
"""Device-independent pixels: four lines, and the beginning of what is below them."""
_SOME = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class FittingArea(QScrollArea):
    """As high as ``inside``. Gives way only where all else in ``pane`` is as low as it can be."""

    def __init__(self, inside: QWidget, pane: QWidget | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane = pane
        self.setProperty("look", "slim")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        # The pane's own ground is seen through both.
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        if pane is not None:
            pane.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._needed())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A scroll area watches what is in it anyway.
        taken = super().eventFilter(watched, event) if watched is not self._pane else False
        if event.type() in _SOME:
            self._fit()
        return taken

    def _fit(self) -> None:
        needed = self._needed()
        least = needed
        rows = None if self._pane is None else self._pane.layout()
        if self._pane is not None and rows is not None and self._pane.isVisible():
            others = _least_height(rows, self._pane.width()) - self.minimumHeight()
            least = min(needed, max(self._pane.height() - others, _LEAST))
        if (least, needed) != (self.minimumHeight(), self.maximumHeight()):
            self.setMinimumHeight(least)
            self.setMaximumHeight(needed)
            self.updateGeometry()

    def _needed(self) -> int:
        inside = self.widget()
        rows = None if inside is None else inside.layout()
        return 0 if rows is None else _least_height(rows, self.width())


def _least_height(rows: QLayout, width: int) -> int:
    if rows.hasHeightForWidth():
        return rows.totalMinimumHeightForWidth(width)
    return rows.totalMinimumSize().height()
