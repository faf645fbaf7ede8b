"""What a drop or a paste is understood to bring."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.compose.incoming_picture import (
    IncomingAddress,
    IncomingFile,
    IncomingImage,
    brings_picture,
    incoming_picture,
)
from tests.ui.compose.drops import an_image, mime

ADDRESS = "https://example.org/a%20b.png?sig=x%2Fy%3D"


@pytest.fixture(autouse=True)
def _application(application: QApplication) -> None:
    """Pictures need one."""


def test_files_come_first(tmp_path: Path) -> None:
    data = mime(tmp_path / "ä b.png", tmp_path / "c.png", text="text", image=an_image())
    assert incoming_picture(data) == IncomingFile(tmp_path / "ä b.png")
    assert brings_picture(data)


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
