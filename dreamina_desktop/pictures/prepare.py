"""Exactly what is sent of a local picture: as it is meant to look, and nothing in it besides."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.model_spec import Measure, ModelSpec
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture, facts_alone
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures import sendable
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.decoding import decode, decode_loosely
from dreamina_desktop.pictures.developing import Developed, develop, on_ground
from dreamina_desktop.pictures.encoding import (
    Encoded,
    encoded_jpeg,
    encoded_png,
    encoded_png_of_any_size,
)
from dreamina_desktop.pictures.looking import view_of
from dreamina_desktop.pictures.made_picture import FramedPicture, MadePicture, WholePicture
from dreamina_desktop.pictures.metadata import NOTHING, SOMETHING
from dreamina_desktop.pictures.opened import Opened, open_sendable
from dreamina_desktop.pictures.other_decoding import open_other
from dreamina_desktop.pictures.picture_file import read_picture_file
from dreamina_desktop.pictures.probe import is_decodable, probe, probe_bytes
from dreamina_desktop.pictures.size_limits import SizeLimits

if TYPE_CHECKING:
    from PIL import Image

_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_LOSSLESS = frozenset({"PNG", "GIF", "BMP", "TIFF", "ICO", "PSD"})
# A little below what the number of bytes suggests, so that one more step mostly does.
_MARGIN = 0.97
_OF_COLOUR = (ChangeKind.COLOUR_CONVERTED, ChangeKind.COLOUR_GUESSED)
_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}

_AS_IT_IS = Recipe()

type Tell = Callable[[Step], None]


class PillowPreparer:
    """Implements ``core.ports.PicturePreparer`` for one model, in this process."""

    def __init__(self, spec: ModelSpec) -> None:
        self._sizes = spec.output_sizes
        self._limits = SizeLimits(spec)
        self._byte_limit = _byte_limit(spec)
        self._formats = spec.picture_formats

    def prepare(
        self,
        path: Path,
        recipe: Recipe = _AS_IT_IS,
        longest: int | None = None,
        progress: Tell | None = None,
    ) -> PreparedPicture:
        """Read the file once, so that what is judged is what is sent. Blocking, for seconds.

        JPEG and PNG lose their metadata; they are encoded anew only where their pixels are not
        seen as they are meant (``core.change.ChangeKind`` says how), or where ``recipe`` cures.
        Of what cannot be sent all the same (another format, damaged, too large to be opened)
        only the facts come back, to be judged. Raises PictureMissingError, and KeyError for a
        frame of a shape that the model has not.
        """
        tell = progress or (lambda _: None)
        tell(Step.READING)
        original = read_picture_file(path)
        if original is None:
            return facts_alone(probe(path))
        source = _Source(original, probe_bytes(original), recipe)
        try:
            opened = _opened(source, for_view=longest is not None)
            if opened is None:
                return facts_alone(source.facts)
            tell(Step.CONVERTING)
            developed = on_ground(develop(opened.picture), recipe.ground)
        except DamagedError:
            return facts_alone(replace(source.facts, decoded=False))
        made = self._made(source, opened, developed, tell)
        view = None
        if longest is not None:
            view = view_of(made.shown(longest), longest)
        if not made.data:
            return replace(facts_alone(replace(source.facts, decoded=True)), view=view)
        return PreparedPicture(
            data=made.data,
            media_type=_MEDIA_TYPES[made.format],
            sha256=hashlib.sha256(made.data).hexdigest(),
            facts=replace(probe_bytes(made.data), decoded=True),
            unchanged=made.data == original,
            changes=tuple(sorted(made.changes, key=lambda change: _ORDER[change.kind])),
            view=view,
        )

    def _made(self, source: _Source, opened: _Opened, developed: Developed, tell: Tell) -> _Made:
        name, bare, recipe = source.facts.format, opened.bare, source.recipe
        size = developed.image.size
        metadata = opened.picture.metadata
        if any(change.kind in _OF_COLOUR for change in developed.changes):
            metadata = metadata.without_profile()
        changes = (*metadata.changes(), *developed.changes)
        is_new = developed.is_new or not opened.is_lawful
        if bare is not None and not is_new and recipe.frame is None:
            fits = self._limits.is_legal(size) and self._is_small(bare)
            if fits or not recipe.mended:
                return _Made(bare, name, changes, developed.image)
        if recipe.cures:
            return self._mended(source, opened, developed, changes, tell)
        if bare is None or self._limits.is_too_large(size):
            # It will be refused: encoding it would only take time.
            return _Made(b"", name, (), developed.image)
        tell(Step.ENCODING)
        encoded = self._encoded_alike(name, bare, developed.image, opened)
        return _Made(encoded.data, name, (*changes, *_quality(encoded)), developed.image)

    def _encoded_alike(
        self, name: str, bare: bytes, image: Image.Image, opened: _Opened
    ) -> Encoded:
        if name == "PNG":
            fitting = encoded_png(image, self._byte_limit)
            return fitting or encoded_png_of_any_size(image)
        # Refused for its bytes as it is: no reason to lose more than developing costs.
        limit = self._byte_limit if self._is_small(bare) else None
        return encoded_jpeg(image, limit, is_subsampled=opened.is_subsampled)

    def _mended(
        self,
        source: _Source,
        opened: _Opened,
        developed: Developed,
        changes: tuple[Change, ...],
        tell: Tell,
    ) -> _Made:
        image, frame = developed.image, source.recipe.frame
        plan: MadePicture = WholePicture(image, self._limits)
        if frame is not None:
            plan = FramedPicture(image, frame, self._limits, self._sizes)
        flattened = any(change.kind is ChangeKind.FLATTENED for change in changes)
        is_lossless = source.is_lossless or flattened
        size = plan.size
        while True:
            tell(Step.SCALING)
            pixels = plan.pixels(size)
            tell(Step.ENCODING)
            encoded = self._compressed(pixels, opened, is_lossless=is_lossless)
            if self._is_small(encoded.data):
                break
            next_size = plan.smaller(size, self._share(encoded.data))
            if next_size is None:
                break
            size = next_size
        name = source.facts.format
        done = [*changes, *plan.changes(size), *_quality(encoded)]
        if encoded.format != name:
            done.append(Change(ChangeKind.CONVERTED, name, encoded.format))
        if not self._is_small(source.original):
            bytes_before, bytes_after = len(source.original), len(encoded.data)
            done.append(Change(ChangeKind.RECOMPRESSED, bytes_before, bytes_after))
        return _Made(encoded.data, encoded.format, tuple(done), pixels)

    def _compressed(self, image: Image.Image, opened: _Opened, *, is_lossless: bool) -> Encoded:
        if is_lossless and "PNG" in self._formats:
            fitting = encoded_png(image, self._byte_limit)
            if fitting is not None:
                return fitting
        return encoded_jpeg(image, self._byte_limit, is_subsampled=opened.is_subsampled)

    def _is_small(self, data: bytes) -> bool:
        return self._byte_limit is None or len(data) < self._byte_limit

    def _share(self, data: bytes) -> float:
        """Of the sides, by which the bytes will probably come below the limit."""
        limit = self._byte_limit or len(data)
        return float(min((limit / len(data)) ** 0.5 * _MARGIN, _MARGIN))


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's bytes, what its header tells, and what is wanted of it."""

    original: bytes
    facts: PictureFacts
    recipe: Recipe

    @property
    def is_lossless(self) -> bool:
        name = self.facts.format
        return name in _LOSSLESS or (name == "WEBP" and b"VP8L" in self.original[:64])


@dataclass(frozen=True, slots=True)
class _Opened:
    """``bare`` is a JPEG or PNG without metadata; None for another format.

    One that is not ``is_lawful`` does not travel as it is all the same: only its pixels do.
    """

    picture: Opened
    bare: bytes | None = None
    is_subsampled: bool = False
    is_lawful: bool = True


@dataclass(frozen=True, slots=True)
class _Made:
    """``data`` is a file of that format, b"" where there is none to be sent, of ``pixels``."""

    data: bytes
    format: str
    changes: tuple[Change, ...]
    pixels: Image.Image

    def shown(self, longest: int) -> Image.Image:
        """What a decoder makes of ``data``: of a JPEG not quite what went in.

        One that has to be scaled down for the view comes smaller, but not below ``longest``.
        """
        if self.data and self.format == "JPEG":
            return decode_loosely("JPEG", self.data, longest)
        return self.pixels


def _opened(source: _Source, *, for_view: bool) -> _Opened | None:
    """None where nobody needs it opened, or nobody should. Raises DamagedError."""
    facts, original = source.facts, source.original
    if facts.format not in sendable.FORMATS:
        if not facts.format or not (source.recipe.cures or for_view):
            return None
        return _Opened(open_other(facts.format, original))
    if not is_decodable(facts):
        return None
    bare = sendable.bare(facts.format, original)
    image = decode(facts.format, bare)
    picture = open_sendable(facts.format, original, image)
    if picture.metadata == NOTHING and bare != original:
        picture = replace(picture, metadata=SOMETHING)
    is_lawful = sendable.is_lawful(facts.format, bare)
    return _Opened(picture, bare, sendable.is_subsampled(image), is_lawful)


def _byte_limit(spec: ModelSpec) -> int | None:
    has_limit = any(rule.measure is Measure.FILE_SIZE_MB for rule in spec.picture_rules)
    return spec.byte_limit() if has_limit else None


def _quality(encoded: Encoded) -> list[Change]:
    if encoded.quality is None:
        return []
    return [Change(ChangeKind.QUALITY, after=encoded.quality)]
