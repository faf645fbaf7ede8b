"""A picture scaled to the screen once, then only copied."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from dreamina_desktop.ui.compose.crop_overlay import veil_all
from dreamina_desktop.ui.theme import Theme

_OPAQUE = QImage.Format.Format_RGB32
_CLEAR = QImage.Format.Format_ARGB32_Premultiplied


class ScaledPicture:
    """Keeps the last picture that it drew, at the size at which it drew it."""

    def __init__(self) -> None:
        self._scaled = QImage()
        self._made_of: tuple[int, Theme | None] = (0, None)

    def draw(
        self,
        painter: QPainter,
        place: QRect,
        image: QImage,
        *,
        parts: Iterable[QRect] | None = None,
        veil: Theme | None = None,
        is_quick: bool = False,
    ) -> None:
        """Draw ``image``, all of which has room in ``place``, dimmed with ``veil``.

        Only in ``parts`` of it, if there are any. ``is_quick``: another size than before is drawn
        as it comes, and not kept.
        """
        made_of = (image.cacheKey(), veil)
        is_known = self._made_of == made_of
        if is_known and is_quick and self._scaled.size() != place.size():
            for part in (place,) if parts is None else parts:
                painter.save()
                painter.setClipRect(part)
                painter.drawImage(place, self._scaled)
                painter.restore()
            return
        if not is_known or self._scaled.size() != place.size():
            self._scaled, self._made_of = _scaled(image, place.size(), veil), made_of
        for part in (place,) if parts is None else parts:
            painter.drawImage(part.topLeft(), self._scaled, part.translated(-place.topLeft()))


def _scaled(image: QImage, size: QSize, veil: Theme | None) -> QImage:
    scaled = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    scaled.convertTo(_CLEAR if image.hasAlphaChannel() else _OPAQUE)
    if veil is not None:
        dimming = QPainter(scaled)
        veil_all(dimming, QRect(QPoint(0, 0), size), veil)
        dimming.end()
    return scaled
