"""The one screen of the first run: paste a key, or try practice mode."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, KeyDesk
from dreamina_desktop.ui.settings.key_page import KeyPage
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme
from dreamina_desktop.words import Phrasebook

_WIDTH = 560
_ICON = 72


class FirstRun(QWidget):
    """Stands where the panes will be."""

    key_changed = Signal(object)
    practice_requested = Signal()

    def __init__(
        self,
        desk: KeyDesk,
        background: Background,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("firstRun")
        self.setAccessibleName(self.tr("First run"))
        self._picture = QLabel(self)
        self._page = KeyPage(desk, background, words, theme, icons, self, is_first=True)
        self._page.key_changed.connect(self.key_changed)
        self._practice = QPushButton(self.tr("Try practice mode"), self)
        self._practice.setObjectName("practiceModeButton")
        self._practice.setAccessibleName(self.tr("Try practice mode"))
        self._practice.setToolTip(self.tr("No key, no money; nothing leaves this computer"))
        self._practice.clicked.connect(self.practice_requested)
        self._arrange()
        self.set_theme(theme, icons)
        self._page.look()

    @property
    def first_field(self) -> QWidget:
        """Where people begin."""
        return self._page.first_field

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._page.set_theme(theme, icons)
        self._practice.setIcon(icons.icon("practice"))
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("application", _ICON, ratio))

    def _arrange(self) -> None:
        title = QLabel(self.tr("Turn a picture into a clip"), self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        about = self._text(
            self.tr(
                "You give a picture and say what shall happen in it; five or ten seconds of video "
                "come back. The clips are made by RunComfy, which charges for them, so it wants "
                "an API key."
            )
        )
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(about)
        column.addSpacing(ROOM)
        inside = self._card(column, self.tr("I have a key"))
        inside.addWidget(self._page)
        inside = self._card(column, self.tr("I want to look around first"))
        inside.addWidget(
            self._text(
                self.tr(
                    "Practice mode works like the real one, with a server on this computer in the "
                    "provider's place. No key, no money, and nothing leaves this computer."
                )
            )
        )
        inside.addWidget(self._practice, 0, Qt.AlignmentFlag.AlignLeft)
        middle = QWidget(self)
        middle.setFixedWidth(_WIDTH)
        middle.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout(self)
        grid.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        grid.addWidget(middle, 1, 1)
        for outer in (0, 2):
            grid.setRowStretch(outer, 1)
            grid.setColumnStretch(outer, 1)

    def _card(self, column: QVBoxLayout, title: str) -> QVBoxLayout:
        card = QFrame(self)
        card.setProperty("look", "pane")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(ROOM, GAP + TIGHT, ROOM, ROOM)
        inside.setSpacing(GAP)
        heading = QLabel(title, card)
        heading.setProperty("look", "heading")
        inside.addWidget(heading)
        column.addWidget(card)
        return inside

    def _text(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("look", "hint")
        return label
