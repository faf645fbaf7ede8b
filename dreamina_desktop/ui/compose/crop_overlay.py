"""Shows on a picture what the model keeps of it: the rest dimmed, the kept part outlined."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from dreamina_desktop.core.framing import Framing
from dreamina_desktop.ui.theme import Theme

_DIMMED = 0.72
_SHADE = 0.55


def crop_on_screen(picture: QRect, width: float, height: float, framing: Framing) -> QRect:
    """The kept part of a ``width`` × ``height`` picture that is drawn in ``picture``.

    All in the same whole pixels; rounded to the nearest, so that a picture that loses nothing
    keeps every pixel.
    """
    across, down = picture.width() / width, picture.height() / height
    crop = framing.crop
    left, top = round(crop.left * across), round(crop.top * down)
    right = picture.width() - round((width - crop.left - crop.width) * across)
    bottom = picture.height() - round((height - crop.top - crop.height) * down)
    return QRect(picture.left() + left, picture.top() + top, right - left, bottom - top)


def paint_crop(painter: QPainter, picture: QRect, kept: QRect, theme: Theme, line: int) -> None:
    """Dim ``picture`` outside ``kept``, and outline that ``line`` pixels wide.

    Nothing is drawn where nothing is lost.
    """
    if kept == picture:
        return
    veil_lost(painter, picture, kept, theme)
    outline_kept(painter, picture, kept, theme, line)


def veil_lost(painter: QPainter, picture: QRect, kept: QRect, theme: Theme) -> None:
    """Dim ``picture`` outside ``kept``."""
    lost = QPainterPath()
    lost.addRect(QRectF(picture))
    lost.addRect(QRectF(kept & picture))
    painter.fillPath(lost, _veil(theme.sunken, _DIMMED))


def veil_all(painter: QPainter, picture: QRect, theme: Theme) -> None:
    """Dim all of ``picture``."""
    painter.fillRect(picture, _veil(theme.sunken, _DIMMED))


def outline_kept(painter: QPainter, picture: QRect, kept: QRect, theme: Theme, line: int) -> None:
    """Outline ``kept`` within ``picture``, ``line`` pixels wide."""
    # A bright line with a dark one around it stands out on every picture.
    _outline(painter, kept.adjusted(-line, -line, line, line) & picture, line, theme, _SHADE)
    _outline(painter, kept, line, theme, None)


def _outline(painter: QPainter, rect: QRect, line: int, theme: Theme, shade: float | None) -> None:
    colour = QColor(theme.accent) if shade is None else _veil(theme.window, shade)
    for edge in (
        QRect(rect.left(), rect.top(), rect.width(), line),
        QRect(rect.left(), rect.bottom() + 1 - line, rect.width(), line),
        QRect(rect.left(), rect.top() + line, line, rect.height() - 2 * line),
        QRect(rect.right() + 1 - line, rect.top() + line, line, rect.height() - 2 * line),
    ):
        painter.fillRect(edge, colour)


def _veil(name: str, opacity: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(opacity)
    return colour
