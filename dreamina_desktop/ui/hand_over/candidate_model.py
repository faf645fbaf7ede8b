"""The frames to choose from, as Qt's views want them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.candidate_words import CandidateWords

type _Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

CANDIDATE = Qt.ItemDataRole.UserRole
"""The role of the ``Candidate``."""
IS_TAKEN = Qt.ItemDataRole.UserRole + 1
"""Whether it is the picture of the draft."""


class CandidateModel(QAbstractListModel):
    """One row a frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words = CandidateWords(self)
        self._candidates: tuple[Candidate, ...] = ()
        self._taken: int | None = None

    def show(self, candidates: Sequence[Candidate]) -> None:
        """Show these instead; the one that is taken stays so."""
        self.beginResetModel()
        self._candidates = tuple(candidates)
        self.endResetModel()

    def replace(self, candidate: Candidate) -> None:
        """Know more of a frame that is shown already."""
        place = self.place(candidate.index)
        if place.isValid():
            row = place.row()
            rest = self._candidates[:row], self._candidates[row + 1 :]
            self._candidates = (*rest[0], candidate, *rest[1])
            self.dataChanged.emit(place, place)

    def take(self, index: int | None) -> None:
        """Frame ``index`` is the picture of the draft; None for no frame."""
        self._taken = index
        if self._candidates:
            last = self.index(len(self._candidates) - 1)
            self.dataChanged.emit(self.index(0), last)

    @property
    def taken(self) -> int | None:
        """Which frame is the picture of the draft."""
        return self._taken

    def place(self, index: int | None) -> QModelIndex:
        """Where frame ``index`` is; an invalid index for none of these."""
        for row, candidate in enumerate(self._candidates):
            if candidate.index == index:
                return self.index(row)
        return QModelIndex()

    def reason(self, place: _Index) -> str:
        """One line about the frame there; "" for none."""
        if not place.isValid():
            return ""
        ranked = sum(candidate.rank is not None for candidate in self._candidates)
        return self._words.reason(self._candidates[place.row()], ranked)

    @override
    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._candidates)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        candidate = self._candidates[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(candidate.index + 1)
            case Qt.ItemDataRole.ToolTipRole:
                return self.reason(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                reason = self.reason(index)
                if candidate.index == self._taken:
                    return self.tr("{0}; it is the next picture").format(reason)
                return reason
            case _ if role == CANDIDATE:
                return candidate
            case _ if role == IS_TAKEN:
                return candidate.index == self._taken
            case _:
                return None
