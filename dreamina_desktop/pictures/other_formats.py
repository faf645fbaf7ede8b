"""Pictures that the model does not take, told apart so that a person learns what the file is."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import BinaryIO

from dreamina_desktop.pictures import heif_boxes, small_headers
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.header import Header

# What Pillow raises on damaged files; a Warning only where warnings are errors.
DECODER_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
)
_SIGNATURES = (
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WEBP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("TIFF", re.compile(rb"II[*+]\0|MM\0[*+]")),
    ("BMP", re.compile(rb"BM....\0\0\0\0", re.DOTALL)),
    ("AVIF", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    ("HEIF", re.compile(rb"....ftyp(?:hei|hev|mif1|msf1)", re.DOTALL)),
    ("JXL", re.compile(rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n", re.DOTALL)),
    ("JPEG2000", re.compile(rb"\xff\x4f\xff\x51|\0\0\0\x0cjP  \r\n\x87\n", re.DOTALL)),
    ("PSD", re.compile(rb"8BPS\0[\x01\x02]")),
    ("ICO", re.compile(rb"\0\0\x01\0[\x01-\xff]\0")),
)
_READERS: dict[str, Callable[[BinaryIO], Header]] = {
    "GIF": small_headers.read_gif,
    "WEBP": small_headers.read_webp,
    "TIFF": small_headers.read_tiff,
    "BMP": small_headers.read_bmp,
    "AVIF": heif_boxes.read_header,
    "HEIF": heif_boxes.read_header,
    "JPEG2000": small_headers.read_jpeg2000,
    "PSD": small_headers.read_psd,
    "ICO": small_headers.read_ico,
}


def format_by_signature(head: bytes) -> str:
    """The name of the format that a file of these first bytes has; "" for none known."""
    return next((name for name, pattern in _SIGNATURES if pattern.match(head)), "")


def read_header(file: BinaryIO, name: str) -> Header:
    """Size and orientation, told by the header alone; 0 × 0 where it cannot be read."""
    read = _READERS.get(name)
    try:
        header = Header(0, 0) if read is None else read(file)
    except (DamagedError, struct.error):
        return Header(0, 0)
    return header if header.width > 0 and header.height > 0 else Header(0, 0)
