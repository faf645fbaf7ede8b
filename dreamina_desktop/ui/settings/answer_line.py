"""One line that says what came of a question: icon and text, never colour alone."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme

_ICON = 16


class AnswerTone(StrEnum):
    """The values are the style sheet's ``tone``."""

    BUSY = "busy"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class AnswerLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, name: str, spoken: str, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """``name`` is the text's objectName, ``spoken`` its accessible name."""
        super().__init__(parent)
        self._tone = AnswerTone.BUSY
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName(name)
        self._text.setAccessibleName(spoken)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()
        self.set_theme(theme, icons)

    def say(self, text: str, tone: AnswerTone) -> None:
        """Say it; "" for nothing."""
        self._tone = tone
        self._text.setText(text)
        self._text.setProperty("tone", tone.value)
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self.setVisible(bool(text))
        self._show_icon()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._theme, self._icons = theme, icons
        self._show_icon()

    def _show_icon(self) -> None:
        theme = self._theme
        name, colour = {
            AnswerTone.BUSY: ("busy", theme.muted),
            AnswerTone.GOOD: ("fits", theme.good),
            AnswerTone.WARNING: ("warning", theme.warning),
            AnswerTone.BAD: ("refused", theme.bad),
        }[self._tone]
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._icons.pixmap(name, _ICON, ratio, colour))
