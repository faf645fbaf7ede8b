"""A button that is drawn as the shape that it stands for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from dreamina_desktop.core.model_spec import OutputSize
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme

_OUTLINE = 15
_EDGE = 5
_SMALL = 0.8
"""Of the usual size of letters."""
_LEAST = 24


class ShapeButton(QPushButton):
    """An outline and the ratio below it; without ``size`` the shape that comes by itself."""

    def __init__(
        self, text: str, size: OutputSize | None, theme: Theme, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._label = text
        self._size = size
        self._theme = theme
        self._icons = icons
        self.setProperty("look", "segment")
        self.setCheckable(True)
        # Usually a button is never narrower than it would like to be.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # In a dialog, Enter is for what closes it.
        self.setAutoDefault(False)
        small = self.font()
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        self._small = small

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(40, _OUTLINE + QFontMetrics(self._small).height() + 2 * _EDGE)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(_LEAST, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        theme = self._theme
        colour = theme.text if self.isEnabled() else theme.disabled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, _EDGE + _OUTLINE / 2)
        if self._size is None:
            pixmap = self._icons.pixmap(
                "shape-automatic", _OUTLINE + 3, self.devicePixelRatioF(), colour
            )
            side = (_OUTLINE + 3) / 2
            painter.drawPixmap(middle - QPointF(side, side), pixmap)
        else:
            painter.setPen(QPen(QColor(colour), 1.5))
            shape = QSizeF(self._size.width, self._size.height)
            drawn = shape.scaled(_OUTLINE, _OUTLINE, Qt.AspectRatioMode.KeepAspectRatio)
            corner = middle - QPointF(drawn.width() / 2, drawn.height() / 2)
            painter.drawRoundedRect(QRectF(corner, drawn), 1.5, 1.5)
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        below = QRectF(self.rect()).adjusted(0, _EDGE + _OUTLINE + 1, 0, 1 - _EDGE)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._label)
        painter.end()
