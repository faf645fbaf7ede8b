"""Pixels as stored become pixels as they are meant: 8 bits, sRGB, upright, on a ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.pictures import sixteen_bits, srgb
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.exif_orientation import UPRIGHT
from dreamina_desktop.pictures.opened import Opened
from dreamina_desktop.pictures.other_formats import DECODER_ERRORS
from dreamina_desktop.pictures.srgb import Profile, UnusableProfileError

if TYPE_CHECKING:
    from PIL import Image

_OPAQUE = (255, 255)
_GREY = "grey"
_WITHOUT_ALPHA = {"LA": "L", "RGBA": "RGB"}
_AS_PLAIN = {"1": "L", "La": "LA", "RGBa": "RGBA"}


@dataclass(frozen=True, slots=True)
class Developed:
    """``image`` is of mode "L", "LA", "RGB" or "RGBA" and carries nothing but pixels.

    ``is_new`` says that its pixels are not those of the file.
    """

    image: Image.Image
    changes: tuple[Change, ...]
    is_new: bool


def develop(opened: Opened, longest: int | None = None) -> Developed:
    """All but the ground. With ``longest`` scaled down to at most so many pixels a side.

    Raises DamagedError where there is no making sense, or no room, of the pixels.
    """
    try:
        return _developed(opened, longest)
    except DECODER_ERRORS as error:
        raise DamagedError(type(error).__name__) from error


def _developed(opened: Opened, longest: int | None) -> Developed:
    image = _plain(opened.image)
    if longest is not None:
        image = scaled_to(image, longest)
    changes = []
    if opened.orientation != UPRIGHT:
        changes.append(Change(ChangeKind.TURNED, before=opened.orientation))
        if not opened.turned_already:
            image = _turned(image, opened.orientation)
    if opened.bits > 8:
        changes.append(Change(ChangeKind.BITS_REDUCED, before=opened.bits, after=8))
    is_new = bool(changes)
    colours, change = _in_srgb(image, opened.profile)
    if change is not None:
        changes.append(change)
    is_new = is_new or colours is not image
    colours.info = {}
    return Developed(colours, tuple(changes), is_new)


def on_ground(developed: Developed, ground: str) -> Developed:
    """What is transparent laid on ``ground``, a colour as #rrggbb."""
    from PIL import Image

    image = developed.image
    if image.mode not in _WITHOUT_ALPHA:
        return developed
    opaque = image.convert(_WITHOUT_ALPHA[image.mode])
    alpha = image.getchannel("A")
    if alpha.getextrema() == _OPAQUE:
        return Developed(opaque, developed.changes, developed.is_new)
    laid = Image.new("RGB", image.size, ground)
    laid.paste(opaque.convert("RGB"), mask=alpha)
    change = Change(ChangeKind.FLATTENED, after=ground)
    return Developed(laid, (*developed.changes, change), is_new=True)


def scaled_to(image: Image.Image, longest: int) -> Image.Image:
    """Scaled down so that no side has more than ``longest`` pixels; the same where none has."""
    from PIL.Image import Resampling

    if max(image.size) <= longest:
        return image
    share = longest / max(image.size)
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    return image.resize(size, Resampling.BICUBIC, reducing_gap=2.0)


def _plain(image: Image.Image) -> Image.Image:
    """8 bits a sample: grey, RGB, CMYK or LAB, the first two with or without opacity."""
    if image.mode.startswith("I;16"):
        return sixteen_bits.rounded(*sixteen_bits.halves_of_grey(image))
    if image.mode in ("I", "F"):
        return _grey_of_numbers(image)
    if image.mode in ("P", "PA") or "transparency" in image.info:
        wanted = "RGBA" if image.has_transparency_data else "RGB"
        return image.convert("LA" if image.mode == "L" and wanted == "RGBA" else wanted)
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "LAB"):
        return image
    return image.convert(_AS_PLAIN.get(image.mode, "RGB"))


def _grey_of_numbers(image: Image.Image) -> Image.Image:
    """Numbers without a fixed range: the smallest usual one that holds them is taken for it."""
    _, highest = image.getextrema()
    brightest = next((most for most in (1, 255, 65535) if float(highest) <= most), float(highest))  # type: ignore[arg-type]
    if image.mode == "I" and brightest < 65535:
        brightest = 65535
    return image.convert("F").point(lambda value: value * (255 / brightest) + 0.5).convert("L")


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    from PIL.Image import Transpose

    # EXIF 2.3, 4.6.4 A: where the picture's first row and column are.
    return image.transpose(
        {
            2: Transpose.FLIP_LEFT_RIGHT,
            3: Transpose.ROTATE_180,
            4: Transpose.FLIP_TOP_BOTTOM,
            5: Transpose.TRANSPOSE,
            6: Transpose.ROTATE_270,
            7: Transpose.TRANSVERSE,
            8: Transpose.ROTATE_90,
        }[orientation]
    )


def _in_srgb(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, Change | None]:
    if image.mode == "LAB":
        change = Change(ChangeKind.COLOUR_CONVERTED, before="LAB", after="sRGB")
        return srgb.lab_as_srgb(image), change
    mode = _WITHOUT_ALPHA.get(image.mode, image.mode)
    found = None
    try:
        if profile is not None:
            found = Profile(profile, mode)
        elif mode != "CMYK":
            return image, None
    except UnusableProfileError:
        pass
    if found is None:
        guessed = Change(ChangeKind.COLOUR_GUESSED, before=_GREY if mode == "L" else mode)
        return image.convert("RGB") if mode == "CMYK" else image, guessed
    if found.is_srgb():
        return image, None
    converted = found.converted(image.convert(mode))
    if image.mode != mode:
        converted.putalpha(image.getchannel("A"))
    return converted, Change(ChangeKind.COLOUR_CONVERTED, before=found.name, after="sRGB")
