"""Paints the tiles: the picture one to one, what is said about it, and where the focus is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.card_text_painter import paint_lines
from dreamina_desktop.ui.library.card_words import Tone
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.ui.wall.chip import Chip, ChipPainter
from dreamina_desktop.ui.wall.wall_words import Standing
from dreamina_desktop.ui.watch.source import Shot
from dreamina_desktop.ui.watch.tabular import tabular

_REJECTED_OPACITY = 0.3
_RING = 2
_ICON = 28
_WIDEST_CHIP = 0.65
"""Share of a tile's width."""
_MARK_ICONS = {Mark.STARRED: "star", Mark.REJECTED: "reject"}


@dataclass(frozen=True, slots=True)
class TileLook:
    """One tile as it is to be painted. ``place`` in pixels of the screen.

    ``standing`` stands in place of ``shot``. ``number`` from 1; ``seeds`` are ways to tell the
    seed, longest first; ``mark_text`` is "" for no mark. ``is_large``: somebody looks closely.
    """

    place: QRect
    shot: Shot | None
    standing: Standing | None
    number: int
    seeds: tuple[str, ...]
    mark: Mark
    mark_text: str
    is_large: bool


class TilePainter:
    """For one theme, one font and one scale of the screen."""

    def __init__(self, theme: Theme, icons: Icons, font: QFont, ratio: float) -> None:
        self._theme = theme
        self._icons = icons
        self._ratio = ratio
        self._font = QFont(font)
        self._clock_font = tabular(QFont(font))
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._chips = ChipPainter(theme, icons, font, ratio)
        self._tones = {
            Tone.QUIET: theme.muted,
            Tone.ACTIVE: theme.accent,
            Tone.GOOD: theme.good,
            Tone.WARNING: theme.warning,
            Tone.BAD: theme.bad,
        }

    def paint(self, painter: QPainter, tile: TileLook) -> None:
        """Paint all of a tile; one unit of the painter is one pixel of the screen."""
        if tile.standing is not None:
            self._paint_standing(painter, tile.place, tile.standing)
        elif tile.shot is None:
            painter.fillRect(tile.place, QColor(self._theme.pane))
        else:
            is_dim = tile.mark is Mark.REJECTED and not tile.is_large
            self._paint_image(painter, tile.place, tile.shot.image, is_dim=is_dim)
        self._paint_chips(painter, tile)

    def paint_ring(self, painter: QPainter, place: QRect, *, has_focus: bool) -> None:
        """A frame around the tile that keys act on, in the gap beside it."""
        width = _RING * self._ratio
        colour = self._theme.accent if has_focus else self._theme.disabled
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(QRectF(place).adjusted(-half, -half, half, half), half, half)
        painter.restore()

    def paint_shade(self, painter: QPainter, place: QRect) -> None:
        """Lift a tile off those that it covers."""
        width = _RING * self._ratio
        painter.fillRect(
            QRectF(place).adjusted(-width, -width, width, width), QColor(self._theme.sunken)
        )

    # Parts.

    def _paint_image(self, painter: QPainter, place: QRect, image: QImage, *, is_dim: bool) -> None:
        if is_dim:
            painter.fillRect(place, QColor(self._theme.sunken))
            painter.setOpacity(_REJECTED_OPACITY)
        if image.size() == place.size():
            painter.drawImage(place.topLeft(), image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.setOpacity(1)

    def _paint_standing(self, painter: QPainter, place: QRect, standing: Standing) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.pane))
        painter.drawRoundedRect(place, TIGHT * self._ratio, TIGHT * self._ratio)
        painter.scale(self._ratio, self._ratio)
        room = QRectF(QPointF(place.topLeft()) / self._ratio, place.size() / self._ratio).toRect()
        line = QFontMetrics(self._font).lineSpacing()
        inner = room.adjusted(GAP, GAP, -GAP, -GAP - self._chips.height)
        widest = QFontMetrics(self._bold).horizontalAdvance(standing.text)
        lines = [(standing.text, self._bold, self._theme.text, 1 + (widest > inner.width()))]
        if standing.clock:
            lines.append((standing.clock, self._clock_font, self._theme.muted, 1))
        has_hint = bool(standing.hint) and inner.height() > _ICON + 7 * line
        rows = sum(entry[-1] for entry in lines) + (3 if has_hint else 0)
        height = _ICON + TIGHT + rows * line
        has_icon = height <= inner.height()
        if not has_icon:
            height = rows * line
        top = inner.top() + max(0, (inner.height() - height) // 2)
        if has_icon:
            colour = self._tones[standing.tone]
            icon = self._icons.pixmap(standing.icon, _ICON, self._ratio, colour)
            painter.drawPixmap(inner.center().x() - _ICON // 2, top, icon)
            top += _ICON + TIGHT
        for text, font, ink, high in lines:
            painter.setFont(font)
            painter.setPen(QColor(ink))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRect(inner.left(), top, inner.width(), high * line), flags, text)
            top += high * line
        if has_hint:
            painter.setPen(QColor(self._theme.muted))
            hint = QRect(inner.left(), top + TIGHT, inner.width(), 3 * line)
            paint_lines(painter, standing.hint.replace("\n", " "), self._font, hint, 3)
        painter.restore()

    def _paint_chips(self, painter: QPainter, tile: TileLook) -> None:
        painter.save()
        painter.scale(self._ratio, self._ratio)
        place = QRectF(
            QPointF(tile.place.topLeft()) / self._ratio, tile.place.size() / self._ratio
        ).toRect()
        chip = self._number_chip(tile, place.width())
        bottom = place.bottom() + 1 - TIGHT - self._chips.height
        self._chips.paint(painter, QPoint(place.left() + TIGHT, bottom), chip)
        if tile.mark_text:
            colour = self._theme.warning if tile.mark is Mark.STARRED else self._theme.bad
            mark = Chip(tile.mark_text, icon=_MARK_ICONS[tile.mark], colour=colour)
            right = place.right() + 1 - TIGHT - self._chips.width(mark)
            self._chips.paint(painter, QPoint(right, place.top() + TIGHT), mark)
        painter.restore()

    def _number_chip(self, tile: TileLook, width: int) -> Chip:
        """With as much about the seed as leaves most of the picture free."""
        for seed in tile.seeds:
            chip = Chip(str(tile.number), seed)
            if self._chips.width(chip) <= _WIDEST_CHIP * width:
                return chip
        return Chip(str(tile.number))
