"""What decides a clip besides picture and prompt: its length, its seed, how many takes."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.length_choice import LengthChoice
from dreamina_desktop.ui.compose.seed_row import SeedRow
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, Theme
from dreamina_desktop.words import Phrasebook


class LengthAndSeed(QWidget):
    """``LengthChoice`` above ``SeedRow``."""

    def __init__(
        self,
        draft: Draft,
        words: Phrasebook,
        spec: ModelSpec,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.length = LengthChoice(draft, spec, self)
        self.seed = SeedRow(draft, words, spec, theme, icons, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.length)
        layout.addWidget(self.seed)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.seed.set_theme(theme, icons)
