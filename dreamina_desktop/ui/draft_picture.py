"""The picture of a draft, as far as it is known by now."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.framing import Framing, frame_picture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.validation import judge_address, judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, VerdictCode
from dreamina_desktop.pictures.fit import cures_that_help


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """``source`` is an absolute path, or an address where ``is_address``; "" for none.

    ``facts`` come from the header first, then from what is sent; ``prepared`` is exactly that.
    ``is_missing``: there is no file that can be read. ``is_arriving``: it is still being made
    into a file (pasted, or a copy that fits). ``copy_of`` are the facts of the file whose copy
    that fits this is; None for any other picture.
    """

    source: str = ""
    is_address: bool = False
    facts: PictureFacts | None = None
    prepared: PreparedPicture | None = None
    is_missing: bool = False
    is_arriving: bool = False
    copy_of: PictureFacts | None = None

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

    def verdicts(self, spec: ModelSpec) -> tuple[Verdict, ...]:
        """Every finding there is by now; none before the header was read."""
        if self.is_address:
            return judge_address(self.source)
        if self.is_missing:
            return (
                Verdict(VerdictCode.PICTURE_MISSING, Severity.REFUSED, cure=Cure.CHOOSE_PICTURE),
            )
        return judge_picture(self.facts, spec) if self.facts is not None else ()

    def framing(self, spec: ModelSpec) -> Framing | None:
        """The expected shape and crop; None while, or where, the size is not known."""
        facts = self.facts
        if facts is None or facts.width <= 0 or facts.height <= 0:
            return None
        return frame_picture(facts.width, facts.height, spec.output_sizes)

    def cures(self, spec: ModelSpec) -> tuple[Cure, ...]:
        """What making a copy that fits would do; () where that would not help."""
        return cures_that_help(self.facts, spec) if self.facts is not None else ()
