"""How the picture comes to the chosen shape: cropped, or with soft or plain bars."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from dreamina_desktop.core.recipe import Fill
from dreamina_desktop.ui.compose.bar_colour_button import BarColourButton
from dreamina_desktop.ui.compose.framing_hand import filled
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import TIGHT, Theme

_ICONS = {Fill.CROP: "fill-crop", Fill.BLUR: "fill-blur", Fill.COLOUR: "fill-colour"}
_ICON = QSize(18, 18)


class FramingFills(QWidget):
    """``fillChoice``: crop, blur and colour, and ``barColourButton`` where it says something."""

    def __init__(self, draft: PictureDraft, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("fillChoice")
        self.setAccessibleName(self.tr("Fill choice"))
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        said = {
            Fill.CROP: (self.tr("Crop"), self.tr("Crop: what does not fit in is cut off")),
            Fill.BLUR: (self.tr("Blurred bars"), self.tr("Blurred bars: all of the picture stays")),
            Fill.COLOUR: (self.tr("Plain bars"), self.tr("Plain bars: all of the picture stays")),
        }
        self._fills = tuple(said)
        for number, (fill, (name, tip)) in enumerate(said.items()):
            button = QPushButton(self)
            button.setObjectName(f"fill{fill.value.capitalize()}Button")
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setProperty("look", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setIconSize(_ICON)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self.bar_colour = BarColourButton(draft, theme, self)
        layout.addWidget(self.bar_colour)
        self.set_theme(theme, icons)
        self._group.idClicked.connect(self._on_fill_clicked)
        draft.recipe_changed.connect(self._on_recipe_changed)
        self._on_recipe_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        for number, fill in enumerate(self._fills):
            self._group.button(number).setIcon(icons.icon(_ICONS[fill]))
        self.bar_colour.set_theme(theme)

    def _on_fill_clicked(self, number: int) -> None:
        recipe = self._draft.recipe
        if recipe.frame is not None:
            frame = filled(recipe.frame, self._fills[number])
            self._draft.set_recipe(replace(recipe, frame=frame))

    def _on_recipe_changed(self) -> None:
        frame = self._draft.recipe.frame
        if frame is not None:
            self._group.button(self._fills.index(frame.fill)).setChecked(True)
        self.bar_colour.setVisible(frame is not None and frame.fill is Fill.COLOUR)
