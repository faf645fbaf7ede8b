"""The seed: typed, drawn, or that of the last take; and for how many takes."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.compose.clear_icon import wear_clear_icon
from dreamina_desktop.ui.compose.takes_spin import TakesSpin
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import seed_row
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.words import Phrasebook

# Spaces come along with what is pasted.
_SEED = r"\s*-?[0-9]{0,10}\s*"
_ROOM_FOR_LABEL = 350


class SeedRow(QWidget):
    """``seedEdit``, its two buttons, ``takesSpin``, and a line where the seed is odd."""

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
        self._draft = draft
        self._words = words
        self._spec = spec
        self._last: int | None = None
        self.edit = QLineEdit(self)
        self.edit.setObjectName("seedEdit")
        self.edit.setAccessibleName(self.tr("Seed"))
        self.edit.setPlaceholderText(self.tr("random"))
        self.edit.setToolTip(
            self.tr(
                "The same seed with the same input gives very probably the same clip; empty "
                "means a new one for each take"
            )
        )
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(_SEED), self.edit))
        self.edit.setClearButtonEnabled(True)
        self.edit.textEdited.connect(self._on_text_edited)
        label = QLabel(self.tr("&Seed"), self)
        label.setBuddy(self.edit)
        self.random_button = self._button("randomSeedButton", self.tr("Random seed"))
        self.random_button.setToolTip(self.tr("Draw a seed and keep it"))
        self.random_button.clicked.connect(self._on_random_clicked)
        self.last_button = self._button("lastSeedButton", self.tr("Last seed"))
        self.last_button.clicked.connect(self._on_last_clicked)
        self.takes = TakesSpin(draft, theme, icons, self)
        self._takes_label = QLabel(self.tr("T&akes"), self)
        self._takes_label.setBuddy(self.takes)
        self._verdicts = VerdictList(theme, icons, self)
        self._verdicts.setObjectName("seedVerdicts")
        self._verdicts.setAccessibleName(self.tr("Seed verdicts"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(TIGHT)
        row.addWidget(label)
        row.addSpacing(GAP - TIGHT)
        row.addWidget(self.edit, 1)
        row.addWidget(self.random_button)
        row.addWidget(self.last_button)
        row.addWidget(self._takes_label)
        row.addWidget(self.takes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(row)
        layout.addWidget(self._verdicts)
        self.set_theme(theme, icons)
        self.set_last_seed(None)
        draft.seed_changed.connect(self._on_seed_changed)
        self._on_seed_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._verdicts.set_theme(theme, icons)
        self.takes.set_theme(theme, icons)
        wear_clear_icon(self.edit, icons)
        self.random_button.setIcon(icons.icon("dice"))
        self.last_button.setIcon(icons.icon("last-seed"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        # A whole seed is more than a word that the spin's sign, tooltip and the button say too.
        self._takes_label.setVisible(self.width() >= _ROOM_FOR_LABEL)

    def set_last_seed(self, seed: int | None) -> None:
        """The seed of the take before; None as long as there is none."""
        self._last = seed
        self.last_button.setEnabled(seed is not None)
        words = (
            self.tr("There is no take yet whose seed could be used")
            if seed is None
            else self.tr("Use the seed of the last take: {0}").format(seed)
        )
        self.last_button.setToolTip(words)
        self.last_button.setAccessibleDescription(words)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

    def _on_text_edited(self) -> None:
        self._draft.set_seed_text(self.edit.text())

    def _on_random_clicked(self) -> None:
        self._draft.draw_seed()

    def _on_last_clicked(self) -> None:
        if self._last is not None:
            self._draft.set_seed_text(str(self._last))

    def _on_seed_changed(self) -> None:
        if self.edit.text().strip() != self._draft.seed_text:
            self.edit.setText(self._draft.seed_text)
        odd = [v for v in self._draft.seed_verdicts() if v.severity is not Severity.FITS]
        rows = tuple(seed_row(verdict, self._spec, self._words) for verdict in odd)
        self._verdicts.show_rows(rows)
