"""The bar under the cards: what can be done with the selected jobs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.job_actions import JobAction
from dreamina_desktop.ui.library.job_button import JobButton
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.theme import TIGHT

_PLACES = (Deed.LOAD, Deed.CANCEL, Deed.RETRY, Deed.RESOLVE)
# Whose words are shown first where there is no room for all.
_LOUDEST = (Deed.RESOLVE, Deed.RETRY, Deed.CANCEL, Deed.LOAD)


class JobBar(QWidget):
    """Every button is always there; those that can be pressed get their words as room allows.

    A button that costs money always has its words, if need be in a line of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {deed: JobButton(self) for deed in _PLACES}
        self._spending: JobButton | None = None
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (self._above, self._row):
            row.setSpacing(TIGHT)
            column.addLayout(row)
        for button in self._buttons.values():
            self._row.addWidget(button)
        self._row.addStretch(1)

    def show_actions(self, actions: tuple[JobAction, ...], icons: Icons) -> None:
        """Show what can be done now."""
        self._spending = None
        for action in actions:
            if action.deed in self._buttons:
                self._buttons[action.deed].show_action(action, icons)
                if action.spends:
                    self._spending = self._buttons[action.deed]
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        for place, button in enumerate(self._buttons.values()):
            button.show_words(shown=False)
            if self._above.indexOf(button) >= 0:
                self._row.insertWidget(place, button)
        for deed in _LOUDEST:
            button = self._buttons[deed]
            button.show_words(shown=button.isEnabled())
            if self._needed() <= self.width():
                continue
            if button is self._spending:
                self._above.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                button.show_words(shown=False)

    def _needed(self) -> int:
        widths = [
            button.sizeHint().width()
            for button in self._buttons.values()
            if self._row.indexOf(button) >= 0
        ]
        return sum(widths) + TIGHT * len(widths)
