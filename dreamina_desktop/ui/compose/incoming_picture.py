"""What a drop or a paste brings: files, a picture, an address, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from dreamina_desktop.pictures.file_signature import format_of
from dreamina_desktop.ui.compose.browser_data import (
    dragged_address,
    lone_picture,
    picture_within,
)
from dreamina_desktop.ui.compose.natural_order import natural_order

_WEB = ("https", "http")
_MOZ_URL = "text/x-moz-url"

# The best first: whole and with its transparency, then as the camera or the web had it. Programs
# offer most of these for any picture and make them when asked, so only the first good one is.
_ENCODED = (
    "image/png",
    'application/x-qt-windows-mime;value="PNG"',
    "image/tiff",
    "image/webp",
    "image/avif",
    "image/heic",
    "image/jpeg",
    'application/x-qt-windows-mime;value="JFIF"',
    "image/gif",
    "image/bmp",
)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of this computer; whether it is a picture is for its content to say."""

    path: Path


@dataclass(frozen=True, slots=True)
class IncomingFiles:
    """Several files, or folders of them; see ``picture_gathering``."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class IncomingData:
    """A picture file that lies in memory, as another program has made it."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IncomingImage:
    """A picture from another program that is no file."""

    image: QImage


@dataclass(frozen=True, slots=True)
class IncomingAddress:
    """An address; whether it is one the model takes is for its verdict to say."""

    address: str


type IncomingPicture = IncomingFile | IncomingFiles | IncomingData | IncomingImage | IncomingAddress


def brings_picture(data: QMimeData) -> bool:
    """Whether ``incoming_picture`` finds something; reads no picture, so that dragging is quick."""
    return (
        bool(_files(data))
        or data.hasImage()
        or any(data.hasFormat(name) for name in _ENCODED)
        or bool(_address(data))
    )


def incoming_picture(data: QMimeData | None) -> IncomingPicture | None:
    """The picture in ``data``, the surest form first. An empty clipboard gives None.

    Encoded bytes are kept as they are and decoded by nobody here. A browser gives a picture's
    pixels together with an address, which may be that of the page.
    """
    if data is None:
        return None
    files = _files(data)
    if len(files) > 1:
        return IncomingFiles(tuple(sorted(files, key=natural_order)))
    if files:
        return IncomingFile(files[0])
    encoded = _encoded(data)
    if encoded:
        return IncomingData(encoded)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return IncomingImage(image)
    address = _address(data)
    if address.startswith("data:"):
        within = picture_within(address)
        return IncomingData(within) if within else None
    return IncomingAddress(address) if address else None


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _encoded(data: QMimeData) -> bytes:
    for name in _ENCODED:
        if data.hasFormat(name):
            found = bytes(data.data(name).data())
            # Some programs promise what they do not hand over.
            if format_of(found):
                return found
    return b""


def _address(data: QMimeData) -> str:
    # Where a picture is a link, the other forms have the address of the page behind it.
    if data.hasHtml():
        picture = lone_picture(data.html())
        if _is_web(picture) or picture.startswith("data:image/"):
            return picture
    if data.hasFormat(_MOZ_URL):
        dragged = dragged_address(bytes(data.data(_MOZ_URL).data()))
        if _is_web(dragged):
            return dragged
    for url in data.urls():
        if url.scheme() in _WEB:
            # A signed address stays as it was signed.
            return bytes(url.toEncoded().data()).decode("ascii")
    text = data.text().strip() if data.hasText() else ""
    # A sentence that begins with an address is a text.
    is_address = (_is_web(text) or text.startswith("data:image/")) and len(text.split()) == 1
    return text if is_address else ""


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))
