"""How large the clip is shown, while it is not simply fitted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from dreamina_desktop.ui.theme import GAP, Theme
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.canvas_hand import CanvasHand
from dreamina_desktop.ui.watch.chip import Chip


class ZoomChip(Chip):
    """In the upper right corner of its canvas."""

    def __init__(self, canvas: Canvas, hand: CanvasHand, theme: Theme) -> None:
        super().__init__(theme, canvas)
        self._canvas = canvas
        self._hand = hand
        self.setObjectName("zoomLabel")
        self.setAccessibleName(self.tr("Zoom"))
        canvas.installEventFilter(self)
        canvas.zoom_changed.connect(self._on_zoom_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _on_zoom_changed(self) -> None:
        scale = self._canvas.zoom.scale
        self.setVisible(scale is not None)
        self.setText(f"{self._hand.percent} %")
        self.adjustSize()
        self._place()

    def _place(self) -> None:
        self.move(self._canvas.width() - self.width() - GAP, GAP)
        self.raise_()
