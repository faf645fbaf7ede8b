"""Small labels on a picture: a few words, perhaps a drawing, on a ground of their own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme

# Enough to read by on any picture, and little enough to see that it is there.
_GROUND_ALPHA = 0.86
_PAD = TIGHT + 2
_ICON = 14


@dataclass(frozen=True, slots=True)
class Chip:
    """``lead`` stands out; ``rest`` is quieter. ``colour`` is the drawing's alone."""

    lead: str
    rest: str = ""
    icon: str = ""
    colour: str = ""


class ChipPainter:
    """Draws each chip once; playing only copies it. Sizes in device-independent pixels."""

    def __init__(self, theme: Theme, icons: Icons, font: QFont, ratio: float) -> None:
        self._theme = theme
        self._icons = icons
        self._ratio = ratio
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._plain = QFont(font)
        self.height = QFontMetrics(self._bold).height() + TIGHT
        self._widths: dict[Chip, int] = {}
        self._drawn: dict[Chip, QPixmap] = {}

    def width(self, chip: Chip) -> int:
        """How much room a chip takes."""
        if chip not in self._widths:
            self._widths[chip] = self._measure(chip)
        return self._widths[chip]

    def paint(self, painter: QPainter, corner: QPoint, chip: Chip) -> None:
        """Paint it with its top left corner there, in device-independent pixels."""
        if chip not in self._drawn:
            self._drawn[chip] = self._draw(chip)
        painter.drawPixmap(corner, self._drawn[chip])

    def _measure(self, chip: Chip) -> int:
        parts = [QFontMetrics(self._bold).horizontalAdvance(chip.lead)]
        if chip.icon:
            parts.append(_ICON)
        if chip.rest:
            parts.append(QFontMetrics(self._plain).horizontalAdvance(chip.rest))
        return sum(parts) + (len(parts) - 1) * _PAD + 2 * _PAD

    def _draw(self, chip: Chip) -> QPixmap:
        size = QSize(self.width(chip), self.height)
        pixmap = QPixmap(size * self._ratio)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(self._theme.raised)
        ground.setAlphaF(_GROUND_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()), TIGHT, TIGHT)
        left = _PAD
        if chip.icon:
            icon = self._icons.pixmap(
                chip.icon, _ICON, self._ratio, chip.colour or self._theme.text
            )
            painter.drawPixmap(left, (size.height() - _ICON) // 2, icon)
            left += _ICON + _PAD
        for text, font in (
            (chip.lead, self._bold),
            (chip.rest, self._plain),
        ):
            painter.setFont(font)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(
                QRectF(left, 0, size.width() - left, size.height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            left += QFontMetrics(font).horizontalAdvance(text) + _PAD
        painter.end()
        return pixmap
