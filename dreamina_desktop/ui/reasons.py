"""Why a draft cannot be generated yet, and what cures that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.validation import judge_frames, judge_prompt
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.ui.draft_picture import DraftPicture


class ReasonCode(StrEnum):
    """What is in the way."""

    NO_PICTURE = "no_picture"
    PICTURE_BEING_READ = "picture_being_read"
    PICTURE_REFUSED = "picture_refused"
    ADDRESS_REFUSED = "address_refused"
    NO_PROMPT = "no_prompt"
    PROMPT_TOO_LONG = "prompt_too_long"
    SEED_UNFINISHED = "seed_unfinished"
    FRAMES_NOT_OFFERED = "frames_not_offered"


class Remedy(StrEnum):
    """The one action that cures a reason."""

    WAIT = "wait"
    CHOOSE_PICTURE = "choose_picture"
    FIX_PICTURE = "fix_picture"
    MEND_ADDRESS = "mend_address"
    WRITE_PROMPT = "write_prompt"
    SHORTEN_PROMPT = "shorten_prompt"
    CLEAR_SEED = "clear_seed"
    CHOOSE_LENGTH = "choose_length"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in the way; ``verdict`` is the finding behind it, if there is one."""

    code: ReasonCode
    remedy: Remedy
    verdict: Verdict | None = None


def picture_reason(picture: DraftPicture, spec: ModelSpec) -> Reason | None:
    """What is in the way on the picture's side."""
    if not picture.is_there:
        return Reason(ReasonCode.NO_PICTURE, Remedy.CHOOSE_PICTURE)
    if picture.is_being_cured:
        return Reason(ReasonCode.PICTURE_BEING_READ, Remedy.WAIT)
    refusals = (v for v in picture.verdicts(spec) if v.severity is Severity.REFUSED)
    refused = next(refusals, None)
    if refused is not None and picture.is_address:
        return Reason(ReasonCode.ADDRESS_REFUSED, Remedy.MEND_ADDRESS, refused)
    if refused is not None:
        remedy = Remedy.FIX_PICTURE if picture.cures(spec) else Remedy.CHOOSE_PICTURE
        return Reason(ReasonCode.PICTURE_REFUSED, remedy, refused)
    if picture.is_being_read:
        return Reason(ReasonCode.PICTURE_BEING_READ, Remedy.WAIT)
    return None


def prompt_reason(prompt: str, spec: ModelSpec) -> Reason | None:
    """What is in the way on the prompt's side."""
    (verdict,) = judge_prompt(prompt, spec)
    if verdict.severity is not Severity.REFUSED:
        return None
    if verdict.code is VerdictCode.PROMPT_BLANK:
        return Reason(ReasonCode.NO_PROMPT, Remedy.WRITE_PROMPT, verdict)
    return Reason(ReasonCode.PROMPT_TOO_LONG, Remedy.SHORTEN_PROMPT, verdict)


def length_reason(frames: int, spec: ModelSpec) -> Reason | None:
    """What is in the way of the clip's length."""
    (verdict,) = judge_frames(frames, spec)
    if verdict.severity is not Severity.REFUSED:
        return None
    return Reason(ReasonCode.FRAMES_NOT_OFFERED, Remedy.CHOOSE_LENGTH, verdict)
