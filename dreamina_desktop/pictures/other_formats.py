"""Pictures that the model does not take, told apart so that a person learns what the file is."""

from __future__ import annotations

import re
import struct
import warnings
from typing import BinaryIO

from dreamina_desktop.pictures.exif_orientation import UPRIGHT
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
_ORIENTATION_TAG = 0x0112
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
_READ_BY_PILLOW = frozenset({"GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000", "PSD", "ICO"})


def format_by_signature(head: bytes) -> str:
    """The name of the format that a file of these first bytes has; "" for none known."""
    return next((name for name, pattern in _SIGNATURES if pattern.match(head)), "")


def read_header(file: BinaryIO, name: str) -> Header:
    """The size as Pillow reads it; 0 × 0 where it cannot."""
    if name not in _READ_BY_PILLOW:
        return Header(0, 0)
    from PIL import Image

    # Pillow's guard speaks at sizes that we only state and never decode.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=(name,)) as image:
            orientation = image.getexif().get(_ORIENTATION_TAG, UPRIGHT)
            upright = orientation if orientation in range(1, 9) else UPRIGHT
            return Header(image.width, image.height, upright)
    except (*DECODER_ERRORS, Image.DecompressionBombError):
        return Header(0, 0)
