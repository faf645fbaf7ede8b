"""Which shape a person wants: one of the model's, or the one that the model takes by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.recipe import Fill, Frame
from dreamina_desktop.ui.compose.shape_button import ShapeButton
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import Theme

_AUTOMATIC = 0
_APART = 2


class FramingShapes(QWidget):
    """``shapeChoice``: ``shapeAutomaticButton``, and a button a shape, e.g. ``shape16x9Button``."""

    def __init__(
        self, draft: PictureDraft, spec: ModelSpec, theme: Theme, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._sizes = spec.output_sizes
        self.setObjectName("shapeChoice")
        self.setAccessibleName(self.tr("Shape choice"))
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_APART)
        self._automatic = ShapeButton(self.tr("Auto"), None, theme, icons, self)
        self._automatic.setObjectName("shapeAutomaticButton")
        self._automatic.setAccessibleName(self.tr("Automatic shape"))
        self._automatic.setToolTip(self.tr("The model crops to the shape nearest to the picture's"))
        self._shapes = [ShapeButton(size.shape, size, theme, icons, self) for size in self._sizes]
        for number, button in enumerate((self._automatic, *self._shapes)):
            self._group.addButton(button, number)
            layout.addWidget(button, 1)
        for size, button in zip(self._sizes, self._shapes, strict=True):
            button.setObjectName(f"shape{size.shape.replace(':', 'x')}Button")
            button.setAccessibleName(self.tr("Shape {0}").format(size.shape))
        self._group.idClicked.connect(self._on_shape_clicked)
        draft.recipe_changed.connect(self._on_changed)
        draft.picture_changed.connect(self._on_changed)
        self._on_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        for button in (self._automatic, *self._shapes):
            button.set_theme(theme, icons)

    def _on_shape_clicked(self, number: int) -> None:
        recipe = self._draft.recipe
        if number == _AUTOMATIC:
            self._draft.set_recipe(replace(recipe, frame=None))
            return
        shape = self._sizes[number - 1].shape
        frame = Frame(shape) if recipe.frame is None else replace(recipe.frame, shape=shape)
        self._draft.set_recipe(replace(recipe, frame=frame))

    def _on_changed(self) -> None:
        framer, frame = self._draft.framer, self._draft.recipe.frame
        has_bars = frame is not None and frame.fill is not Fill.CROP
        chosen = self._automatic
        for size, button in zip(self._sizes, self._shapes, strict=True):
            if frame is not None and frame.shape == size.shape:
                chosen = button
            fits = framer is not None and (has_bars or framer.can_frame(size.shape))
            button.setEnabled(fits)
            button.setToolTip(self._tool_tip(size.shape, size.width, size.height, fits=fits))
        chosen.setChecked(True)

    def _tool_tip(self, shape: str, width: int, height: int, *, fits: bool) -> str:
        if not fits:
            return self.tr("The picture is too small to be framed {0}").format(shape)
        return self.tr("Frame it {0}: the clip gets {1} × {2} pixels").format(shape, width, height)
