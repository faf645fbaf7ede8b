"""What is said about each step that was done to a picture before it is sent."""

from __future__ import annotations

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

# {0} and {1} are what was before and after, filled in after translation.
CHANGE_WORDS: dict[ChangeKind, str] = {
    ChangeKind.METADATA_REMOVED: QT_TRANSLATE_NOOP("words", "Metadata removed: {0}"),
    ChangeKind.GPS_REMOVED: QT_TRANSLATE_NOOP("words", "The place where it was taken removed"),
    ChangeKind.FIRST_FRAME: QT_TRANSLATE_NOOP("words", "Only the first of {0} frames is sent"),
    ChangeKind.TURNED: QT_TRANSLATE_NOOP("words", "Turned upright, as its camera noted"),
    ChangeKind.BITS_REDUCED: QT_TRANSLATE_NOOP("words", "Reduced from {0} to {1} bits a colour"),
    ChangeKind.COLOUR_CONVERTED: QT_TRANSLATE_NOOP("words", "Colours converted: {0} to {1}"),
    ChangeKind.COLOUR_GUESSED: QT_TRANSLATE_NOOP(
        "words", "Colours guessed: the file is {0} and does not say which"
    ),
    ChangeKind.FLATTENED: QT_TRANSLATE_NOOP("words", "Transparency laid on {1}"),
    ChangeKind.CROPPED: QT_TRANSLATE_NOOP("words", "Cropped: {0} to {1}"),
    ChangeKind.BARRED: QT_TRANSLATE_NOOP("words", "Bars added: {0} to {1}"),
    ChangeKind.SHRUNK: QT_TRANSLATE_NOOP("words", "Scaled down: {0} to {1}"),
    ChangeKind.ENLARGED: QT_TRANSLATE_NOOP(
        "words", "Enlarged: {0} to {1}; it gains no detail by that"
    ),
    ChangeKind.CONVERTED: QT_TRANSLATE_NOOP("words", "Converted: {0} to {1}"),
    ChangeKind.RECOMPRESSED: QT_TRANSLATE_NOOP("words", "Fewer bytes: {0} to {1}"),
    ChangeKind.QUALITY: QT_TRANSLATE_NOOP("words", "JPEG quality {1}"),
}

GROUND_NAMES: dict[str, str] = {
    "#ffffff": QT_TRANSLATE_NOOP("words", "white"),
    "#000000": QT_TRANSLATE_NOOP("words", "black"),
    "#808080": QT_TRANSLATE_NOOP("words", "grey"),
}
"""Colours that have a name; any other is told as #rrggbb."""

_SIZES = frozenset({ChangeKind.CROPPED, ChangeKind.BARRED, ChangeKind.SHRUNK, ChangeKind.ENLARGED})
_MEGABYTE = 10**6
_NO_BREAK = "\u00a0"


def told(change: Change, value: str | int | None) -> str:
    """One of the two values of ``change`` as people read it."""
    if change.kind in _SIZES:
        return str(value).replace("x", f"{_NO_BREAK}×{_NO_BREAK}")
    if change.kind is ChangeKind.RECOMPRESSED and isinstance(value, int):
        return f"{value / _MEGABYTE:.{2 if value < _MEGABYTE else 1}f}{_NO_BREAK}MB"
    return str(value)
