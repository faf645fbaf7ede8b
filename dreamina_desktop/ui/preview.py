"""Pictures for looking at, as Qt paints them fastest. Any thread may; nothing is decoded here."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColorSpace, QImage

from dreamina_desktop.core.picture import PictureView

LONGEST_SIDE = 1600
"""Pixels: what the compose pane shows of a picture at most, on a display at 200 %."""

_QUICK = 80
"""As Qt counts: a quarter of the usual time for files a few percent larger."""


def image_of(view: PictureView) -> QImage:
    """The same pixels, 1:1."""
    samples = 4 if view.has_alpha else 3
    form = QImage.Format.Format_RGBA8888 if view.has_alpha else QImage.Format.Format_RGB888
    # It only borrows the bytes; the conversion makes it independent of them.
    borrowed = QImage(view.pixels, view.width, view.height, samples * view.width, form)
    return _painted(borrowed)


def for_the_screen(image: QImage, longest: int = LONGEST_SIDE) -> QImage:
    """``image`` within ``longest`` pixels, as sRGB, in the form that is painted fastest."""
    if max(image.width(), image.height()) > longest:
        image = image.scaled(
            longest,
            longest,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    screen = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != screen:
        image = image.convertedToColorSpace(screen)
    return _painted(image)


def encode_png(image: QImage) -> bytes:
    """The picture as a PNG file. Blocking."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _QUICK)  # type: ignore[call-overload]
    return bytes(data.data())


def _painted(image: QImage) -> QImage:
    if image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_RGB32)
