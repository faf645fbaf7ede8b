"""A picture decoded for looking at: small, upright, in the screen's colours. Any thread may."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

LONGEST_SIDE = 1600
"""Pixels: what the compose pane shows of a picture at most, on a display at 200 %."""

# Not SVG and the like, which can reach for other files.
_SHOWN = {
    "JPEG": b"jpeg",
    "PNG": b"png",
    "GIF": b"gif",
    "WEBP": b"webp",
    "BMP": b"bmp",
    "TIFF": b"tiff",
}

_QUICK = 80
"""As Qt counts: a quarter of the usual time for files a few percent larger."""


def decode_preview(source: Path | bytes, name: str, longest: int = LONGEST_SIDE) -> QImage | None:
    """The picture with no side above ``longest`` pixels; None where Qt cannot read it.

    ``name`` is its format as ``pictures.probe`` tells it. Blocking, up to a second; never holds
    up another thread for longer than some milliseconds.
    """
    if name not in _SHOWN:
        return None
    data = QByteArray(source) if isinstance(source, bytes) else QByteArray()
    device = QBuffer(data) if isinstance(source, bytes) else QFile(str(source))
    # The file may have gone since its header was read.
    if not device.open(QIODevice.OpenModeFlag.ReadOnly):
        return None
    image = _read(device, QByteArray(_SHOWN[name]), longest)
    return None if image.isNull() else for_the_screen(image, longest)


def for_the_screen(image: QImage, longest: int = LONGEST_SIDE) -> QImage:
    """``image`` within ``longest`` pixels, as sRGB, in the form that is painted fastest."""
    if max(image.width(), image.height()) > longest:
        image = image.scaled(
            _within(image.size(), longest),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    screen = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != screen:
        image = image.convertedToColorSpace(screen)
    if image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def encode_png(image: QImage) -> bytes:
    """The picture as a PNG file. Blocking."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _QUICK)  # type: ignore[call-overload]
    return bytes(data.data())


def _read(device: QIODevice, name: QByteArray, longest: int) -> QImage:
    # In a function of its own: the reader must be gone before the device goes.
    reader = QImageReader(device, name)
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(_within(size, longest))
    return reader.read()


def _within(size: QSize, longest: int) -> QSize:
    return size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio)
