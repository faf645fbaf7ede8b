"""Text on a card: the longest wording that fits, and wrapped lines with an ellipsis at the end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption


def first_that_fits(texts: tuple[str, ...], font: QFont, width: int) -> str:
    """The first text that is no wider than ``width``; else the last one, shortened."""
    metrics = QFontMetrics(font)
    for text in texts:
        if metrics.horizontalAdvance(text) <= width:
            return text
    # Of one wording as much as possible; of several the shortest suffers least.
    return metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, width)


def paint_lines(painter: QPainter, text: str, font: QFont, place: QRect, lines: int) -> None:
    """Paint at most so many wrapped lines in the pen's colour."""
    metrics = QFontMetrics(font)
    if lines == 1:
        painter.setFont(font)
        shortened = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shortened)
        return
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = float(place.top())
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        if number == lines - 1 and line.textStart() + line.textLength() < len(text):
            rest = metrics.elidedText(
                text[line.textStart() :], Qt.TextElideMode.ElideRight, place.width()
            )
            painter.setFont(font)
            painter.drawText(QPointF(place.left(), top + metrics.ascent()), rest)
            break
        line.draw(painter, QPointF(place.left(), top))
        top += metrics.lineSpacing()
    layout.endLayout()
