"""The colour of a frame's bars."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

from dreamina_desktop.core.recipe import BLACK, WHITE
from dreamina_desktop.ui.picture_draft import PictureDraft
from dreamina_desktop.ui.theme import Theme

_SIDE = 16
_GREY = "#808080"


class BarColourButton(QToolButton):
    """``barColourButton``: a swatch that opens a few colours, and a way to any other."""

    def __init__(self, draft: PictureDraft, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self._theme = theme
        self.setObjectName("barColourButton")
        self.setAccessibleName(self.tr("Colour of the bars"))
        self.setToolTip(self.tr("Colour of the bars"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._colours = {
            BLACK: self._menu.addAction(self.tr("Black")),
            _GREY: self._menu.addAction(self.tr("Grey")),
            WHITE: self._menu.addAction(self.tr("White")),
        }
        self._menu.addSeparator()
        self._other = self._menu.addAction(self.tr("Other…"))
        self._menu.triggered.connect(self._on_chosen)
        self.setMenu(self._menu)
        draft.recipe_changed.connect(self._show_colour)
        self._show_colour()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._show_colour()

    def _on_chosen(self, action: QAction) -> None:
        if action is self._other:
            self._ask()
            return
        for colour, known in self._colours.items():
            if known is action:
                self._take(colour)

    def _ask(self) -> None:
        frame = self._draft.recipe.frame
        if frame is None:
            return
        dialog = QColorDialog(QColor(frame.colour), self.window())
        dialog.setObjectName("barColourDialog")
        dialog.setAccessibleName(self.tr("Colour of the bars"))
        dialog.setWindowTitle(self.tr("Colour of the bars"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self._take(colour.name())

    def _take(self, colour: str) -> None:
        recipe = self._draft.recipe
        if recipe.frame is not None:
            frame = replace(recipe.frame, colour=colour)
            self._draft.set_recipe(replace(recipe, frame=frame))

    def _show_colour(self) -> None:
        frame = self._draft.recipe.frame
        colour = BLACK if frame is None else frame.colour
        known = self._colours.get(colour)
        self.setAccessibleDescription(colour if known is None else known.text())
        self.setIcon(self._swatch(colour))
        for name, action in self._colours.items():
            action.setIcon(self._swatch(name))

    def _swatch(self, colour: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        side = round(_SIDE * ratio)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.muted), 1))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, _SIDE - 1, _SIDE - 1), 3, 3)
        painter.end()
        return QIcon(QPixmap.fromImage(image))
