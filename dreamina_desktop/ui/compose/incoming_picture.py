"""What a drop or a paste brings: a file, a picture, an address, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

_WEB = ("https", "http")


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of this computer; whether it is a picture is for its content to say."""

    path: Path


@dataclass(frozen=True, slots=True)
class IncomingImage:
    """A picture from another program that is no file."""

    image: QImage


@dataclass(frozen=True, slots=True)
class IncomingAddress:
    """An address; whether it is one the model takes is for its verdict to say."""

    address: str


type IncomingPicture = IncomingFile | IncomingImage | IncomingAddress


def brings_picture(data: QMimeData) -> bool:
    """Whether ``incoming_picture`` finds something; reads no picture, so that dragging is quick."""
    return bool(_files(data)) or data.hasImage() or bool(_address(data))


def incoming_picture(data: QMimeData | None) -> IncomingPicture | None:
    """The picture in ``data``, the surest form first; of several files the first.

    An empty clipboard gives None.

    A browser gives a picture's pixels together with an address, which may be that of the page.
    """
    if data is None:
        return None
    files = _files(data)
    if files:
        return IncomingFile(files[0])
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return IncomingImage(image)
    address = _address(data)
    return IncomingAddress(address) if address else None


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _address(data: QMimeData) -> str:
    for url in data.urls():
        if url.scheme() in _WEB:
            # A signed address stays as it was signed.
            return bytes(url.toEncoded().data()).decode("ascii")
    text = data.text().strip() if data.hasText() else ""
    # A sentence that begins with an address is a text.
    is_address = text.startswith(("https://", "http://")) and len(text.split()) == 1
    return text if is_address else ""
