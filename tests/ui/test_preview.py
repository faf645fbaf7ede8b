"""Previews: the pixels as they are, in the form that is painted fastest."""

from __future__ import annotations

from PySide6.QtGui import QColorSpace, QImage
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.picture import PictureView
from dreamina_desktop.ui.preview import encode_png, for_the_screen, image_of


def test_a_view_is_shown_pixel_by_pixel(application: QApplication) -> None:
    # An odd width: rows have no padding.
    pixels = bytes(range(3 * 5 * 2))
    image = image_of(PictureView(5, 2, has_alpha=False, pixels=pixels))
    assert (image.width(), image.height(), image.hasAlphaChannel()) == (5, 2, False)
    colour = image.pixelColor(4, 1)
    assert (colour.red(), colour.green(), colour.blue()) == (27, 28, 29)


def test_a_view_keeps_what_is_clear(application: QApplication) -> None:
    image = image_of(PictureView(2, 1, has_alpha=True, pixels=b"\xff\0\0\xff\0\xff\0\0"))
    assert image.pixelColor(0, 0).name() == "#ff0000"
    assert image.pixelColor(1, 0).alpha() == 0


def test_other_colour_spaces_are_brought_to_the_screens(application: QApplication) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    shown = for_the_screen(image)
    assert shown.colorSpace() == QColorSpace(QColorSpace.NamedColorSpace.SRgb)


def test_a_png_of_a_picture_is_the_picture(application: QApplication) -> None:
    image = QImage(2000, 10, QImage.Format.Format_RGB32)
    image.fill(0xFF123456)
    assert QImage.fromData(encode_png(image)).convertToFormat(image.format()) == image
    assert for_the_screen(image).width() == 1600
