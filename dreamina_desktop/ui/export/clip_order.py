"""Clips in the order of the film, changed by dragging or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.export.row_pictures import PICTURE, RowPictures
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.picture_source import PictureSource, picture_source
from dreamina_desktop.ui.library.thumbnail_made import ThumbnailMade
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT, Theme
from dreamina_desktop.ui.watch.viewed import Viewed

_ROW = 48
_MOST_ROWS = 6
_NUMBER = Qt.ItemDataRole.UserRole


class ClipOrder(QWidget):
    """``joinList`` with a button up and one down; Alt+Up and Alt+Down do the same."""

    order_changed = Signal()

    def __init__(
        self,
        clips: Sequence[Viewed],
        thumbnails: Thumbnails,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._clips = tuple(clips)
        self._pictures = RowPictures(thumbnails, theme, icons)
        for viewed in self._clips:
            # Its file may have come back.
            thumbnails.retry(viewed.job)
        self._list = _List(self)
        for number, viewed in enumerate(self._clips):
            item = QListWidgetItem(self._list)
            item.setData(_NUMBER, number)
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(viewed.path.name)
        self._list.setCurrentRow(0)
        rows = min(len(self._clips), _MOST_ROWS)
        self._list.setFixedHeight(rows * _ROW + 2 * TIGHT)
        self._up = self._button("joinUpButton", self.tr("Up"), self.tr("Earlier (Alt+Up)"))
        self._down = self._button("joinDownButton", self.tr("Down"), self.tr("Later (Alt+Down)"))
        buttons = QVBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._up)
        buttons.addWidget(self._down)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._list, 1)
        row.addLayout(buttons)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._list.moved_up.connect(self._on_up)
        self._list.moved_down.connect(self._on_down)
        self._list.model().rowsMoved.connect(self._on_rows_moved)
        self._list.currentRowChanged.connect(self._on_current_changed)
        thumbnails.thumbnail_made.connect(self._on_thumbnail_made)
        self.set_theme(theme, icons)
        self._show()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._list.setStyleSheet(
            f"QListWidget {{ border-radius: {RADIUS}px; padding: {TIGHT - 1}px; }}"
            f"QListWidget:focus {{ border: 2px solid {theme.accent}; padding: {TIGHT - 2}px; }}"
            f"QListWidget::item {{ padding: 0 {TIGHT}px; border-radius: {TIGHT}px; }}"
            f"QListWidget::item:selected {{ background: {theme.selection}; color: {theme.text}; }}"
        )
        self._up.setIcon(icons.icon("chevron-up"))
        self._down.setIcon(icons.icon("unfold"))
        self._pictures.set_theme(theme, icons)
        self._show_pictures()

    def take_focus(self) -> None:
        """Keys go to the list from now on."""
        self._list.setFocus()

    @property
    def clips(self) -> tuple[Viewed, ...]:
        """In the order of the film."""
        places = range(self._list.count())
        return tuple(self._clips[self._list.item(place).data(_NUMBER)] for place in places)

    def _button(self, name: str, text: str, tip: str) -> DialogButton:
        button = DialogButton(name, "", self)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        return button

    def _show(self) -> None:
        for place, viewed in enumerate(self.clips):
            self._list.item(place).setText(f"{place + 1}   {_title(viewed)}")
        self._show_ways()

    def _show_ways(self) -> None:
        place = self._list.currentRow()
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < self._list.count() - 1)

    def _show_pictures(self, source: PictureSource | None = None) -> None:
        """Of these rows; None for all."""
        for place, viewed in enumerate(self.clips):
            if source in (None, picture_source(viewed.job)):
                icon = self._pictures.icon(viewed.job, self.devicePixelRatioF())
                self._list.item(place).setIcon(icon)

    def _move(self, by: int) -> None:
        place = self._list.currentRow()
        if 0 <= place + by < self._list.count():
            item = self._list.takeItem(place)
            self._list.insertItem(place + by, item)
            self._list.setCurrentRow(place + by)
            self._show()
            self.order_changed.emit()

    def _on_up(self) -> None:
        self._move(-1)

    def _on_down(self) -> None:
        self._move(1)

    def _on_rows_moved(self) -> None:
        self._show()
        self.order_changed.emit()

    def _on_current_changed(self) -> None:
        self._show_ways()

    def _on_thumbnail_made(self, made: ThumbnailMade) -> None:
        self._show_pictures(made.source)


class _List(QListWidget):
    moved_up = Signal()
    moved_down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("joinList")
        self.setAccessibleName(self.tr("Clips in the order of the film"))
        self.setToolTip(self.tr("Drag, or Alt+Up and Alt+Down"))
        self.setProperty("look", "popup")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(PICTURE)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() == Qt.Key.Key_Up:
            self.moved_up.emit()
        elif is_alt and event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        else:
            super().keyPressEvent(event)


def _title(viewed: Viewed) -> str:
    """A film's maker knows a clip by its words."""
    spec = viewed.job.spec
    prompt = "" if spec is None else " ".join(spec.prompt.split())
    return f"{prompt} · {spec.seed}" if spec is not None and prompt else viewed.path.name
