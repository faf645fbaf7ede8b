"""The picture of a draft, as far as it is known by now."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.framing import Framing, frame_picture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.seen_address import SeenAddress, judge_seen_address
from dreamina_desktop.core.validation import judge_address, judge_missing, judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict
from dreamina_desktop.pictures.probe import MOST_PIXELS_DECODED

_UNTOUCHED = Recipe()
_CURED = (Cure.CONVERT, Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.RECOMPRESS)
"""What a recipe can do about a verdict, in the order in which it is done."""


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """``source`` is an absolute path, or an address where ``is_address``; "" for none.

    ``facts`` are those of the file itself, from its header. ``prepared`` is exactly what is sent,
    made by ``recipe``; None while it is being made. ``sent`` are the facts of what was prepared
    last of this file. ``trouble`` is why there is no file that can be read. ``is_arriving``: it is
    still being made into a file. ``is_saved_anew``: another program has saved the file again, and
    what is shown and sent is the earlier one. ``is_unseen``: nobody here can decode it.
    ``seen`` is what was found at an address, None as long as nobody has looked.
    """

    source: str = ""
    is_address: bool = False
    facts: PictureFacts | None = None
    recipe: Recipe = _UNTOUCHED
    prepared: PreparedPicture | None = None
    sent: PictureFacts | None = None
    trouble: PictureTrouble | None = None
    is_arriving: bool = False
    is_saved_anew: bool = False
    is_unseen: bool = False
    seen: SeenAddress | None = None

    @property
    def is_missing(self) -> bool:
        """Whether there is no file that can be read."""
        return self.trouble is not None

    @property
    def is_there(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.source) or self.is_arriving

    @property
    def is_being_read(self) -> bool:
        """Whether more will be known without anybody doing anything."""
        if self.is_arriving:
            return True
        is_local = bool(self.source) and not self.is_address
        return is_local and not self.is_missing and self.prepared is None

    @property
    def is_being_cured(self) -> bool:
        """Whether what is wrong with the file is being mended just now."""
        return self.is_being_read and self.facts is not None and self.recipe.cures

    @property
    def has_too_many_pixels(self) -> bool:
        """Whether it is never decoded here, not even to be mended."""
        facts = self.facts
        return facts is not None and facts.width * facts.height > MOST_PIXELS_DECODED

    def verdicts(self, spec: ModelSpec) -> tuple[Verdict, ...]:
        """Every finding about what is sent; about the file itself as long as that is not known."""
        if self.seen is not None:
            return judge_seen_address(self.seen, spec)
        if self.is_address:
            return judge_address(self.source)
        if self.trouble is not None:
            return judge_missing(self.trouble)
        facts = self._facts_to_judge()
        return judge_picture(facts, spec) if facts is not None else ()

    def file_verdicts(self, spec: ModelSpec) -> tuple[Verdict, ...]:
        """Every finding about the file itself; none where it is not known."""
        return judge_picture(self.facts, spec) if self.facts is not None else ()

    def framing(self, spec: ModelSpec) -> Framing | None:
        """The model's own crop of what is sent; None while, or where, the size is not known."""
        facts = self._facts_to_judge()
        if facts is None or facts.width <= 0 or facts.height <= 0:
            return None
        return frame_picture(facts.width, facts.height, spec.output_sizes)

    @property
    def _can_be_decoded(self) -> bool:
        facts = self.facts
        return facts is not None and 0 < facts.width * facts.height <= MOST_PIXELS_DECODED

    def cures(self, spec: ModelSpec) -> tuple[Cure, ...]:
        """What mending would do; () where it would not help, or has been done."""
        refused = [v.cure for v in self.verdicts(spec) if v.severity is Severity.REFUSED]
        is_beyond = self.is_address or self.is_unseen or not self._can_be_decoded
        if is_beyond or self.recipe.cures or any(cure not in _CURED for cure in refused):
            return ()
        return tuple(cure for cure in _CURED if cure in refused)

    def _facts_to_judge(self) -> PictureFacts | None:
        if self.seen is not None:
            return self.seen.facts
        return self.sent if self.sent is not None else self.facts
