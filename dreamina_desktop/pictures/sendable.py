"""The two formats that the model takes, JPEG and PNG: told by content, read, and stripped."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from dreamina_desktop.pictures import jpeg_segments, png_chunks
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.header import Header

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG")
_SUBSAMPLED_420 = 2


def sendable_format(head: bytes) -> str:
    """ "JPEG", "PNG" or, for neither, "", judged by a file's first bytes."""
    if head.startswith(jpeg_segments.SIGNATURE):
        return "JPEG"
    return "PNG" if head.startswith(png_chunks.SIGNATURE) else ""


def read_header(name: str, file: BinaryIO) -> Header:
    """The header of a file of that format, without pixels. Raises DamagedError."""
    read = jpeg_segments.read_header if name == "JPEG" else png_chunks.read_header
    header = read(file)
    if not header.width or not header.height:
        raise DamagedError("size")
    return header


def bare(name: str, data: bytes) -> bytes:
    """A file with nothing in it but the picture, not encoded anew; equal to ``data`` if it was so.

    Raises DamagedError.
    """
    if name == "JPEG":
        return jpeg_segments.without_metadata(data)
    chunks = png_chunks.read_chunks(data)
    return data if png_chunks.are_all(chunks, data) else png_chunks.join_chunks(chunks)


def is_lawful(name: str, data: bytes) -> bool:
    """Whether a file that ``bare`` has made has only tables such as pictures have."""
    return name != "JPEG" or jpeg_segments.has_lawful_tables(data)


def is_subsampled(image: Image.Image) -> bool:
    """Whether a decoded picture's colour was stored at half its size, as most JPEGs do."""
    from PIL.JpegImagePlugin import get_sampling

    return image.format == "JPEG" and get_sampling(image) == _SUBSAMPLED_420
