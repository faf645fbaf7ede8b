"""The line above the cards: words to look for, and which jobs to list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dreamina_desktop.ui.drop_down import DropDown
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.list_filter import JobGroup, ListFilter
from dreamina_desktop.ui.theme import GAP, Theme

_PAUSE = 150
"""Milliseconds without a key after which the search begins."""


class LibraryFilters(QWidget):
    """``librarySearch`` and ``libraryFilter``."""

    filter_changed = Signal()
    left_downwards = Signal()
    """Down in the search field: on to the cards."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typing = QTimer(self, interval=_PAUSE, singleShot=True)
        self._typing.timeout.connect(self._on_settled)
        self._told = ListFilter()
        self._glass = QAction(self)
        self._search = QLineEdit(self)
        self._search.setObjectName("librarySearch")
        self._search.setAccessibleName(self.tr("Library search"))
        self._search.setToolTip(self.tr("Find by prompt, picture, seed or request id (Ctrl+F)"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._clear = QAction(self.tr("Clear the search (Esc)"), self)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._on_clear_triggered)
        self._search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._search.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._search.textChanged.connect(self._on_typed)
        self._search.returnPressed.connect(self._on_settled)
        self._search.installEventFilter(self)
        self._groups = DropDown(theme, icons, self)
        self._groups.setObjectName("libraryFilter")
        self._groups.setAccessibleName(self.tr("Library filter"))
        self._groups.setToolTip(self.tr("Which jobs are listed"))
        for group, label in (
            (JobGroup.ALL, self.tr("All")),
            (JobGroup.RUNNING, self.tr("Running")),
            (JobGroup.DONE, self.tr("Done")),
            (JobGroup.NEEDS_YOU, self.tr("Needs you")),
            (JobGroup.STARRED, self.tr("Starred")),
            (JobGroup.NOT_REJECTED, self.tr("Not rejected")),
            (JobGroup.REJECTED, self.tr("Rejected")),
        ):
            self._groups.addItem(label, group)
        self._groups.currentIndexChanged.connect(self._on_settled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._search, 1)
        row.addWidget(self._groups)
        self.setFocusProxy(self._search)
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show the icons in other colours."""
        self._glass.setIcon(icons.icon("search", theme.muted))
        self._clear.setIcon(icons.icon("clear", theme.muted))
        self._groups.set_theme(theme, icons)

    @property
    def list_filter(self) -> ListFilter:
        """What is typed and chosen now."""
        return ListFilter(self._search.text().strip(), JobGroup(self._groups.currentData()))

    def clear(self) -> None:
        """List everything again."""
        self._search.clear()
        self._groups.setCurrentIndex(0)
        self._on_settled()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._search and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if event.type() is QEvent.Type.KeyPress:
                return self._pressed(key)
            # Esc clears first; only then may it mean something to the window.
            is_override = event.type() is QEvent.Type.ShortcutOverride
            if is_override and key is Qt.Key.Key_Escape and self._search.text():
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        if key is Qt.Key.Key_Escape and self._search.text():
            self._on_clear_triggered()
            return True
        if key is Qt.Key.Key_Down:
            self._on_settled()
            self.left_downwards.emit()
            return True
        return False

    def _on_typed(self) -> None:
        self._clear.setVisible(bool(self._search.text()))
        self._typing.start()

    def _on_clear_triggered(self) -> None:
        self._search.clear()
        self._on_settled()

    def _on_settled(self) -> None:
        self._typing.stop()
        if self.list_filter != self._told:
            self._told = self.list_filter
            self.filter_changed.emit()
