"""Which picture it is, and its own size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dreamina_desktop.ui.draft import Draft


class PictureCaption(QLabel):
    """``pictureLabel`` "coffee.png · 600 × 400"; a long name is shortened in its middle.

    Gone where there is no file: an address stands in its own field.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("pictureLabel")
        self.setAccessibleName(self.tr("Name and size of the picture"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_text()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        has_file = bool(picture.source) and not picture.is_address
        self.setVisible(has_file)
        if has_file:
            self.setToolTip(picture.source)
            name, size = self._parts()
            self.setAccessibleDescription(f"{name}{size}")
            self._show_text()

    def _show_text(self) -> None:
        name, size = self._parts()
        metrics = self.fontMetrics()
        room = max(0, self.width() - metrics.horizontalAdvance(size))
        self.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) + size)

    def _parts(self) -> tuple[str, str]:
        picture = self._draft.picture
        facts = picture.facts
        has_size = facts is not None and facts.width > 0 and facts.height > 0
        size = f" · {facts.width} × {facts.height}" if facts is not None and has_size else ""
        return Path(picture.source).name, size
