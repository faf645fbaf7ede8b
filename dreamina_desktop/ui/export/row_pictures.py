"""The library's thumbnails, small enough for the rows of a list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.thumbnail_painter import frame_in_device_pixels, paint_thumbnail
from dreamina_desktop.ui.library.thumbnail_size import centre, scaled_size
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.theme import Theme

PICTURE = QSize(64, 40)
_SIGN = 20


class RowPictures:
    """All of one size, ``PICTURE``, whatever shape the clip has."""

    def __init__(self, thumbnails: Thumbnails, theme: Theme, icons: Icons) -> None:
        self._thumbnails = thumbnails
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Make them in other colours from now on."""
        self._theme, self._icons = theme, icons

    def icon(self, job: Job, ratio: float) -> QIcon:
        """What there is of a job's picture; where there is none yet, it is made.

        ``ratio`` is that of device pixels to others.
        """
        frame = frame_in_device_pixels(PICTURE, ratio)
        # One that is there for a card will do: the library keeps one size of each, and asked for
        # two by turns it would make them for ever.
        found = self._thumbnails.picture(job, frame, wanted=False)
        if found.image is None and not found.is_missing:
            found = self._thumbnails.picture(job, frame)
        pixmap = QPixmap(frame)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRect(QPoint(0, 0), PICTURE)
        image = None if found.image is None else _cut(found.image, frame)
        paint_thumbnail(painter, self._theme, place, image, is_row=True, faded=False)
        if image is None:
            sign = QRect(0, 0, _SIGN, _SIGN)
            sign.moveCenter(place.center())
            name = "picture-missing" if found.is_missing else "picture"
            self._icons.icon(name).paint(painter, sign)
        painter.end()
        icon = QIcon(pixmap)
        # Else the style would give it the colour of the selection.
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
        return icon


def _cut(image: QImage, frame: QSize) -> QImage:
    size = scaled_size(image.size(), frame)
    ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, *ways).copy(centre(size, frame))
