"""The grid of cards: columns that fit the width, keys, drags of files to other programs."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.card_delegate import CardDelegate
from dreamina_desktop.ui.library.card_layout import CardLayout
from dreamina_desktop.ui.library.card_words import TICKING
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.library_model import LibraryModel, LibraryRole
from dreamina_desktop.ui.library.whole_second import WholeSecond

_REST = 150
"""Milliseconds without a resize after which thumbnails are made for the new size."""
_BATCH = 200

_MOVES = frozenset({
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
})  # fmt: skip
_MARKS = {Qt.Key.Key_S: Deed.STAR, Qt.Key.Key_X: Deed.REJECT}
_OPENS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LibraryView(QListView):
    """Shows a ``LibraryModel`` with a ``CardDelegate``. Letters mean deeds, they do not search."""

    jobs_selected = Signal()
    job_opened = Signal()
    deed_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(
        self, model: LibraryModel, delegate: CardDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = model
        self._cards = delegate
        self._layout = CardLayout(self.font(), 1)
        self._resting = QTimer(self, interval=_REST, singleShot=True)
        self._resting.timeout.connect(self._on_resting)
        self._second = WholeSecond(self)
        self._second.passed.connect(self._on_second)
        self.setObjectName("libraryView")
        self.setAccessibleName(self.tr("Library"))
        self.setProperty("look", "grid")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Drops belong to the whole window.
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setMouseTracking(True)
        self.setItemDelegate(delegate)
        self.setModel(model)

    def selected_jobs(self) -> tuple[Job, ...]:
        """The selected jobs as listed, in the list's order."""
        indexes = sorted(self.selectedIndexes(), key=QModelIndex.row)
        jobs: list[Job] = [index.data(LibraryRole.JOB) for index in indexes]
        # Several that are deleted go one by one: the last of them is not what somebody selects.
        return tuple(job for job in jobs if not self._library.is_hidden(job.id))

    def choose(self, index: QModelIndex, *others: QModelIndex) -> None:
        """Select this card, these others with it and none else, and bring it into view."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        for other in others:
            self.selectionModel().select(other, QItemSelectionModel.SelectionFlag.Select)
        self.scrollTo(index)

    @property
    def is_ticking(self) -> bool:
        """Whether a running time is painted anew each second."""
        return self._second.is_active

    # ---- QListView -------------------------------------------------------------------------

    def selectionChanged(  # noqa: N802
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        self.jobs_selected.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, modifiers = event.key(), event.modifiers()
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Delete) or (
            plain and key == Qt.Key.Key_Backspace
        ):
            # A key that is held down must not take the next card, too.
            if not event.isAutoRepeat():
                self.deed_wanted.emit(Deed.DELETE)
        elif plain and key == Qt.Key.Key_R:
            self.deed_wanted.emit(Deed.LOAD)
        elif plain and key in _MARKS:
            # Pressing again takes it back: a key that is held down must not flicker.
            if not event.isAutoRepeat():
                self.deed_wanted.emit(_MARKS[Qt.Key(key)])
        elif plain and key in _OPENS:
            self.job_opened.emit()
        elif key in _MOVES or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            # Space, letters and the like belong to the player and the window.
            event.ignore()

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        del actions
        draggable = [
            index
            for index in self.selectedIndexes()
            if index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        ]
        if not draggable:
            return
        drag = QDrag(self)
        drag.setMimeData(self._library.mimeData(draggable))
        place = self._cards.places(self.visualRect(draggable[0])).thumbnail
        drag.setPixmap(self.viewport().grab(place))
        drag.exec(Qt.DropAction.CopyAction)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        # By keyboard there must be a card to stand on; which one is chosen stays as it is.
        if not self.currentIndex().isValid() and self._library.rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._library.index(0), flag)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self._cards.take_ticking():
            self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._second.stop()

    # ---- own -------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Bring cards and columns to the width, whether the scroll bar shows or not."""
        bar = self.verticalScrollBar().sizeHint().width()
        self._layout = CardLayout(self.font(), self.width() - bar)
        self._cards.set_layout(self._layout)
        if self.gridSize() == self._layout.cell:
            return
        self._cards.is_resting = False
        self._resting.start()
        self.setGridSize(self._layout.cell)
        if self.currentIndex().isValid():
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def _on_resting(self) -> None:
        self._cards.is_resting = True
        self.viewport().update()

    def _on_second(self) -> None:
        ticking = False
        for row in self._visible_rows():
            index = self._library.index(row)
            if index.data(LibraryRole.JOB).state in TICKING:
                ticking = True
                self.update(index)
        if not ticking:
            self._second.stop()

    def _visible_rows(self) -> range:
        height, columns = self._layout.cell.height(), self._layout.columns
        top = self.verticalOffset()
        first = top // height * columns
        behind = ((top + self.viewport().height()) // height + 1) * columns
        return range(first, min(behind, self._library.rowCount()))
