"""Sentences for verdicts where the provider has none, and their cures."""

from __future__ import annotations

from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.verdict import Cure, VerdictCode
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

# {measured} and {limit} are filled in after translation.
VERDICT_WORDS: dict[VerdictCode, str] = {
    VerdictCode.PICTURE_FITS: QT_TRANSLATE_NOOP("words", "The model takes this picture."),
    VerdictCode.PICTURE_MISSING: QT_TRANSLATE_NOOP("words", "The picture cannot be opened."),
    VerdictCode.PICTURE_EMPTY: QT_TRANSLATE_NOOP(
        "words", "The file is empty: nothing was ever saved in it."
    ),
    VerdictCode.PICTURE_FORMAT: QT_TRANSLATE_NOOP("words", "The picture's format is not taken."),
    VerdictCode.PICTURE_UNREADABLE: QT_TRANSLATE_NOOP(
        "words", "The picture is damaged: it cannot be read to its end."
    ),
    VerdictCode.PICTURE_BYTES: QT_TRANSLATE_NOOP("words", "The file's size is not taken."),
    VerdictCode.PICTURE_TOO_WIDE: QT_TRANSLATE_NOOP("words", "The picture is too wide."),
    VerdictCode.PICTURE_TOO_TALL: QT_TRANSLATE_NOOP("words", "The picture is too tall."),
    VerdictCode.PICTURE_TOO_NARROW: QT_TRANSLATE_NOOP("words", "The picture is too narrow."),
    VerdictCode.PICTURE_TOO_LOW: QT_TRANSLATE_NOOP("words", "The picture is too low."),
    VerdictCode.PICTURE_RATIO_WIDE: QT_TRANSLATE_NOOP(
        "words", "The picture is too wide for its height."
    ),
    VerdictCode.PICTURE_RATIO_TALL: QT_TRANSLATE_NOOP(
        "words", "The picture is too tall for its width."
    ),
    VerdictCode.ADDRESS_NOT_HTTPS: QT_TRANSLATE_NOOP(
        "words", "The address must begin with https://."
    ),
    VerdictCode.ADDRESS_UNSEEN: QT_TRANSLATE_NOOP(
        "words", "The provider fetches this address itself; nobody has checked the picture here."
    ),
    VerdictCode.ADDRESS_PRIVATE: QT_TRANSLATE_NOOP(
        "words", "The provider cannot get to this address: it is of a private network, or a login."
    ),
    VerdictCode.ADDRESS_LOGIN: QT_TRANSLATE_NOOP(
        "words", "The picture is behind a login; the provider fetches it without one."
    ),
    VerdictCode.ADDRESS_GONE: QT_TRANSLATE_NOOP("words", "There is nothing at this address."),
    VerdictCode.ADDRESS_PAGE: QT_TRANSLATE_NOOP(
        "words",
        "A web page is at this address, not a picture: the picture is behind it or a login.",
    ),
    VerdictCode.ADDRESS_TOO_LARGE: QT_TRANSLATE_NOOP(
        "words", "What is at this address is far too large for a picture."
    ),
    VerdictCode.ADDRESS_UNREACHED: QT_TRANSLATE_NOOP(
        "words", "The address could not be reached from here; nobody has checked the picture."
    ),
    VerdictCode.ADDRESS_ANSWER: QT_TRANSLATE_NOOP(
        "words", "The address answered with HTTP {measured}; nobody has checked the picture."
    ),
    VerdictCode.ADDRESS_TYPE: QT_TRANSLATE_NOOP(
        "words", "Its server calls the file {measured}; the provider may insist on {limit}."
    ),
    VerdictCode.ADDRESS_PLACE: QT_TRANSLATE_NOOP(
        "words", "This file contains the place where it was taken; it is public already."
    ),
    VerdictCode.PROMPT_FITS: QT_TRANSLATE_NOOP("words", "The model takes this prompt."),
    VerdictCode.PROMPT_BLANK: QT_TRANSLATE_NOOP("words", "There is no prompt yet."),
    VerdictCode.PROMPT_NOT_TEXT: QT_TRANSLATE_NOOP(
        "words", "The prompt holds something that is no text."
    ),
    VerdictCode.PROMPT_TOO_LONG: QT_TRANSLATE_NOOP(
        "words", "The prompt has {measured} characters; at most {limit} are taken."
    ),
    VerdictCode.PROMPT_OVER_RECOMMENDED: QT_TRANSLATE_NOOP(
        "words",
        "The prompt has {measured} characters; the model's maker recommends at most {limit}.",
    ),
    VerdictCode.SEED_FITS: QT_TRANSLATE_NOOP("words", "The model takes this seed."),
    VerdictCode.SEED_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "words",
        "Seed {measured} is outside the range known for this model, which ends at {limit}.",
    ),
    VerdictCode.FRAMES_FIT: QT_TRANSLATE_NOOP("words", "The model makes clips of this length."),
    VerdictCode.FRAMES_NOT_OFFERED: QT_TRANSLATE_NOOP(
        "words", "The model makes clips of {limit} frames, not of {measured}."
    ),
}

PICTURE_TROUBLE_WORDS: dict[str, str] = {
    PictureTrouble.GONE: QT_TRANSLATE_NOOP("words", "There is no such file."),
    PictureTrouble.FOLDER: QT_TRANSLATE_NOOP("words", "This is a folder, not a picture."),
    PictureTrouble.NO_FILE: QT_TRANSLATE_NOOP("words", "This is a device or a pipe, not a file."),
    PictureTrouble.NO_ACCESS: QT_TRANSLATE_NOOP(
        "words", "You have no permission to read this file."
    ),
    PictureTrouble.UNREAD: QT_TRANSLATE_NOOP(
        "words", "The drive did not give this file; it may be broken or disconnected."
    ),
}
"""What PICTURE_MISSING says once it is known why, as its measured value tells."""

CURE_WORDS: dict[Cure, str] = {
    Cure.NONE: "",
    Cure.CHOOSE_PICTURE: QT_TRANSLATE_NOOP("words", "Choose another picture."),
    Cure.CONVERT: QT_TRANSLATE_NOOP("words", "Save the picture as JPEG or PNG."),
    Cure.REPAIR: QT_TRANSLATE_NOOP("words", "Export or copy the picture again from its source."),
    Cure.RECOMPRESS: QT_TRANSLATE_NOOP(
        "words", "Save it as a JPEG of lower quality, or make it smaller."
    ),
    Cure.SHRINK: QT_TRANSLATE_NOOP("words", "Scale the picture down."),
    Cure.ENLARGE: QT_TRANSLATE_NOOP("words", "Use a larger version of the picture."),
    Cure.CROP: QT_TRANSLATE_NOOP("words", "Crop the picture to a less extreme shape."),
    Cure.USE_HTTPS: QT_TRANSLATE_NOOP("words", "Give an address that begins with https://."),
    Cure.USE_PUBLIC: QT_TRANSLATE_NOOP(
        "words", "Give an address that anybody may open without logging in, or use the file."
    ),
    Cure.USE_PICTURE_ADDRESS: QT_TRANSLATE_NOOP(
        "words", "Give the address of the picture itself, or use the file."
    ),
    Cure.LOOK_YOURSELF: QT_TRANSLATE_NOOP(
        "words", "Open the address in a browser without logging in."
    ),
    Cure.WRITE: QT_TRANSLATE_NOOP("words", "Describe what shall move, and how."),
    Cure.SHORTEN: QT_TRANSLATE_NOOP("words", "Shorten the prompt."),
    Cure.CHANGE_SEED: QT_TRANSLATE_NOOP("words", "Use a seed inside the range, or leave it empty."),
    Cure.CHANGE_FRAMES: QT_TRANSLATE_NOOP("words", "Choose one of the lengths offered."),
}
