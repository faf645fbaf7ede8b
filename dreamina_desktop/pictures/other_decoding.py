"""Pictures of formats that the model does not take, decoded by Pillow and libheif."""

from __future__ import annotations

import io
import re
import sys
import warnings
from typing import TYPE_CHECKING

from dreamina_desktop.pictures import metadata, sixteen_bits
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_orientation import UPRIGHT
from dreamina_desktop.pictures.opened import Opened
from dreamina_desktop.pictures.other_formats import DECODER_ERRORS, read_header
from dreamina_desktop.pictures.probe import MOST_PIXELS_DECODED

if TYPE_CHECKING:
    from PIL import Image

_DECODED_BY_PILLOW = frozenset({"GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000", "PSD", "ICO"})
_ORIENTATION_TAG = 0x0112
_BITS_TAG = 0x0102
_SIXTEEN_BITS = re.compile(r"((?:RGB|RGBA|RGBX|RGBa|CMYK);16)([LBN])")
_OTHER_ORDER = {"L": "B", "B": "L", "N": "B" if sys.byteorder == "little" else "L"}


def open_other(name: str, data: bytes) -> Opened:
    """The first picture of a file, decoded.

    Raises DamagedError, also where nobody here can decode the format.
    """
    from PIL import Image

    # The number of pixels is judged below.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        if name == "HEIF":
            return _open_heif(data)
        if name in _DECODED_BY_PILLOW:
            return _open_by_pillow(name, data)
    except (*DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise DamagedError(type(error).__name__) from error
    raise DamagedError("format")


def _open_heif(data: bytes) -> Opened:
    import pillow_heif

    file = pillow_heif.open_heif(io.BytesIO(data))
    _judge_size(*file.size)
    image = file.to_pillow()
    return Opened(
        image=image,
        bits=int(image.info.get("bit_depth", 8)),
        orientation=read_header(io.BytesIO(data), "HEIF").orientation,
        # libheif does as the file says.
        turned_already=True,
        profile=image.info.get("icc_profile") or None,
        metadata=metadata.of_heif(image, len(file)),
    )


def _open_by_pillow(name: str, data: bytes) -> Opened:
    from PIL import Image

    file = Image.open(io.BytesIO(data), formats=(name,))
    _judge_size(*file.size)
    found = metadata.of_opened(file, name)
    orientation = _orientation(file)
    profile = file.info.get("icc_profile") or None
    if name != "PSD":
        # Its layers count from 1, and it is opened at the composite of all of them.
        file.seek(0)
    file.load()
    image, bits = _reduced(file, data) if name == "TIFF" else (file, _bits(file))
    return Opened(
        image=image,
        bits=bits,
        orientation=orientation,
        # Pillow turns a TIFF by itself, and then says that it is upright.
        turned_already=_orientation(file) != orientation,
        profile=profile,
        metadata=found,
    )


def _bits(image: Image.Image) -> int:
    return 16 if image.mode.startswith("I") else 8


def _orientation(image: Image.Image) -> int:
    told = image.getexif().get(_ORIENTATION_TAG)
    return told if isinstance(told, int) and 1 <= told <= 8 else UPRIGHT


def _reduced(image: Image.Image, data: bytes) -> tuple[Image.Image, int]:
    """A TIFF's truecolour of 16 bits rounded to 8, and the bits that a sample had."""
    from PIL import Image

    bits = max(image.tag_v2.get(_BITS_TAG, (8,)), default=8)  # type: ignore[attr-defined]
    if bits != 16 or image.mode.startswith("I"):
        return image, bits
    low = Image.open(io.BytesIO(data), formats=("TIFF",))
    tiles = []
    for tile in low.tile:
        raw_mode, *rest = tile.args if isinstance(tile.args, tuple) else (tile.args,)
        found = _SIXTEEN_BITS.fullmatch(str(raw_mode))
        if found is None:
            # Laid out in a way of which Pillow gives only the upper bytes.
            return image, bits
        swapped = found[1] + _OTHER_ORDER[found[2]]
        tiles.append(tile._replace(args=(swapped, *rest)))
    low.tile = tiles
    low.load()
    reduced = sixteen_bits.rounded(image, low)
    reduced.info = image.info
    return reduced, bits


def _judge_size(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS_DECODED:
        raise DamagedError("size")
