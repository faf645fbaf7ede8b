"""What was done to the picture on its way from the file to what is sent, line by line."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import VerdictRow
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.words import Phrasebook

_DOUBTFUL = frozenset({ChangeKind.ENLARGED, ChangeKind.COLOUR_GUESSED})
_ROOMY = 900
"""Height of the window, in device-independent pixels, that leaves room for every line."""

_LITTLE = 56
"""As high as the lines may be elsewhere: three of them, the others scroll."""


class ChangeList(QWidget):
    """``changesFoldButton`` "5 changes", ``changeList``, and ``undoMendButton`` for all together.

    Folded to one line where there is little room, until somebody says otherwise.
    """

    def __init__(
        self,
        draft: Draft,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._words = words
        self._icons = icons
        self._is_open: bool | None = None
        self.fold_button = QToolButton(self)
        self.fold_button.setObjectName("changesFoldButton")
        self.fold_button.setProperty("look", "fold")
        self.fold_button.setIconSize(QSize(12, 12))
        self.fold_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold_button.setToolTip(self.tr("Show or hide what was done to the picture"))
        self.fold_button.clicked.connect(self._on_fold_clicked)
        self.undo_button = QPushButton(self.tr("Undo"), self)
        self.undo_button.setObjectName("undoMendButton")
        self.undo_button.setAccessibleName(self.tr("Undo mending"))
        self.undo_button.setProperty("look", "link")
        self.undo_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.undo_button.setToolTip(
            self.tr("Send the picture without what was mended; also Ctrl+Z")
        )
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self.rows = VerdictList(theme, icons, self)
        self.rows.setObjectName("changeList")
        self.rows.setAccessibleName(self.tr("Changes to the picture"))
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.fold_button)
        above.addStretch(1)
        above.addWidget(self.undo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT // 2)
        layout.addLayout(above)
        layout.addWidget(self.rows)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._icons = icons
        self.rows.set_theme(theme, icons)
        self._on_picture_changed()

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        prepared = picture.prepared
        if prepared is None and picture.is_being_read and picture.sent is not None:
            # Said of what is still shown, until the next is there.
            return
        changes = prepared.changes if prepared is not None else ()
        is_mended = self._draft.recipe.mended
        self.setVisible(bool(changes) or (is_mended and prepared is not None))
        count = len(changes)
        text = self.tr("1 change") if count == 1 else self.tr("{0} changes").format(count)
        self.fold_button.setText(text)
        self.fold_button.setAccessibleName(text)
        self.fold_button.setEnabled(bool(changes))
        self.undo_button.setVisible(is_mended)
        is_roomy = self.window().height() >= _ROOMY
        self.rows.set_highest(None if is_roomy else _LITTLE)
        is_open = is_roomy if self._is_open is None else self._is_open
        # One line needs none above it that says so.
        self.fold_button.setVisible(count != 1)
        is_open = is_open or count == 1
        self.fold_button.setIcon(self._icons.icon("unfold" if is_open else "fold"))
        lines = tuple(self._row(change) for change in changes)
        self.fold_button.setAccessibleDescription("\n".join(line.text for line in lines))
        self.rows.show_rows(lines if is_open else ())

    def _row(self, change: Change) -> VerdictRow:
        severity = Severity.WARNING if change.kind in _DOUBTFUL else Severity.FITS
        if change.kind is ChangeKind.CONVERTED:
            before, after = format_name(str(change.before)), format_name(str(change.after))
            change = replace(change, before=before, after=after)
        return VerdictRow(severity, self._words.change(change))

    def _on_fold_clicked(self) -> None:
        self._is_open = self.rows.isHidden()
        self._on_picture_changed()

    def _on_undo_clicked(self) -> None:
        self._draft.set_recipe(replace(self._draft.recipe, mended=False))
