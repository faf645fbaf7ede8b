"""A heading with labelled lines below it, to be read and selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from dreamina_desktop.ui.theme import ROOM, TIGHT
from dreamina_desktop.words.diagnosis_words import DiagnosisSection

_LABELS = 168


class ToldSection(QWidget):
    """Labels on the left, values on the right; values wrap."""

    def __init__(self, section: DiagnosisSection, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        heading = QLabel(section.heading, self)
        heading.setProperty("look", "heading")
        heading.setWordWrap(True)
        grid.addWidget(heading, 0, 0, 1, 2)
        for place, line in enumerate(section.lines, start=1):
            label = QLabel(line.label, self)
            label.setProperty("look", "hint")
            value = QLabel(line.value, self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(line.label)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
