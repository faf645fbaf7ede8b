"""Where everything on a card is, and how cards fill the width of the pane."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics

from dreamina_desktop.ui.theme import GAP, TIGHT

NARROWEST = 148
INSET = GAP // 2
"""What a card keeps free of its cell on each side, so that neighbours stand a gap apart."""
ICON = 16
_GLYPH = 26
_BADGE = 22
_ROW_THUMBNAIL = 88
_ROW_FROM = 220
# Takes of one idea differ late in their prompts: one line of a narrow card would not show it.
PROMPT_LINES = 2
# Between the lines of a card: half of the tight gap.
_LEADING = TIGHT // 2


@dataclass(frozen=True, slots=True)
class CardPlaces:
    """Rectangles of one card in device-independent pixels; ``glyph`` is the round button's.

    ``badge`` is where a mark is shown.
    """

    card: QRect
    thumbnail: QRect
    glyph: QRect
    badge: QRect
    icon: QRect
    state: QRect
    detail: QRect
    prompt: QRect


class CardLayout:
    """Cards of one size, in columns that share the width evenly and leave no ragged edge.

    There are as many columns as fit with cards of at least 148 pixels, thumbnail above, words
    below. Where two do not fit and there is room for words beside a thumbnail, the cards are rows
    of that, so that a narrow pane still shows more than two or three jobs.
    """

    def __init__(self, font: QFont, width: int) -> None:
        self.state_font = _scaled(font, 0.92)
        self.state_font.setWeight(QFont.Weight.DemiBold)
        self.prompt_font = _scaled(font, 0.92)
        self.detail_font = _scaled(font, 0.86)
        # A list view begins a new line for what reaches its last pixel.
        width -= 1
        self.columns = max(1, width // (NARROWEST + 2 * INSET))
        self.is_row = self.columns == 1 and width >= _ROW_FROM
        self._state_height = max(ICON, QFontMetrics(self.state_font).height())
        self._detail_height = QFontMetrics(self.detail_font).height()
        self._prompt_height = PROMPT_LINES * QFontMetrics(self.prompt_font).lineSpacing()
        card_width = width // self.columns - 2 * INSET
        self.thumbnail = _sixteen_to_ten(_ROW_THUMBNAIL if self.is_row else card_width)
        height = self._height()
        if self.is_row:
            self.thumbnail.setHeight(height)
        self._card = QSize(card_width, height)
        self.cell = QSize(card_width + 2 * INSET, height + 2 * INSET)

    def places(self, cell: QRect) -> CardPlaces:
        """The rectangles of the card in a cell of the grid."""
        card = QRect(cell.topLeft() + QPoint(INSET, INSET), self._card)
        thumbnail = QRect(card.topLeft(), self.thumbnail)
        if self.is_row:
            left, top = thumbnail.right() + 1 + GAP, card.top() + self._row_margin()
        else:
            left, top = card.left() + GAP, thumbnail.bottom() + 1 + GAP
        width = card.right() + 1 - GAP - left
        icon = QRect(left, top + (self._state_height - ICON) // 2, ICON, ICON)
        beside = ICON + TIGHT
        state = QRect(left + beside, top, width - beside, self._state_height)
        top += self._state_height + _LEADING
        detail = QRect(left, top, width, self._detail_height)
        top += self._detail_height + _LEADING
        prompt = QRect(left, top, width, self._prompt_height)
        corner = thumbnail.topRight() + QPoint(1 - TIGHT - _GLYPH, TIGHT)
        glyph = QRect(corner, QSize(_GLYPH, _GLYPH))
        badge = QRect(thumbnail.topLeft() + QPoint(TIGHT, TIGHT), QSize(_BADGE, _BADGE))
        return CardPlaces(card, thumbnail, glyph, badge, icon, state, detail, prompt)

    def _words_height(self) -> int:
        return self._state_height + self._detail_height + self._prompt_height + 2 * _LEADING

    def _row_margin(self) -> int:
        return (self._height() - self._words_height()) // 2

    def _height(self) -> int:
        if self.is_row:
            return max(self.thumbnail.height(), self._words_height() + 2 * GAP)
        return self.thumbnail.height() + self._words_height() + 2 * GAP


def _sixteen_to_ten(width: int) -> QSize:
    return QSize(width, round(width / 1.6))


def _scaled(font: QFont, share: float) -> QFont:
    scaled = QFont(font)
    if font.pointSizeF() > 0:
        scaled.setPointSizeF(font.pointSizeF() * share)
    else:
        scaled.setPixelSize(round(font.pixelSize() * share))
    return scaled
