"""Sentences for verdicts where the provider has none, and their cures."""

from __future__ import annotations

from dreamina_desktop.core.verdict import Cure, VerdictCode
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP as MARK

# {measured} and {limit} are filled in after translation.
VERDICT_WORDS: dict[VerdictCode, str] = {
    VerdictCode.PICTURE_FITS: MARK("words", "The model takes this picture."),
    VerdictCode.PICTURE_MISSING: MARK("words", "The picture cannot be opened."),
    VerdictCode.PICTURE_FORMAT: MARK("words", "The picture's format is not taken."),
    VerdictCode.PICTURE_UNREADABLE: MARK(
        "words", "The picture is damaged: it cannot be read to its end."
    ),
    VerdictCode.PICTURE_BYTES: MARK("words", "The file's size is not taken."),
    VerdictCode.PICTURE_TOO_WIDE: MARK("words", "The picture is too wide."),
    VerdictCode.PICTURE_TOO_TALL: MARK("words", "The picture is too tall."),
    VerdictCode.PICTURE_TOO_NARROW: MARK("words", "The picture is too narrow."),
    VerdictCode.PICTURE_TOO_LOW: MARK("words", "The picture is too low."),
    VerdictCode.PICTURE_RATIO_WIDE: MARK("words", "The picture is too wide for its height."),
    VerdictCode.PICTURE_RATIO_TALL: MARK("words", "The picture is too tall for its width."),
    VerdictCode.ADDRESS_NOT_HTTPS: MARK("words", "The address must begin with https://."),
    VerdictCode.ADDRESS_UNSEEN: MARK(
        "words", "The provider fetches this address itself; nobody has checked the picture here."
    ),
    VerdictCode.PROMPT_FITS: MARK("words", "The model takes this prompt."),
    VerdictCode.PROMPT_BLANK: MARK("words", "There is no prompt yet."),
    VerdictCode.PROMPT_NOT_TEXT: MARK("words", "The prompt holds something that is no text."),
    VerdictCode.PROMPT_TOO_LONG: MARK(
        "words", "The prompt has {measured} characters; at most {limit} are taken."
    ),
    VerdictCode.PROMPT_OVER_RECOMMENDED: MARK(
        "words",
        "The prompt has {measured} characters; the model's maker recommends at most {limit}.",
    ),
    VerdictCode.SEED_FITS: MARK("words", "The model takes this seed."),
    VerdictCode.SEED_OUT_OF_RANGE: MARK(
        "words",
        "Seed {measured} is outside the range known for this model, which ends at {limit}.",
    ),
    VerdictCode.FRAMES_FIT: MARK("words", "The model makes clips of this length."),
    VerdictCode.FRAMES_NOT_OFFERED: MARK(
        "words", "The model makes clips of {limit} frames, not of {measured}."
    ),
}

CURE_WORDS: dict[Cure, str] = {
    Cure.NONE: "",
    Cure.CHOOSE_PICTURE: MARK("words", "Choose another picture."),
    Cure.CONVERT: MARK("words", "Save the picture as JPEG or PNG."),
    Cure.REPAIR: MARK("words", "Export or copy the picture again from its source."),
    Cure.RECOMPRESS: MARK("words", "Save it as a JPEG of lower quality, or make it smaller."),
    Cure.SHRINK: MARK("words", "Scale the picture down."),
    Cure.ENLARGE: MARK("words", "Use a larger version of the picture."),
    Cure.CROP: MARK("words", "Crop the picture to a less extreme shape."),
    Cure.USE_HTTPS: MARK("words", "Give an address that begins with https://."),
    Cure.LOOK_YOURSELF: MARK("words", "Open the address in a browser without logging in."),
    Cure.WRITE: MARK("words", "Describe what shall move, and how."),
    Cure.SHORTEN: MARK("words", "Shorten the prompt."),
    Cure.CHANGE_SEED: MARK("words", "Use a seed inside the range, or leave it empty."),
    Cure.CHANGE_FRAMES: MARK("words", "Choose one of the lengths offered."),
}
