"""A check box that looks like a switch; state is shown by place, not by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_WIDTH, _HEIGHT = 36, 20


class Switch(QCheckBox):
    """The words stand on the left and the switch on the right, where the other controls are."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Show it in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        height = max(words.height(), _HEIGHT) + TIGHT * 2
        return QSize(words.width() + GAP * 2 + _WIDTH + TIGHT, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        theme, is_on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self.rect().adjusted(0, 0, -(_WIDTH + GAP), 0)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.disabled))
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignLeft
            | Qt.TextFlag.TextShowMnemonic,
            self.text(),
        )
        left = self.width() - _WIDTH - TIGHT // 2
        track = QRectF(left, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        painter.setPen(QPen(QColor(theme.accent if is_on else theme.muted), 1.5))
        painter.setBrush(QColor(theme.accent if is_on else theme.sunken))
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if is_on else theme.muted))
        middle = _HEIGHT / 2
        at = track.right() - middle if is_on else track.left() + middle
        painter.drawEllipse(QPointF(at, track.center().y()), middle - 4, middle - 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = track.adjusted(-2, -2, 2, 2)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
