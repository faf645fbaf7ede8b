"""What the model sees, in words: what is sent, what was done to it, and what about the file."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.change_list import ChangeList
from dreamina_desktop.ui.compose.file_note import FileNote
from dreamina_desktop.ui.compose.ground_row import GroundRow
from dreamina_desktop.ui.compose.saved_anew_row import SavedAnewRow
from dreamina_desktop.ui.compose.sent_caption import SentCaption
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.words import Phrasebook


class SentCard(QWidget):
    """Rows that are there only while they have something to say."""

    def __init__(
        self,
        draft: Draft,
        spec: ModelSpec,
        words: Phrasebook,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sentCard")
        self.setAccessibleName(self.tr("What the model sees"))
        self.saved_anew = SavedAnewRow(draft, self)
        self.caption = SentCaption(draft, self)
        self.changes = ChangeList(draft, words, theme, icons, self)
        self.ground = GroundRow(draft, theme, self)
        self.file_note = FileNote(draft, spec, words, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        self._rows = (self.saved_anew, self.caption, self.changes, self.ground, self.file_note)
        for row in self._rows:
            layout.addWidget(row)
        # After the rows, which have heard it then.
        for changed in (draft.picture_changed, draft.preview_changed, draft.recipe_changed):
            changed.connect(self._on_changed)
        self._on_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.changes.set_theme(theme, icons)
        self.ground.set_theme(theme)

    def _on_changed(self) -> None:
        # Nor is there room for nothing.
        self.setVisible(any(not row.isHidden() for row in self._rows))
