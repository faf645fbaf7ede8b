"""The colour of a frame's bars."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.recipe import BLACK
from dreamina_desktop.ui.compose.colour_button import ColourButton, ColourChosen
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import Theme


class BarColourButton(ColourButton):
    """``barColourButton``: shows and sets the colour of the draft's frame."""

    def __init__(self, draft: PictureDraft, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            self.tr("Colour of the bars"),
            theme,
            parent,
            dialog_name="barColourDialog",
            is_dark_first=True,
        )
        self._draft = draft
        self.setObjectName("barColourButton")
        self.colour_chosen.connect(self._on_colour_chosen)
        draft.recipe_changed.connect(self._on_recipe_changed)
        self._on_recipe_changed()

    def _on_colour_chosen(self, chosen: ColourChosen) -> None:
        recipe = self._draft.recipe
        if recipe.frame is not None:
            frame = replace(recipe.frame, colour=chosen.colour)
            self._draft.set_recipe(replace(recipe, frame=frame))

    def _on_recipe_changed(self) -> None:
        frame = self._draft.recipe.frame
        self.show_colour(BLACK if frame is None else frame.colour)
