"""What shape the clip gets, and how much of the picture that costs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dreamina_desktop.core.framing import Framing
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import GAP


class ShapeCaption(QWidget):
    """``shapeLabel`` "Clip: 4:3 · 1664 × 1248", ``lostLabel`` "6 % cut off at top and bottom"."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.shape_label = QLabel(self)
        self.shape_label.setObjectName("shapeLabel")
        self.shape_label.setAccessibleName(self.tr("Expected shape and size of the clip"))
        self.shape_label.setToolTip(
            self.tr("The shape nearest to the picture's; the provider decides")
        )
        self.lost_label = QLabel(self)
        self.lost_label.setObjectName("lostLabel")
        self.lost_label.setAccessibleName(self.tr("What is cut off"))
        self.lost_label.setProperty("look", "hint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.shape_label)
        layout.addStretch(1)
        layout.addWidget(self.lost_label)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_lost()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _on_picture_changed(self) -> None:
        framing = self._draft.framing
        self.setVisible(framing is not None)
        if framing is not None:
            output = framing.output
            shape = f"{output.shape} · {output.width} × {output.height}"
            self.shape_label.setText(self.tr("Clip: {0}").format(shape))
            self._show_lost()

    def _show_lost(self) -> None:
        framing = self._draft.framing
        if framing is None:
            return
        long, short = self._lost_texts(framing)
        room = self.width() - self.shape_label.sizeHint().width() - GAP
        fits = self.fontMetrics().horizontalAdvance(long) <= room
        self.lost_label.setText(long if fits else short)
        self.lost_label.setToolTip(long)
        self.lost_label.setAccessibleDescription(long)

    def _lost_texts(self, framing: Framing) -> tuple[str, str]:
        """In full, and where there is little room."""
        if framing.lost <= 0:
            nothing = self.tr("nothing is cut off")
            return nothing, nothing
        percent = framing.lost * 100
        shown = self.tr("under 1 %") if percent < 1 else self.tr("{0} %").format(round(percent))
        short = self.tr("{0} cut off").format(shown)
        if framing.crop.left > 0:
            return self.tr("{0} cut off at the sides").format(shown), short
        return self.tr("{0} cut off at top and bottom").format(shown), short
