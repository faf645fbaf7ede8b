"""A combo box whose arrow takes the theme's colour."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme

_ARROW = 16
# They step a frame wherever nobody types; no choice begins with them.
_STEPPING = frozenset(",.<>")


class DropDown(QComboBox):
    """A style sheet can only show an arrow that is a file of one colour; so it is painted here."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Only this one heeds the style sheet's height of a row.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show the arrow in another colour."""
        self._arrow = icons.icon("unfold", theme.muted)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.text() in _STEPPING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        place = QRect(0, 0, _ARROW, _ARROW)
        place.moveCenter(self.rect().center())
        place.moveRight(self.rect().right() - TIGHT)
        painter = QPainter(self)
        self._arrow.paint(painter, place)
        painter.end()
