"""A swatch that opens a few colours, and a way to any other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

from dreamina_desktop.core.recipe import BLACK, WHITE
from dreamina_desktop.ui.theme import Theme

_SIDE = 16
_GREY = "#808080"


@dataclass(frozen=True, slots=True)
class ColourChosen:
    """``colour`` as #rrggbb."""

    colour: str


class ColourButton(QToolButton):
    """Shows one colour, and asks for another; whoever listens sets it by ``show_colour``."""

    colour_chosen = Signal(object)
    """Carries ``ColourChosen``."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        parent: QWidget,
        *,
        dialog_name: str,
        is_dark_first: bool = False,
    ) -> None:
        """``name`` says in words what is coloured; ``dialog_name`` is the dialog's objectName."""
        super().__init__(parent)
        self._theme = theme
        self._dialog_name = dialog_name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        names = {WHITE: self.tr("White"), _GREY: self.tr("Grey"), BLACK: self.tr("Black")}
        order = reversed(names) if is_dark_first else names
        self._colours = {colour: self._menu.addAction(names[colour]) for colour in order}
        self._menu.addSeparator()
        self._other = self._menu.addAction(self.tr("Other…"))
        self._menu.triggered.connect(self._on_chosen)
        self.setMenu(self._menu)
        self.show_colour(next(iter(self._colours)))

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.show_colour(self._colour)

    def show_colour(self, colour: str) -> None:
        """``colour`` as #rrggbb."""
        self._colour = colour
        known = self._colours.get(colour)
        self.setAccessibleDescription(colour if known is None else known.text())
        self.setIcon(self._swatch(colour))
        for name, action in self._colours.items():
            action.setIcon(self._swatch(name))

    def _on_chosen(self, action: QAction) -> None:
        if action is self._other:
            self._ask()
        for colour, known in self._colours.items():
            if known is action:
                self.colour_chosen.emit(ColourChosen(colour))

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._colour), self.window())
        dialog.setObjectName(self._dialog_name)
        dialog.setAccessibleName(self.accessibleName())
        dialog.setWindowTitle(self.accessibleName())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self.colour_chosen.emit(ColourChosen(colour.name()))

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
