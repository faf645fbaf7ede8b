"""Another program has saved the picture's file again: take it, or go on with what is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import GAP, TIGHT


class SavedAnewRow(QWidget):
    """ "Changed on disk", ``takeSavedFileButton`` and ``alwaysTakeCheck``; else gone."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("savedAnewRow")
        self.setAccessibleName(self.tr("Changed on disk"))
        self.label = QLabel(self.tr("Changed on disk"), self)
        self.label.setObjectName("savedAnewLabel")
        self.label.setAccessibleName(self.label.text())
        self.label.setProperty("tone", "warning")
        self.label.setToolTip(
            self.tr("Another program has saved this file; what is shown is still what is sent")
        )
        self.take_button = QPushButton(self.tr("Use the new one"), self)
        self.take_button.setObjectName("takeSavedFileButton")
        self.take_button.setAccessibleName(self.tr("Use the new one"))
        self.take_button.setProperty("look", "link")
        self.take_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take_button.setToolTip(self.tr("Read the file again; prompt and seed stay"))
        self.take_button.clicked.connect(self._on_take_clicked)
        self.always_check = QCheckBox(self.tr("Always"), self)
        self.always_check.setObjectName("alwaysTakeCheck")
        self.always_check.setAccessibleName(self.tr("Always use the new one"))
        self.always_check.setToolTip(self.tr("From now on, use what is saved without asking"))
        self.always_check.clicked.connect(self._on_always_clicked)
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(self.label)
        first.addWidget(self.take_button)
        first.addStretch(1)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(TIGHT)
        self._rows.addLayout(first)
        self._rows.addWidget(self.always_check)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        texts = (self.label, self.take_button, self.always_check)
        wanted = sum(widget.sizeHint().width() for widget in texts) + 2 * GAP
        is_wide = self.width() >= wanted
        directions = QBoxLayout.Direction
        self._rows.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _on_picture_changed(self) -> None:
        self.setVisible(self._draft.picture.is_saved_anew)
        self.always_check.setChecked(self._draft.always_takes_saved_file)

    def _on_take_clicked(self) -> None:
        self._draft.take_saved_file()

    def _on_always_clicked(self) -> None:
        self._draft.take_saved_files(always=self.always_check.isChecked())
