"""What a drop or a paste is understood to bring."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.compose.incoming_picture import (
    IncomingAddress,
    IncomingData,
    IncomingFile,
    IncomingFiles,
    IncomingImage,
    brings_picture,
    incoming_picture,
)
from tests.ui.compose.drops import an_image, mime
from tests.ui.drafts import SAMPLE

PNG = SAMPLE.read_bytes()
ADDRESS = "https://example.org/a%20b.png?sig=x%2Fy%3D"


@pytest.fixture(autouse=True)
def _application(application: QApplication) -> None:
    """Pictures need one."""


def test_files_come_first(tmp_path: Path) -> None:
    data = mime(tmp_path / "ä b.png", text="text", image=an_image())
    data.setData("image/png", PNG)
    assert incoming_picture(data) == IncomingFile(tmp_path / "ä b.png")
    assert brings_picture(data)


def test_several_files_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    data = mime(tmp_path / "10.png", tmp_path / "9.png", tmp_path / "folder")
    assert incoming_picture(data) == IncomingFiles(
        (tmp_path / "9.png", tmp_path / "10.png", tmp_path / "folder")
    )


def test_the_best_form_wins_and_stays_as_it_is() -> None:
    data = mime(ADDRESS, image=an_image())
    data.setData("image/bmp", b"BM....\0\0\0\0")
    data.setData("image/jpeg", b"\xff\xd8\xff\xe0")
    data.setData("image/tiff", b"II*\0....")
    assert incoming_picture(data) == IncomingData(b"II*\0....")
    data.setData("image/png", PNG)
    assert incoming_picture(data) == IncomingData(PNG)
    # A promise that is not kept.
    data.setData("image/png", b"")
    assert incoming_picture(data) == IncomingData(b"II*\0....")
    assert "II" not in repr(incoming_picture(data))


def test_bytes_that_nobody_knows_leave_it_to_the_pixels() -> None:
    data = mime(image=an_image())
    data.setData("image/png", b"text")
    assert isinstance(incoming_picture(data), IncomingImage)


def test_a_picture_dragged_from_a_browser() -> None:
    # A picture that is a link: everything but the HTML speaks of the page behind it.
    data = mime("https://example.org/page", text="https://example.org/page")
    data.setData("text/x-moz-url", "https://example.org/page\nA page".encode("utf-16-le"))
    data.setHtml(f'<a href="https://example.org/page"><img src="{ADDRESS}"></a>')
    assert incoming_picture(data) == IncomingAddress(ADDRESS)
    assert brings_picture(data)
    data = mime()
    data.setData("text/x-moz-url", f"{ADDRESS}\nA picture".encode("utf-16-le"))
    assert incoming_picture(data) == IncomingAddress(ADDRESS)
    assert brings_picture(data)


def test_words_with_pictures_between_them_are_a_text() -> None:
    data = mime(text="Steam rises.")
    data.setHtml('<p>Steam <img src="https://example.org/a.png"> rises.</p>')
    assert incoming_picture(data) is None
    assert not brings_picture(data)


def test_pictures_within_an_address() -> None:
    within = "data:image/png;base64," + base64.b64encode(PNG).decode("ascii")
    data = mime()
    data.setHtml(f'<img src="{within}">')
    for each in (data, mime(text=within)):
        assert incoming_picture(each) == IncomingData(PNG)
        assert brings_picture(each)
    assert incoming_picture(mime(text="data:image/png;base64,A")) is None


def test_pixels_come_before_an_address() -> None:
    image = an_image()
    arrived = incoming_picture(mime(ADDRESS, image=image))
    assert isinstance(arrived, IncomingImage)
    assert arrived.image == image


def test_addresses_stay_as_they_were_signed() -> None:
    for data in (mime(ADDRESS), mime(text=f" {ADDRESS}\n")):
        assert incoming_picture(data) == IncomingAddress(ADDRESS)
        assert brings_picture(data)
    # Refused by its verdict, which says why.
    assert incoming_picture(mime("http://example.org/a")) == IncomingAddress("http://example.org/a")


@pytest.mark.parametrize(
    "data",
    [
        mime(),
        mime(text="Steam rises."),
        mime(text="https://example.org is where I found it"),
        mime("mailto:cat@example.org"),
        mime("ftp://example.org/a.png"),
    ],
)
def test_nothing_for_us(data: QMimeData) -> None:
    assert incoming_picture(data) is None
    assert not brings_picture(data)


def test_an_image_without_pixels_is_nothing() -> None:
    data = QMimeData()
    data.setImageData("no picture")
    assert incoming_picture(data) is None
