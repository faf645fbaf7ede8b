"""The pictures that wait in the strip, as Qt's views want them."""

from __future__ import annotations

from pathlib import Path
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.unseen import why_unseen
from dreamina_desktop.words import Phrasebook

type _Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

GLANCE = Qt.ItemDataRole.UserRole
"""The role of the ``Glance``; None while it is being made. Asking for it has it made."""
PATH = Qt.ItemDataRole.UserRole + 1
"""The role of the ``Path``."""


class StripModel(QAbstractListModel):
    """One row a picture."""

    def __init__(self, glances: Glances, words: Phrasebook, parent: QObject) -> None:
        super().__init__(parent)
        self._glances = glances
        self._words = words
        self._paths: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        return self._paths

    def show(self, paths: tuple[Path, ...]) -> None:
        """Show these instead."""
        for path in set(self._paths) - set(paths):
            self._glances.forget(path)
        self.beginResetModel()
        self._paths = paths
        self.endResetModel()

    def place(self, source: str) -> QModelIndex:
        """Where the picture of that path is; an invalid index for none of these."""
        for row, path in enumerate(self._paths):
            if str(path) == source:
                return self.index(row)
        return QModelIndex()

    @override
    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._paths)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        path = self._paths[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return path.name
            case Qt.ItemDataRole.ToolTipRole:
                glance = self._glances.glance(path)
                why = "" if glance is None else why_unseen(glance, self._words)
                return f"{path}\n{why}" if why else str(path)
            case _ if role == PATH:
                return path
            case _ if role == GLANCE:
                return self._glances.glance(path)
        return None
