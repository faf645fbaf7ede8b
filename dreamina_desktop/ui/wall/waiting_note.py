"""Says quietly that the wall waits, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT, Theme
from dreamina_desktop.ui.wall.lockstep import Waiting
from dreamina_desktop.ui.wall.wall_words import WallWords

_BAR = 3
# A wait that is over at once need not be told.
_PATIENCE_MILLISECONDS = 250


class WaitingNote(QWidget):
    """Words above a thin bar. Lets the mouse through."""

    def __init__(self, words: WallWords, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._text = ""
        self._share = 0.0
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_patience_over)
        self.setObjectName("wallWaiting")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while nothing is waited for."""
        return self._text

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def tell(self, waiting: Waiting | None) -> None:
        """Say how far it is; None: it is over."""
        if waiting is None:
            self._patience.stop()
            self._text = ""
            self.hide()
            return
        self._share = waiting.share
        self._text = self._words.waiting(round(100 * waiting.share))
        self.setAccessibleName(self._text)
        self.resize(self.sizeHint())
        self.update()
        if not self.isVisible() and not self._patience.isActive():
            self._patience.start()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        metrics = QFontMetrics(self.font())
        # As wide as it ever becomes: it stands in the middle, and must not tremble.
        width = metrics.horizontalAdvance(self._words.waiting(100)) + 4 * GAP
        return QSize(width, metrics.height() + 2 * GAP + TIGHT + _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        bar = QRectF(2 * GAP, self.height() - GAP - _BAR, self.width() - 4 * GAP, _BAR)
        painter.setBrush(QColor(self._theme.line))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(QColor(self._theme.accent))
        bar.setWidth(bar.width() * self._share)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setPen(QColor(self._theme.text))
        text = self.rect().adjusted(0, GAP, 0, -GAP - _BAR - TIGHT)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self._text)

    def _on_patience_over(self) -> None:
        self.show()
        self.raise_()
