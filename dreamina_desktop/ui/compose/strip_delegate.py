"""Paints a picture of the strip, and takes clicks on its cross."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.compose.strip_model import GLANCE, PATH
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import RADIUS, TIGHT, Theme

PICTURE = QSize(64, 48)
"""Device-independent pixels that one picture has."""

_ICON = 20
_CROSS = 18
_INSIDE_CROSS = 12
_AROUND = 3
"""Beside the picture: room for the frame of the current one."""

type _Index = QModelIndex | QPersistentModelIndex


class StripDelegate(QStyledItemDelegate):
    """The whole picture in its cell; the current one has a frame, the one under the mouse a cross.

    No picture is drawn larger than it is.
    """

    removal_requested = Signal(object)
    """Carries the ``Path`` of the picture."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons

    def cross(self, cell: QRect) -> QRect:
        """Where a picture is taken out of the strip."""
        inside = _picture(cell)
        corner = QPoint(inside.right() - _CROSS, inside.top() + 1)
        return QRect(corner, QSize(_CROSS, _CROSS))

    @property
    def high(self) -> int:
        """Device-independent pixels that a row takes."""
        return PICTURE.height() + 2 * _AROUND

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(PICTURE.width() + 2 * _AROUND, self.high)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_current and bool(state & QStyle.StateFlag.State_HasFocus)
        is_under_mouse = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter, _picture(cell), index.data(GLANCE))
        if is_current:
            pen = QPen(QColor(self._theme.text if has_focus else self._theme.accent), 2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(cell).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        if is_under_mouse:
            self._paint_cross(painter, self.cross(cell))
        painter.restore()

    @override
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        if not isinstance(event, QMouseEvent) or event.type() not in kinds:
            return False
        cell: QRect = option.rect
        is_left = event.button() is Qt.MouseButton.LeftButton
        if not is_left or not self.cross(cell).contains(event.position().toPoint()):
            return False
        if event.type() is QEvent.Type.MouseButtonRelease:
            self.removal_requested.emit(index.data(PATH))
        return True

    def _paint_picture(self, painter: QPainter, room: QRect, glance: Glance | None) -> None:
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(room), TIGHT, TIGHT)
        painter.fillPath(ground, QColor(self._theme.sunken))
        if glance is None:
            return
        if glance.image is None:
            ratio = painter.device().devicePixelRatio()
            icon = self._icons.pixmap("picture-missing", _ICON, ratio, self._theme.muted)
            corner = room.center() - QPoint(_ICON // 2 - 1, _ICON // 2 - 1)
            painter.drawPixmap(corner, icon)
            return
        painter.save()
        painter.setClipPath(ground)
        painter.drawImage(_within(glance.image, room), glance.image)
        painter.restore()

    def _paint_cross(self, painter: QPainter, room: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(self._theme.window)
        ground.setAlphaF(0.85)
        painter.setBrush(ground)
        painter.drawEllipse(room)
        ratio = painter.device().devicePixelRatio()
        icon = self._icons.pixmap("clear", _INSIDE_CROSS, ratio, self._theme.text)
        space = (_CROSS - _INSIDE_CROSS) // 2
        painter.drawPixmap(room.topLeft() + QPoint(space, space), icon)


def _picture(cell: QRect) -> QRect:
    return cell.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)


def _within(image: QImage, room: QRect) -> QRectF:
    size = image.size()
    if size.width() > room.width() or size.height() > room.height():
        size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    placed = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
    placed.moveCenter(QRectF(room).center())
    return placed
