"""The bar with which a person frames the picture."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.framing_fills import FramingFills
from dreamina_desktop.ui.compose.framing_hand import unmoved
from dreamina_desktop.ui.compose.framing_shapes import FramingShapes
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_ICON = QSize(18, 18)


class FramingBar(QWidget):
    """``framingBar``: shapes, and below or beside them what there is to say about the frame.

    Gone where there is no picture that could be framed. ``is_small``: in two rows, with the way
    to the larger view.
    """

    larger_requested = Signal()

    def __init__(
        self,
        draft: PictureDraft,
        spec: ModelSpec,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
        *,
        is_small: bool = True,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._is_small = is_small
        self._framed = ""
        self.setObjectName("framingBar")
        self.setAccessibleName(self.tr("Framing bar"))
        self.shapes = FramingShapes(draft, spec, theme, icons, self)
        self.fills = FramingFills(draft, theme, icons, self)
        self.undo = self._button("undoFramingButton", self.tr("Undo framing"))
        self.redo = self._button("redoFramingButton", self.tr("Redo framing"))
        self.reset = self._button("resetFramingButton", self.tr("Reset framing"))
        self.larger = self._button("frameLargerButton", self.tr("Frame larger"))
        self.larger.setToolTip(self.tr("Frame it in a larger view (F)"))
        self.undo.clicked.connect(self._on_undo_clicked)
        self.redo.clicked.connect(self._on_redo_clicked)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.larger.clicked.connect(self.larger_requested)
        self._below = QWidget(self)
        self._lay_out()
        self.set_theme(theme, icons)
        draft.recipe_changed.connect(self._on_changed)
        draft.picture_changed.connect(self._on_changed)
        self._on_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self.shapes.set_theme(theme, icons)
        self.fills.set_theme(theme, icons)
        self.undo.setIcon(icons.icon("undo"))
        self.redo.setIcon(icons.icon("redo"))
        self.reset.setIcon(icons.icon("reset-frame"))
        self.larger.setIcon(icons.icon("frame-larger"))

    # ---- inside ----------------------------------------------------------------------------

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setProperty("look", "quiet")
        button.setIconSize(_ICON)
        return button

    def _lay_out(self) -> None:
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(TIGHT)
        below.addWidget(self.fills)
        below.addStretch(1)
        for button in (self.undo, self.redo, self.reset):
            below.addWidget(button)
        above = QHBoxLayout()
        above.setSpacing(TIGHT)
        above.addWidget(self.shapes, 1)
        above.addWidget(self.larger)
        self.larger.setVisible(self._is_small)
        direction = QBoxLayout.Direction
        layout = QBoxLayout(
            direction.TopToBottom if self._is_small else direction.LeftToRight, self
        )
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT if self._is_small else 2 * GAP)
        layout.addLayout(above, 0 if self._is_small else 3)
        layout.addWidget(self._below, 0 if self._is_small else 2)

    def _on_undo_clicked(self) -> None:
        self._draft.settle_frame()
        self._draft.undo_recipe()

    def _on_redo_clicked(self) -> None:
        self._draft.settle_frame()
        self._draft.redo_recipe()

    def _on_reset_clicked(self) -> None:
        recipe = self._draft.recipe
        if recipe.frame is not None:
            self._draft.set_recipe(replace(recipe, frame=unmoved(recipe.frame)))

    def _on_changed(self) -> None:
        draft, frame = self._draft, self._draft.recipe.frame
        self.setVisible(draft.framer is not None)
        if frame is not None:
            self._framed = draft.picture.source
        self.fills.setVisible(frame is not None)
        # Who has framed it may want to go back, also to the frame.
        was_framed = bool(self._framed) and self._framed == draft.picture.source
        self._below.setVisible(was_framed or not self._is_small)
        self.undo.setEnabled(draft.can_undo_recipe)
        self.redo.setEnabled(draft.can_redo_recipe)
        is_moved = frame is not None and frame != unmoved(frame)
        self.reset.setEnabled(is_moved)
        self.undo.setToolTip(
            self.tr("Undo (Ctrl+Z)") if draft.can_undo_recipe else self.tr("Nothing to undo")
        )
        self.redo.setToolTip(
            self.tr("Redo (Ctrl+Shift+Z)") if draft.can_redo_recipe else self.tr("Nothing to redo")
        )
        self.reset.setToolTip(
            self.tr("Frame as much as possible, in the middle (double click on the picture)")
            if is_moved
            else self.tr("The frame is in the middle, and as large as possible")
        )
