"""Cures for a picture that the model will not take: a copy that it takes, the original untouched.

One function a cure, on decoded pictures; ``fitted_copy`` puts them together. What is allowed comes
from the model's own rules, so a changed number in its file changes the copies too.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.model_spec import Measure, ModelSpec, PictureRule
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict
from dreamina_desktop.pictures.other_formats import DECODER_ERRORS

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS_FITTED = 128_000_000
"""Pictures above this are left to a real picture editor: decoding takes 4 bytes a pixel."""

FITTED_CURES = frozenset({Cure.CONVERT, Cure.RECOMPRESS, Cure.SHRINK, Cure.ENLARGE, Cure.CROP})
"""The cures that this module knows."""

_QUALITIES = (95, 92, 90, 88, 85, 80, 75)
_SMALLER = 0.85
_NEARLY, _HOPELESS = 1.1, 2
_LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF", "ICO", "PSD"})
_NO_LIMIT = 2**31


class NotFittableError(Exception):
    """No copy of this file would be taken: it cannot be read, or will not get small enough."""


@dataclass(frozen=True, slots=True)
class FittedCopy:
    """A file's bytes, and the suffix that its name should have, with the dot."""

    data: bytes
    suffix: str


def cures_that_help(facts: PictureFacts, spec: ModelSpec) -> tuple[Cure, ...]:
    """What ``fitted_copy`` would do, in that order; () where nothing is wrong, or it cannot help.

    It helps only when it cures every refusal: a copy that is refused again helps nobody.
    """
    refusals = [v for v in judge_picture(facts, spec) if v.severity is Severity.REFUSED]
    if not 0 < facts.width * facts.height <= MOST_PIXELS_FITTED:
        return ()
    if not all(_is_curable(refusal) for refusal in refusals):
        return ()
    wanted = {refusal.cure for refusal in refusals}
    order = (Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.CONVERT, Cure.RECOMPRESS)
    return tuple(cure for cure in order if cure in wanted)


def fitted_copy(path: Path, spec: ModelSpec) -> FittedCopy:
    """The file at ``path`` made into one that the model takes, losing as little as possible.

    Upright, metadata left behind, colour profile kept. Blocking, up to some seconds. Raises
    PictureMissingError, and NotFittableError where no copy would be taken.
    """
    image, name = open_upright(path)
    pixels = image.width * image.height
    image = scaled_into(cropped(image, spec), spec)
    # A scaled side is rounded, which may take the ratio over its edge by a pixel.
    image = cropped(image, spec)
    limit = _byte_limit(spec)
    shrunk = image.width * image.height / pixels
    name = _first_choice(image, name, path.stat().st_size * shrunk, limit)
    copy = compressed(image, name, limit, spec.picture_formats)
    while copy is None:
        smaller = _smaller(image, spec)
        if smaller is None:
            raise NotFittableError(path.name)
        image = smaller
        copy = compressed(image, name, limit, spec.picture_formats)
    return copy


def open_upright(path: Path) -> tuple[Image.Image, str]:
    """The first picture of a file of any format Pillow reads, decoded and upright; the format.

    Raises PictureMissingError, NotFittableError.
    """
    from PIL import Image, ImageOps

    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    if not path.is_file():
        raise PictureMissingError(str(path))
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS_FITTED:
                raise NotFittableError(path.name)
            name = image.format or ""
            profile = image.info.get("icc_profile")
            upright = _plain(ImageOps.exif_transpose(image))
    except (*DECODER_ERRORS, Image.DecompressionBombError) as error:
        raise NotFittableError(path.name) from error
    # A profile of another colour model than RGB or grey speaks of pixels that are gone.
    keeps_profile = profile and image.mode not in ("CMYK", "LAB", "YCbCr")
    upright.info = {"icc_profile": profile} if keeps_profile else {}
    # A phone's JPEG with further pictures behind it is a JPEG.
    return upright, "JPEG" if name == "MPO" else name


def cropped(image: Image.Image, spec: ModelSpec) -> Image.Image:
    """The middle of the picture, as much of it as has a legal ratio of width to height."""
    width, height = image.size
    for rule in spec.picture_rules:
        if rule.measure is Measure.ASPECT_RATIO:
            if rule.comparison.is_upper:
                width = min(width, int(rule.limit * height))
            else:
                height = min(height, int(width / rule.limit))
            # The edge itself may be refused: one pixel less is not.
            while width > 1 and height > 1 and not _holds(rule, width, height):
                width -= rule.comparison.is_upper
                height -= not rule.comparison.is_upper
    if (width, height) == image.size:
        return image
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return _keeping_profile(image, image.crop((left, top, left + width, top + height)))


def scaled_into(image: Image.Image, spec: ModelSpec) -> Image.Image:
    """The picture scaled down below the largest sides, or up above the smallest (Lanczos)."""
    widest, narrowest = _side_limits(spec, Measure.WIDTH_PIXELS)
    tallest, lowest = _side_limits(spec, Measure.HEIGHT_PIXELS)
    down = min(Fraction(widest, image.width), Fraction(tallest, image.height), Fraction(1))
    up = max(Fraction(narrowest, image.width), Fraction(lowest, image.height), Fraction(1))
    if down == up == 1:
        return image
    factor = down if down < 1 else up
    width = min(max(round(image.width * factor), narrowest), widest)
    height = min(max(round(image.height * factor), lowest), tallest)
    return _resized(image, width, height)


def compressed(
    image: Image.Image, name: str, byte_limit: int, formats: tuple[str, ...]
) -> FittedCopy | None:
    """The picture as a file of fewer than ``byte_limit`` bytes, or None where it will not go.

    A PNG stays lossless where it can; else a JPEG of the best quality that fits, from 95 down to
    75, what is transparent laid on white.
    """
    if name == "PNG" and "PNG" in formats:
        data = _saved(image, "PNG")
        # Packing harder takes seconds and saves little: tried only where little is missing.
        if byte_limit <= len(data) < _NEARLY * byte_limit:
            data = _saved(image, "PNG", optimize=True)
        if len(data) < byte_limit:
            return FittedCopy(data, ".png")
    if "JPEG" in formats:
        flat = flattened(image)
        for quality in _QUALITIES:
            data = _saved(flat, "JPEG", quality=quality, optimize=True)
            if len(data) < byte_limit:
                return FittedCopy(data, ".jpg")
    return None


def flattened(image: Image.Image) -> Image.Image:
    """Without transparency, which JPEG has not: on white."""
    from PIL import Image

    if image.mode not in ("RGBA", "LA"):
        return image
    opaque = Image.new("L" if image.mode == "LA" else "RGB", image.size, "white")
    opaque.paste(image.convert(opaque.mode), mask=image.getchannel("A"))
    return _keeping_profile(image, opaque)


def _holds(rule: PictureRule, width: int, height: int) -> bool:
    return rule.comparison.holds(Fraction(width, height), rule.limit)


def _is_curable(refusal: Verdict) -> bool:
    # A file can be too small as well; there is nothing to put into it.
    return refusal.cure in FITTED_CURES


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits a sample, grey or RGB, with or without transparency."""
    if image.mode.startswith("I"):
        # Pillow clips where it should scale: 16 bits would turn white.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        if "transparency" not in image.info:
            return image.copy()
        return image.convert("RGBA" if image.mode == "RGB" else "LA")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def _first_choice(image: Image.Image, source: str, bytes_expected: float, limit: int) -> str:
    """PNG for what was lossless or is transparent, unless there is no hope of getting it small."""
    is_lossless = source in _LOSSLESS or image.mode in ("RGBA", "LA")
    # Other lossless files say little of their size as a PNG; a photograph has over a byte a pixel.
    expected = bytes_expected if source == "PNG" else image.width * image.height
    return "PNG" if is_lossless and expected < _HOPELESS * limit else "JPEG"


def _side_limits(spec: ModelSpec, measure: Measure) -> tuple[int, int]:
    """The largest and the smallest whole number of pixels that every rule on a side passes."""
    largest, smallest = _NO_LIMIT, 1
    for rule in spec.picture_rules:
        if rule.measure is not measure:
            continue
        edge = int(rule.limit)
        nearby = [n for n in _around(edge) if rule.comparison.holds(Fraction(n), rule.limit)]
        if rule.comparison.is_upper:
            largest = min(largest, max(nearby))
        else:
            smallest = max(smallest, min(nearby))
    return largest, smallest


def _around(edge: int) -> Iterator[int]:
    yield from range(max(edge - 2, 0), edge + 3)


def _byte_limit(spec: ModelSpec) -> int:
    has_limit = any(rule.measure is Measure.FILE_SIZE_MB for rule in spec.picture_rules)
    return spec.byte_limit() if has_limit else _NO_LIMIT


def _smaller(image: Image.Image, spec: ModelSpec) -> Image.Image | None:
    """A step down in size, or None where the next one would be too small for the model."""
    width, height = round(image.width * _SMALLER), round(image.height * _SMALLER)
    smallest_width = _side_limits(spec, Measure.WIDTH_PIXELS)[1]
    smallest_height = _side_limits(spec, Measure.HEIGHT_PIXELS)[1]
    if width < smallest_width or height < smallest_height:
        return None
    return cropped(_resized(image, width, height), spec)


def _resized(image: Image.Image, width: int, height: int) -> Image.Image:
    from PIL.Image import Resampling

    return _keeping_profile(image, image.resize((width, height), Resampling.LANCZOS))


def _keeping_profile(before: Image.Image, after: Image.Image) -> Image.Image:
    after.info = dict(before.info)
    return after


def _saved(image: Image.Image, name: str, **options: int | bool) -> bytes:
    file = io.BytesIO()
    profile = image.info.get("icc_profile")
    # Only what is named here goes into the file: nothing of where and when it was taken.
    bare = image.copy()
    bare.info = {}
    bare.save(file, name, icc_profile=profile, **options)
    return file.getvalue()
