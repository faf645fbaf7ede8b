"""Previews: within their size, upright, in the screen's colours, and of pictures only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace, QImage
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.preview import decode_preview, encode_png, for_the_screen
from tests.pictures.samples import jpeg, jpeg_turned, picture, png


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_upright(application: QApplication, orientation: int) -> None:
    image = picture("RGB", 400, 300)
    shown = decode_preview(jpeg_turned(orientation, image, subsampling=0), "JPEG", 100)
    assert shown is not None
    side_by_side = orientation >= 5
    assert (shown.width(), shown.height()) == ((75, 100) if side_by_side else (100, 75))


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp"), ("TIFF", "tiff")],
)
def test_other_formats(application: QApplication, tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"no picture's name.{suffix}"
    picture("RGB", 200, 200).save(path, format=name)
    shown = decode_preview(path, name)
    assert shown is not None
    assert shown.width() == 200


def test_small_ones_keep_their_pixels(application: QApplication) -> None:
    image = picture("RGBA", 60, 40)
    shown = decode_preview(png(image), "PNG")
    assert shown is not None
    assert shown.hasAlphaChannel()
    assert shown.pixelColor(3, 3).red() == image.getpixel((3, 3))[0]  # type: ignore[index]


@pytest.mark.parametrize("name", ["SVG", "HEIF", "", "PNG"])
def test_what_qt_cannot_read(application: QApplication, name: str) -> None:
    assert decode_preview(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name) is None


def test_the_format_is_the_one_that_was_judged(application: QApplication) -> None:
    assert decode_preview(jpeg(), "PNG") is None


def test_other_colour_spaces_are_brought_to_the_screens(application: QApplication) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    shown = for_the_screen(image)
    assert shown.colorSpace() == QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = decode_preview(png(Image.new("RGB", (9, 9), (1, 200, 3)), icc_profile=profile), "PNG")
    assert same is not None
    assert same.pixelColor(4, 4).green() in range(198, 203)


def test_a_png_of_a_picture_is_the_picture(application: QApplication) -> None:
    image = QImage(2000, 10, QImage.Format.Format_RGB32)
    image.fill(0xFF123456)
    assert QImage.fromData(encode_png(image)).convertToFormat(image.format()) == image
    assert for_the_screen(image).width() == 1600
