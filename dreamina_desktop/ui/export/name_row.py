"""What the file will be called: a template, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.export.new_name import NewName
from dreamina_desktop.ui.theme import TIGHT


class NameRow(QWidget):
    """Shows the name letter by letter while somebody types, or what is wrong with it."""

    def __init__(self, name: NewName, words: ExportWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._words = words
        self._suffix = ""
        self._edit = QLineEdit(name.template, self)
        self._edit.setObjectName("exportTemplateEdit")
        self._edit.setAccessibleName(self.tr("Pattern for the name"))
        self._edit.setToolTip(
            self.tr("Filled in by itself: {date} {source} {prompt} {seed} {frame}")
        )
        self._example = _Example(self)
        self._example.setObjectName("exportExample")
        self._example.setAccessibleName(self.tr("The file's name"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self._edit)
        column.addWidget(self._example)
        self._edit.textEdited.connect(name.set_template)
        name.name_changed.connect(self._show)
        self._show()

    def set_suffix(self, suffix: str) -> None:
        """What the name ends in; "" for a folder."""
        self._suffix = suffix
        self._show()

    def _show(self) -> None:
        error = self._name.error
        if error is not None:
            self._example.say(self._words.error(error), tone="bad")
            return
        stem = self._name.stem()
        self._example.say(f"{stem}{self._suffix}" if self._suffix else f"{stem}/frame_….png")


class _Example(QLabel):
    """One line, shortened in the middle; a sentence about an error has several."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self._tone = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "hint")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str, *, tone: str = "") -> None:
        self._whole, self._tone = text, tone
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        self.setWordWrap(bool(tone))
        self.setProperty("look", "" if tone else "hint")
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        fitting = self.fontMetrics().elidedText(self._whole, middle, self.width())
        self.setText(self._whole if self._tone else fitting)
