"""What lies behind the transparent parts of a picture: the model knows none."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dreamina_desktop.core.change import ChangeKind
from dreamina_desktop.ui.compose.colour_button import ColourButton, ColourChosen
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import GAP, Theme


class GroundRow(QWidget):
    """``groundColourButton``, only where the file has transparency."""

    def __init__(self, draft: Draft, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        label = QLabel(self.tr("Behind transparency"), self)
        label.setProperty("look", "hint")
        self.button = ColourButton(
            self.tr("Colour behind transparency"),
            theme,
            self,
            dialog_name="groundColourButtonDialog",
        )
        self.button.setObjectName("groundColourButton")
        self.button.setProperty("look", "over")
        self.button.colour_chosen.connect(self._on_colour_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(label)
        layout.addWidget(self.button)
        layout.addStretch(1)
        for changed in (draft.picture_changed, draft.preview_changed, draft.recipe_changed):
            changed.connect(self._on_changed)
        self._on_changed()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.button.set_theme(theme)

    def _on_changed(self) -> None:
        self.setVisible(self._has_transparency())
        self.button.show_colour(self._draft.recipe.ground)

    def _has_transparency(self) -> bool:
        prepared = self._draft.picture.prepared
        changes = prepared.changes if prepared is not None else ()
        if any(change.kind is ChangeKind.FLATTENED for change in changes):
            return True
        view = self._draft.view
        return not self._draft.picture.is_address and view is not None and view.hasAlphaChannel()

    def _on_colour_chosen(self, chosen: ColourChosen) -> None:
        self._draft.set_recipe(replace(self._draft.recipe, ground=chosen.colour))
