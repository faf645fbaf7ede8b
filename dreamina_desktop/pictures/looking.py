"""A picture file itself, as a good viewer shows it: upright, in sRGB, what is clear stays clear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.picture import PictureView
from dreamina_desktop.pictures import sendable
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.decoding import decode_loosely
from dreamina_desktop.pictures.developing import develop, scaled_to
from dreamina_desktop.pictures.opened import Opened, open_sendable
from dreamina_desktop.pictures.other_decoding import open_other
from dreamina_desktop.pictures.picture_file import read_picture_file
from dreamina_desktop.pictures.probe import MOST_PIXELS_DECODED, probe_bytes

if TYPE_CHECKING:
    from PIL import Image


class UnreadableError(Exception):
    """There is a file, but nothing that could be shown; ``args[0]`` is its name."""


def look(path: Path, longest: int) -> PictureView:
    """The first picture of a file, of at most ``longest`` pixels a side. Blocking.

    Raises PictureMissingError, UnreadableError.
    """
    data = read_picture_file(path)
    if data is None:
        raise UnreadableError(path.name)
    try:
        return view_of(develop(_opened(data, longest), longest).image, longest)
    except DamagedError as error:
        raise UnreadableError(path.name) from error


def view_of(image: Image.Image, longest: int) -> PictureView:
    """An image of sRGB for looking at, scaled down where it has to be."""
    has_alpha = image.mode in ("LA", "RGBA")
    image = scaled_to(image, longest)
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    return PictureView(image.width, image.height, has_alpha, image.tobytes())


def _opened(data: bytes, longest: int) -> Opened:
    facts = probe_bytes(data)
    if facts.width * facts.height > MOST_PIXELS_DECODED:
        raise DamagedError("size")
    if facts.format in sendable.FORMATS and facts.decoded is None:
        return open_sendable(facts.format, data, decode_loosely(facts.format, data, longest))
    return open_other(facts.format, data)
