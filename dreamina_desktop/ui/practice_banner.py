"""Says in practice mode that nothing here is real, and how to leave it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_ICON = 16


class PracticeBanner(QFrame):
    """A pill at the end of the menus' line."""

    leave_requested = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("Practice mode: no key, no money, nothing leaves this computer.")
        self.setObjectName("practiceBanner")
        self.setAccessibleName(self.tr("Practice mode"))
        self.setAccessibleDescription(words)
        self.setProperty("look", "banner")
        self._icon = QLabel(self)
        text = QLabel(words, self)
        text.setWordWrap(False)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setMinimumWidth(1)
        text.setToolTip(self.tr("{0} Clips are drawn here from your picture.").format(words))
        self._leave = QPushButton(self.tr("Leave practice mode"), self)
        self._leave.setObjectName("leavePracticeButton")
        self._leave.setAccessibleName(self.tr("Leave practice mode"))
        self._leave.setToolTip(
            self.tr("Open the real application. What was practised stays here, kept apart.")
        )
        self._leave.clicked.connect(self.leave_requested)
        row = QHBoxLayout(self)
        # No higher than the menus that it stands beside.
        row.setContentsMargins(GAP, 0, TIGHT, 0)
        row.setSpacing(GAP)
        row.addWidget(self._icon)
        row.addWidget(text, 1)
        row.addWidget(self._leave)
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("practice", _ICON, ratio, theme.text))
