"""A dialog that makes room for what appears in it while it is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class GrowingDialog(QDialog):
    """Qt fits a dialog to wrapped text only once, when it is shown."""

    def event(self, event: QEvent) -> bool:
        """Grow when the layout asks for it; never shrink under somebody's pointer."""
        # Asked first: behind the event that deletes it, nothing of the dialog is left.
        is_request = event.type() is QEvent.Type.LayoutRequest
        done = super().event(event)
        if is_request:
            self._grow()
        return done

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wanted = layout.totalHeightForWidth(self.width())
        if wanted > self.height():
            self.resize(self.width(), wanted)
