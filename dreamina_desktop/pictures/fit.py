"""Which pictures can be cured, and a cured one as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, worst
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.pictures.probe import MOST_PIXELS_DECODED

_ORDER = (Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.CONVERT, Cure.RECOMPRESS)


class NotFittableError(Exception):
    """No copy of this file would be taken: it cannot be read, or will not get small enough."""


@dataclass(frozen=True, slots=True)
class FittedCopy:
    """A file's bytes, and the suffix that its name should have, with the dot."""

    data: bytes
    suffix: str


def cures_that_help(facts: PictureFacts, spec: ModelSpec) -> tuple[Cure, ...]:
    """What mending would do, in that order; () where nothing is wrong, or it cannot help.

    It helps only when it cures every refusal: a picture that is refused again helps nobody.
    """
    refusals = [v for v in judge_picture(facts, spec) if v.severity is Severity.REFUSED]
    if not 0 < facts.width * facts.height <= MOST_PIXELS_DECODED:
        return ()
    if not all(_is_curable(refusal) for refusal in refusals):
        return ()
    wanted = {refusal.cure for refusal in refusals}
    return tuple(cure for cure in _ORDER if cure in wanted)


def fitted_copy(path: Path, spec: ModelSpec) -> FittedCopy:
    """The file at ``path`` mended. Blocking, up to some seconds.

    Raises PictureMissingError, and NotFittableError where no copy would be taken.
    """
    made = PillowPreparer(spec).prepare(path, Recipe(mended=True))
    if worst(judge_picture(made.facts, spec)) is Severity.REFUSED:
        raise NotFittableError(path.name)
    return FittedCopy(made.data, ".png" if made.facts.format == "PNG" else ".jpg")


def _is_curable(refusal: Verdict) -> bool:
    # A file can be too small as well; there is nothing to put into it.
    return refusal.cure in _ORDER
