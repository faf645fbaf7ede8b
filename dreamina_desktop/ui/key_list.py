"""The list of all keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.actions import KeyRow
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT

_KEYS_WIDTH = 184


class KeyList(QDialog):
    """Shows groups of keys in two columns; Esc closes it."""

    def __init__(self, groups: tuple[tuple[str, tuple[KeyRow, ...]], ...], parent: QWidget) -> None:
        """``groups``: a title, and the rows under it."""
        super().__init__(parent)
        self.setObjectName("keyList")
        self.setAccessibleName(self.tr("Keys"))
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(ROOM * 2)
        columns.setContentsMargins(0, 0, GAP, 0)
        sides = (QVBoxLayout(), QVBoxLayout())
        lengths = [0, 0]
        for title, rows in groups:
            # Where there is more room left.
            shorter = lengths.index(min(lengths))
            lengths[shorter] += len(rows) + 2
            sides[shorter].addWidget(self._group(title, rows))
        for side in sides:
            side.setSpacing(ROOM)
            side.addStretch(1)
            columns.addLayout(side, 1)
        content = QWidget(self)
        content.setLayout(columns)
        area = QScrollArea(self)
        area.setObjectName("keyListArea")
        area.setAccessibleName(self.tr("Keys"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.setMinimumWidth(content.sizeHint().width() + ROOM)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("closeKeyListButton")
        close.setAccessibleName(self.tr("Close"))
        close.setToolTip(self.tr("Close (Esc)"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        height = content.sizeHint().height() + close.sizeHint().height() + 4 * ROOM
        self.resize(self.sizeHint().width(), min(height, parent.window().height() - 2 * ROOM))

    def _group(self, title: str, rows: tuple[KeyRow, ...]) -> QWidget:
        group = QWidget(self)
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(TIGHT)
        heading = QLabel(title, group)
        heading.setProperty("look", "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for number, row in enumerate(rows, start=1):
            grid.addWidget(_caps(row.keys, group), number, 0)
            grid.addWidget(QLabel(row.text, group), number, 1)
        grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
        grid.setColumnStretch(1, 1)
        return group


def _caps(keys: tuple[str, ...], parent: QWidget) -> QWidget:
    """Each key as a cap of its own."""
    caps = QWidget(parent)
    row = QHBoxLayout(caps)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(TIGHT)
    for key in keys:
        cap = QLabel(key, caps)
        cap.setProperty("look", "key")
        row.addWidget(cap)
    row.addStretch(1)
    return caps
