"""The pictures that came together, in a row below the one in use: click another to use it."""

from __future__ import annotations

from pathlib import Path
from typing import override

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.compose.strip_delegate import StripDelegate
from dreamina_desktop.ui.compose.strip_model import PATH, StripModel
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.words import Phrasebook


class _StripView(QListView):
    """Left and Right go along it; Delete takes a picture out."""

    def __init__(self, intake: PictureIntake, parent: QWidget) -> None:
        super().__init__(parent)
        self._intake = intake

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            index = self.currentIndex()
            if index.isValid():
                self._intake.remove(index.data(PATH))
        else:
            super().keyPressEvent(event)


class PictureStrip(QWidget):
    """``pictureStrip`` with ``pictureStripCount`` and ``clearStripButton``; gone without a row."""

    def __init__(
        self,
        draft: Draft,
        intake: PictureIntake,
        glances: Glances,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._intake = intake
        self._glances = glances
        self._model = StripModel(glances, words, self)
        self._is_following = False
        self._known = draft.picture
        self.view = _StripView(intake, self)
        self._delegate = StripDelegate(theme, icons, self.view)
        self._delegate.removal_requested.connect(self._on_removal_requested)
        self._set_up_view()
        self.count = QLabel(self)
        self.count.setObjectName("pictureStripCount")
        self.count.setProperty("look", "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clear = QToolButton(self)
        self.clear.setObjectName("clearStripButton")
        self.clear.setAccessibleName(self.tr("Put the other pictures away"))
        self.clear.setToolTip(self.tr("Put the other pictures away; the files stay where they are"))
        self.clear.setProperty("look", "over")
        self.clear.clicked.connect(self._on_clear_clicked)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.count)
        beside.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.view, 1)
        layout.addLayout(beside)
        self.set_theme(theme, icons)
        intake.row_changed.connect(self._on_row_changed)
        draft.picture_changed.connect(self._on_picture_changed)
        glances.glance_made.connect(self._on_glance_made)
        self._on_row_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._delegate.set_theme(theme, icons)
        self.clear.setIcon(icons.icon("clear"))
        self.view.viewport().update()

    def _set_up_view(self) -> None:
        view = self.view
        view.setObjectName("pictureStrip")
        view.setAccessibleName(self.tr("Pictures to choose from"))
        view.setToolTip(self.tr("Left and Right choose another picture; Delete takes it out"))
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setFixedHeight(self._delegate.high)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.selectionModel().currentChanged.connect(self._on_current_changed)

    def _on_row_changed(self) -> None:
        self._is_following = True
        self._model.show(self._intake.row)
        self._is_following = False
        self.setVisible(bool(self._intake.row))
        self._follow()

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        before, self._known = self._known, picture
        is_other_file = before.source != picture.source or before.facts is None
        is_as_before = (before.facts, before.is_saved_anew) == (
            picture.facts,
            picture.is_saved_anew,
        )
        # Saved anew by another program.
        if self._intake.row and not is_other_file and not is_as_before:
            self._glances.look_again(Path(picture.source))
        self._follow()

    def _follow(self) -> None:
        """Mark the picture in use, whoever chose it."""
        place = self._model.place(self._draft.picture.source)
        if place != self.view.currentIndex():
            self._is_following = True
            self.view.setCurrentIndex(place)
            if not place.isValid():
                self.view.clearSelection()
            self._is_following = False
        of = len(self._intake.row)
        self.count.setText(f"{place.row() + 1}/{of}" if place.isValid() else str(of))
        self.count.setAccessibleName(
            self.tr("Picture {0} of {1}").format(place.row() + 1, of)
            if place.isValid()
            else self.tr("{0} pictures").format(of)
        )

    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        del before
        if current.isValid() and not self._is_following:
            self._intake.choose(current.data(PATH))

    def _on_glance_made(self, glance: Glance) -> None:
        if glance.path in self._model.paths:
            self.view.viewport().update()

    def _on_removal_requested(self, path: Path) -> None:
        self._intake.remove(path)

    def _on_clear_clicked(self) -> None:
        self._intake.clear_row()

    def _on_menu_requested(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Take out of this row")).setData(index.data(PATH))
        menu.addAction(self.tr("Put the other pictures away"))
        menu.triggered.connect(self._on_menu_chosen)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _on_menu_chosen(self, action: QAction) -> None:
        path = action.data()
        if isinstance(path, Path):
            self._intake.remove(path)
        else:
            self._intake.clear_row()
