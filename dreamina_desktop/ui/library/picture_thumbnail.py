"""A small picture of a picture file, read no larger than needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from dreamina_desktop.ui.library.thumbnail_size import centre, scaled_size


def picture_thumbnail(path: Path, frame: QSize) -> QImage | None:
    """The picture for a frame in device pixels; None when it cannot be read. Blocking."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return None
    # Scaling comes before turning, so a picture that lies on its side is scaled lying.
    lies = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    scaled = scaled_size(size.transposed() if lies else size, frame)
    reader.setScaledSize(scaled.transposed() if lies else scaled)
    image = reader.read()
    if image.isNull():
        return None
    shown = image.copy(centre(image.size(), frame))
    return shown.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
