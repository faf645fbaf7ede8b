"""One finding about an input: what was measured, what is allowed, how bad it is, what cures it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How the model will take an input. Values are a contract (JSON of ``check``)."""

    FITS = "fits"
    WARNING = "warning"
    REFUSED = "refused"


class VerdictCode(StrEnum):
    """What a verdict is about. Values are a contract (JSON of ``check``)."""

    PICTURE_FITS = "picture_fits"
    PICTURE_MISSING = "picture_missing"
    PICTURE_EMPTY = "picture_empty"
    PICTURE_FORMAT = "picture_format"
    PICTURE_UNREADABLE = "picture_unreadable"
    PICTURE_BYTES = "picture_bytes"
    PICTURE_TOO_WIDE = "picture_too_wide"
    PICTURE_TOO_TALL = "picture_too_tall"
    PICTURE_TOO_NARROW = "picture_too_narrow"
    PICTURE_TOO_LOW = "picture_too_low"
    PICTURE_RATIO_WIDE = "picture_ratio_wide"
    PICTURE_RATIO_TALL = "picture_ratio_tall"
    ADDRESS_NOT_HTTPS = "address_not_https"
    ADDRESS_UNSEEN = "address_unseen"
    ADDRESS_PRIVATE = "address_private"
    ADDRESS_LOGIN = "address_login"
    ADDRESS_GONE = "address_gone"
    ADDRESS_PAGE = "address_page"
    ADDRESS_TOO_LARGE = "address_too_large"
    ADDRESS_UNREACHED = "address_unreached"
    ADDRESS_ANSWER = "address_answer"
    ADDRESS_TYPE = "address_type"
    ADDRESS_PLACE = "address_place"
    PROMPT_FITS = "prompt_fits"
    PROMPT_BLANK = "prompt_blank"
    PROMPT_NOT_TEXT = "prompt_not_text"
    PROMPT_TOO_LONG = "prompt_too_long"
    PROMPT_OVER_RECOMMENDED = "prompt_over_recommended"
    SEED_FITS = "seed_fits"
    SEED_OUT_OF_RANGE = "seed_out_of_range"
    FRAMES_FIT = "frames_fit"
    FRAMES_NOT_OFFERED = "frames_not_offered"


class Cure(StrEnum):
    """What a person can do about a verdict."""

    NONE = "none"
    CHOOSE_PICTURE = "choose_picture"
    CONVERT = "convert"
    REPAIR = "repair"
    RECOMPRESS = "recompress"
    SHRINK = "shrink"
    ENLARGE = "enlarge"
    CROP = "crop"
    USE_HTTPS = "use_https"
    USE_PUBLIC = "use_public"
    USE_PICTURE_ADDRESS = "use_picture_address"
    LOOK_YOURSELF = "look_yourself"
    WRITE = "write"
    SHORTEN = "shorten"
    CHANGE_SEED = "change_seed"
    CHANGE_FRAMES = "change_frames"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule applied to one input.

    ``message`` holds the provider's own words, or "" where it has none. ``measured`` and
    ``limit`` are numbers or words in the unit of the rule (pixels, bytes, characters, frames,
    width divided by height), or None where there is nothing to measure.
    """

    code: VerdictCode
    severity: Severity
    message: str = ""
    measured: float | str | None = None
    limit: float | str | None = None
    cure: Cure = Cure.NONE


def worst(verdicts: tuple[Verdict, ...]) -> Severity:
    """The gravest severity among the verdicts; ``FITS`` for none at all."""
    found = {verdict.severity for verdict in verdicts}
    if Severity.REFUSED in found:
        return Severity.REFUSED
    return Severity.WARNING if Severity.WARNING in found else Severity.FITS
