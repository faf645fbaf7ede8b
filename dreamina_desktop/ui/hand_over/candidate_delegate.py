"""Paints a frame to choose from: its picture, its number, and whether it is taken."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.candidate_model import CANDIDATE, IS_TAKEN
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import RADIUS, TIGHT, Theme

PICTURE = QSize(80, 60)
"""Device-independent pixels that one frame has."""

_AROUND = 4
"""Beside the picture: room for the frame of the current one."""
_ICON = 14

type _Index = QModelIndex | QPersistentModelIndex


class CandidateDelegate(QStyledItemDelegate):
    """The taken one has a tick and an accent, the one that was on the stage an eye."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: int = option.fontMetrics.height()
        return PICTURE + QSize(2 * _AROUND, 2 * _AROUND + max(line, _ICON) + TIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        candidate: Candidate = index.data(CANDIDATE)
        is_taken: bool = index.data(IS_TAKEN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRect(cell.topLeft() + QPoint(_AROUND, _AROUND), PICTURE)
        self._paint_picture(painter, room, candidate.image)
        self._paint_label(painter, cell, room.bottom() + 1, candidate, is_taken=is_taken)
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_current and bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus or is_taken:
            pen = QPen(QColor(self._theme.text if has_focus else self._theme.accent), 2)
            self._paint_outline(painter, room, pen)
        elif state & QStyle.StateFlag.State_MouseOver:
            self._paint_outline(painter, room, QPen(QColor(self._theme.muted), 1))
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, image: QImage | None) -> None:
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(room), TIGHT, TIGHT)
        painter.fillPath(ground, QColor(self._theme.sunken))
        if image is None:
            return
        painter.save()
        painter.setClipPath(ground)
        size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        placed = QRectF(0, 0, size.width(), size.height())
        placed.moveCenter(QRectF(room).center())
        painter.drawImage(placed, image)
        painter.restore()

    def _paint_outline(self, painter: QPainter, room: QRect, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(room).adjusted(-2, -2, 2, 2), RADIUS, RADIUS)

    def _paint_label(
        self, painter: QPainter, cell: QRect, top: int, candidate: Candidate, *, is_taken: bool
    ) -> None:
        colour = self._theme.text if is_taken else self._theme.muted
        icons = [name for name, on in (("fits", is_taken), ("show", candidate.is_seen)) if on]
        text = str(candidate.index + 1)
        width = painter.fontMetrics().horizontalAdvance(text)
        whole = width + len(icons) * (_ICON + TIGHT)
        line = QRect(cell.left(), top + TIGHT, cell.width(), cell.bottom() + 1 - top - TIGHT)
        left = line.left() + (line.width() - whole) // 2
        ratio = painter.device().devicePixelRatio()
        for name in icons:
            drawing = self._icons.pixmap(name, _ICON, ratio, colour)
            painter.drawPixmap(QPoint(left, line.center().y() - _ICON // 2 + 1), drawing)
            left += _ICON + TIGHT
        painter.setPen(QColor(colour))
        place = QRect(left, line.top(), width + 1, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
