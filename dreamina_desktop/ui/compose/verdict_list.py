"""How the model will take the picture: a row for each finding, with icon and words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.compose.verdict_rows import ICONS, VerdictRow
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_ICON = 16
_SEVERITY = Qt.ItemDataRole.UserRole
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class VerdictList(QListWidget):
    """Objects named ``imageVerdicts`` are this. As high as its rows; gone when it has none."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[VerdictRow, ...] = ()
        self._most: int | None = None
        self.setObjectName("imageVerdicts")
        self.setAccessibleName(self.tr("Image verdicts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.set_theme(theme, icons)
        self.hide()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.setItemDelegate(_RowPainter(theme, icons, self))

    def show_rows(self, rows: tuple[VerdictRow, ...]) -> None:
        """Say this now."""
        if rows == self._rows:
            return
        self._rows = rows
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_SEVERITY, row.severity)
            item.setToolTip(row.cure)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)
        self.setAccessibleDescription("\n".join(row.text for row in rows))
        self.setVisible(bool(rows))
        self._fit_height()

    def set_highest(self, most: int | None) -> None:
        """Beyond so many device-independent pixels it scrolls; None for never."""
        if most != self._most:
            self._most = most
            self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_height()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)

    def _fit_height(self) -> None:
        width = self.viewport().width()
        height = sum(row_height(self, row.text, width) for row in self._rows)
        is_cut = self._most is not None and height > self._most
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAlwaysOn if is_cut else policies.ScrollBarAlwaysOff
        )
        self.setFixedHeight(min(height, self._most or height))
        self.scheduleDelayedItemsLayout()


def row_height(view: QWidget, text: str, width: int) -> int:
    """How high a row is whose text has to wrap in a list of that width."""
    room = QRect(0, 0, max(1, width - _ICON - GAP), 10_000)
    return max(_ICON, view.fontMetrics().boundingRect(room, _WRAPPED, text).height()) + TIGHT


class _RowPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, view: VerdictList) -> None:
        super().__init__(view)
        self._view = view
        self._icons = icons
        self._text = QColor(theme.text)
        self._colours = {
            Severity.FITS: theme.good,
            Severity.WARNING: theme.warning,
            Severity.REFUSED: theme.bad,
        }

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del option
        width = self._view.viewport().width()
        return QSize(width, row_height(self._view, str(index.data()), width))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        severity = Severity(index.data(_SEVERITY))
        rect: QRect = option.rect
        ratio = self._view.devicePixelRatioF()
        pixmap = self._icons.pixmap(ICONS[severity], _ICON, ratio, self._colours[severity])
        line = self._view.fontMetrics().height()
        painter.drawPixmap(rect.left(), rect.top() + (line - _ICON) // 2, pixmap)
        painter.setPen(self._text)
        room = rect.adjusted(_ICON + GAP, 0, 0, 0)
        painter.drawText(room, _WRAPPED, str(index.data()))
