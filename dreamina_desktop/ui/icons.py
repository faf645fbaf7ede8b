"""The program's own icons: SVG drawings that take the theme's colours, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from dreamina_desktop.resources import resource
from dreamina_desktop.ui.theme import Theme


class Icons:
    """Hands out icons of one theme. Drawings use ``currentColor`` and a 24 × 24 view box."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """The icon ``name``; grey where disabled. ``colour`` defaults to the theme's text."""
        return QIcon(_SvgEngine(name, colour or self._theme.text, self._theme.disabled))

    def pixmap(self, name: str, size: int, ratio: float, colour: str | None = None) -> QPixmap:
        """A picture of the icon, ``size`` device-independent pixels square."""
        side = round(size * ratio)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer = QSvgRenderer(QByteArray(_drawing(name, colour or self._theme.text)))
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)


class _SvgEngine(QIconEngine):
    """Draws from the vector at whatever size is wanted, so that 200 % is as sharp as 100 %."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        colour = self._disabled if mode is QIcon.Mode.Disabled else self._colour
        QSvgRenderer(QByteArray(_drawing(self._name, colour))).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._colour, self._disabled)


@lru_cache(maxsize=512)
def _drawing(name: str, colour: str) -> bytes:
    drawing = resource(f"icons/{name}.svg").read_bytes()
    return drawing.replace(b"currentColor", colour.encode("ascii"))
