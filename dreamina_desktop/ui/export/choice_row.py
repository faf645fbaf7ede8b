"""A few things side by side, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from dreamina_desktop.ui.theme import TIGHT


@dataclass(frozen=True, slots=True)
class Choice:
    """``name`` is the button's objectName."""

    name: str
    text: str
    tip: str


class ChoiceRow(QWidget):
    """Its places count from 0; none need be chosen."""

    picked = Signal(object)
    """Carries the ``Choice`` that somebody clicked."""

    def __init__(self, name: str, spoken: str, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        for place, choice in enumerate(choices):
            button = QPushButton(choice.text, self)
            button.setObjectName(choice.name)
            button.setAccessibleName(choice.text)
            button.setToolTip(choice.tip)
            button.setProperty("look", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            self._group.addButton(button, place)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self._on_clicked)

    def show_choice(self, name: str) -> None:
        """The button of that name is the chosen one; "" for none of them."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(button.objectName() == name)
        self._group.setExclusive(True)

    def _on_clicked(self, place: int) -> None:
        self.picked.emit(self._choices[place])
